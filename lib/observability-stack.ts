import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  PeriodOverride,
  TextWidget,
  TreatMissingData,
  AlarmStatusWidget,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { queueNames, type QueueName } from '../config/queues.ts';
import type { Stage } from '../config/stages.ts';
import type { DataStack } from './data-stack.ts';
import type { EdgeStack } from './edge-stack.ts';
import { HarmAlarm, type HarmAlarmProps } from './harm-alarm.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import { signUpRoute } from './web.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly edge: EdgeStack;
  readonly pipeline: PipelineStack;
  /** Where CloudWatch files our metrics. */
  readonly metricNamespace: string;
}

/** What a queue's oldest message may wait before someone is harmed by it. */
const patience: Record<QueueName, { longest: Duration; impact: string }> = {
  ingest: { longest: Duration.minutes(30), impact: 'Press releases are filed late.' },
  plan: { longest: Duration.minutes(45), impact: 'A run has begun and does not get on: digests come late.' },
  deliver: { longest: Duration.hours(4), impact: 'Digests of this morning come in the afternoon.' },
  transactional: {
    longest: Duration.minutes(10),
    impact: 'People who sign up wait in vain for the mail that confirms it.',
  },
  feedback: {
    longest: Duration.minutes(30),
    impact: 'Bounces and complaints are taken in late: we go on writing to those who asked us not to.',
  },
};

/** Alarms for harm, and one page that answers: is it well? what is due? what is late? what does it cost? */
export class ObservabilityStack extends Stack {
  readonly alarms: HarmAlarm[] = [];
  readonly #props: ObservabilityStackProps;

  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    this.#props = props;
    this.#watchTheClock();
    this.#watchHealth();
    this.#watchQueues();
    this.#watchFeeds();
    this.#watchMail();
    this.#watchPeople();

    const topic = new Topic(this, 'Wake', { masterKey: props.data.messageKey, enforceSSL: true });
    topic.addSubscription(new EmailSubscription(props.stage.alarmAddress));
    const harm = new CompositeAlarm(this, 'Harm', {
      alarmRule: AlarmRule.anyOf(...this.alarms),
      alarmDescription:
        'Something of Herold does harm; the alarms that ring with it say what, and where the mend is.',
    });
    harm.addAlarmAction(new SnsAction(topic));
    harm.addOkAction(new SnsAction(topic));
    new CfnOutput(this, 'HarmAlarm', { value: harm.alarmName });

    this.#dashboard();
  }

  /** Rings when a figure reaches `threshold` in each of `periods` periods; silence is well unless said otherwise. */
  #alarm(
    id: string,
    metric: HarmAlarmProps['metric'],
    props: Omit<HarmAlarmProps, 'metric' | 'evaluationPeriods'> & { periods?: number },
  ): void {
    const { periods, ...rest } = props;
    this.alarms.push(
      new HarmAlarm(this, id, {
        metric,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        evaluationPeriods: periods ?? 1,
        ...rest,
      }),
    );
  }

  #watchTheClock(): void {
    const { clock } = this.#props.pipeline;
    this.#alarm(
      'ClockStands',
      clock.ticker.metricInvocations({ period: Duration.minutes(5), statistic: 'Sum' }),
      {
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.BREACHING,
        impact: 'The clock stands: nothing is polled, published or sent.',
        runbook: 'the-clock-stands',
      },
    );
    this.#alarm('ClockFails', clock.ticker.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }), {
      threshold: 3,
      periods: 2,
      impact: 'Most ticks of the clock fail: polls, publications and runs come late or not at all.',
      runbook: 'the-clock-stands',
    });
    this.#alarm('SchedulesDropped', this.#schedulerMetric('InvocationDroppedCount'), {
      threshold: 1,
      impact: 'The scheduler gave up on ticks: what was due then waits for the next.',
      runbook: 'schedules-are-dropped',
    });
  }

  #watchHealth(): void {
    this.#alarm('NobodyLooks', this.#health('quotaUsedPercent', 'SampleCount'), {
      threshold: 1,
      periods: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      impact: 'Nobody looks whether all is well: the other alarms may be silent for that alone.',
      runbook: 'nobody-looks',
    });
    const late: [string, string, string, string][] = [
      [
        'pollsOverdue',
        'PollsOverdue',
        'Sources are not polled: press releases are missing.',
        'sources-are-not-polled',
      ],
      [
        'sourcesFailing',
        'SourcesFail',
        'A source has failed for a day: its press releases are missing.',
        'a-source-fails',
      ],
      [
        'sourcesSilent',
        'SourcesSilent',
        'A source has had nothing new for unusually long: its press releases may be somewhere else now.',
        'a-source-is-silent',
      ],
      [
        'publicationsOverdue',
        'PublicationsOverdue',
        'Articles that should be public are held.',
        'articles-are-not-published',
      ],
      ['feedsBehind', 'FeedsBehind', 'Feeds lack the newest articles.', 'feeds-are-behind'],
      ['runsNotStarted', 'RunsNotStarted', 'A digest was due and has not begun.', 'a-run-has-not-started'],
      [
        'runsNotFinished',
        'RunsNotFinished',
        'A run is beyond its deadline: some get no mail.',
        'a-run-has-not-finished',
      ],
      ['runsPaused', 'RunsPaused', 'A run waits for someone: its mails are not sent.', 'a-run-is-paused'],
      [
        'certificatesOff',
        'CertificatesOff',
        'A run can’t account for everyone: someone was mailed twice or not at all.',
        'a-certificate-does-not-add-up',
      ],
    ];
    for (const [metric, id, impact, runbook] of late) {
      this.#alarm(id, this.#health(metric, 'Maximum'), { threshold: 1, periods: 2, impact, runbook });
    }
  }

  #watchQueues(): void {
    const { queues, clock, syndicate, mailStreams } = this.#props.pipeline;
    for (const name of queueNames) {
      const queue = queues[name];
      const { longest, impact } = patience[name];
      this.#alarm(
        `${queue.node.id}Waits`,
        queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
        { threshold: longest.toSeconds(), impact, runbook: 'a-queue-does-not-move' },
      );
    }
    const deadLetters = [
      ...queueNames.map((name) => queues[name].deadLetters),
      clock.deadLetters,
      syndicate.deadLetters,
      mailStreams.lostEvents,
    ].map((queue) => queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }));
    const ids = deadLetters.map((_, index) => `m${index}`);
    this.#alarm(
      'DeadLetters',
      new MathExpression({
        expression: `SUM([${ids.join(',')}])`,
        usingMetrics: Object.fromEntries(deadLetters.map((metric, index) => [`m${index}`, metric])),
        period: Duration.minutes(5),
        label: 'Dead letters',
      }),
      {
        threshold: 1,
        impact: 'Work was given up: a poll, a mail or a feed is missing until someone sees to it.',
        runbook: 'dead-letters',
      },
    );
  }

  #watchFeeds(): void {
    const { syndicate } = this.#props.pipeline;
    this.#alarm(
      'FeedsFail',
      syndicate.writer.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      {
        threshold: 3,
        periods: 3,
        impact: 'Feeds can’t be written: followers see nothing new.',
        runbook: 'feeds-are-behind',
      },
    );
    this.#alarm(
      'StreamWaits',
      syndicate.writer.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
      {
        threshold: Duration.minutes(15).toMilliseconds(),
        impact: 'Feeds are written a quarter of an hour late, or more.',
        runbook: 'feeds-are-behind',
      },
    );
  }

  #watchMail(): void {
    // SES reviews an account at 5 % bounces and 0.1 % complaints, and pauses it at 10 % and 0.5 %.
    this.#alarm('Bounces', this.#reputation('Reputation.BounceRate'), {
      threshold: 0.04,
      impact: 'Many addresses are dead; SES is about to put the account under review.',
      runbook: 'bounces-or-complaints-rise',
    });
    this.#alarm('Complaints', this.#reputation('Reputation.ComplaintRate'), {
      threshold: 0.0008,
      impact: 'People call our mails spam; SES is about to put the account under review.',
      runbook: 'bounces-or-complaints-rise',
    });
    this.#alarm('QuotaNearlyUsed', this.#health('quotaUsedPercent', 'Maximum'), {
      threshold: 80,
      impact: 'The day’s quota is nearly used up: further mails wait for tomorrow.',
      runbook: 'the-quota-is-nearly-used-up',
    });
  }

  #watchPeople(): void {
    const { stage, edge, metricNamespace } = this.#props;
    const signUps = new MetricFilter(this, 'SignUps', {
      logGroup: edge.requests,
      filterPattern: FilterPattern.stringValue('$.route', '=', signUpRoute),
      metricNamespace,
      metricName: 'signUps',
      defaultValue: 0,
    });
    this.#alarm('SignUpSpike', signUps.metric({ period: Duration.hours(1), statistic: 'Sum' }), {
      threshold: stage.rates.signUpAlarmPerHour,
      impact: 'Someone may be signing up strangers: they get mail that they did not ask for.',
      runbook: 'sign-ups-spike',
    });
    this.#alarm('PagesFail', this.#apiMetric('5xx', 'Sum'), {
      threshold: 5,
      periods: 2,
      impact: 'Pages fail: people can’t read, sign up or leave.',
      runbook: 'pages-fail',
    });
    this.#alarm(
      'PagesRefused',
      new MathExpression({
        expression: 'IF(all >= 10, refused / all, 0)',
        usingMetrics: { refused: this.#apiMetric('4xx', 'Sum'), all: this.#apiMetric('Count', 'Sum') },
        period: Duration.minutes(5),
      }),
      {
        threshold: 1,
        periods: 3,
        impact: 'Pages refuse everyone: people can’t read, sign up or leave.',
        runbook: 'pages-refuse-everyone',
      },
    );
  }

  #dashboard(): void {
    const { pipeline, metricNamespace } = this.#props;
    const { queues, clock, syndicate, mailStreams } = pipeline;
    const dashboard = new Dashboard(this, 'Dashboard', {
      periodOverride: PeriodOverride.AUTO,
      defaultInterval: Duration.days(1),
    });
    const row = (title: string, ...widgets: IWidget[]) => {
      dashboard.addWidgets(new TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }));
      dashboard.addWidgets(...widgets);
    };
    const graph = (title: string, left: Metric[], right: Metric[] = []) =>
      new GraphWidget({ title, left, right, width: 8, height: 6 });

    row('Is it well?', new AlarmStatusWidget({ alarms: this.alarms, width: 24, height: 6 }));
    row(
      'What is due?',
      graph(
        'Ticks',
        [clock.ticker.metricInvocations({ statistic: 'Sum' })],
        [clock.ticker.metricErrors({ statistic: 'Sum' })],
      ),
      graph(
        'Messages waiting',
        queueNames.map((name) =>
          queues[name].metricApproximateNumberOfMessagesVisible({ label: name, statistic: 'Maximum' }),
        ),
      ),
      graph(
        'Mails',
        [mailStreams.bulk, mailStreams.transactional].map((stream) => {
          return this.#sesMetric('Send', stream.configurationSetName, stream.node.id);
        }),
      ),
    );
    row(
      'What is late?',
      graph(
        'Oldest message, seconds',
        queueNames.map((name) =>
          queues[name].metricApproximateAgeOfOldestMessage({ label: name, statistic: 'Maximum' }),
        ),
      ),
      graph('Stream, milliseconds behind', [
        syndicate.writer.metric('IteratorAge', { statistic: 'Maximum' }),
      ]),
      graph(
        'Late by our own look',
        [
          'pollsOverdue',
          'publicationsOverdue',
          'feedsBehind',
          'runsNotStarted',
          'runsNotFinished',
          'runsPaused',
        ].map((name) => this.#health(name, 'Maximum')),
      ),
    );
    row(
      'What does it cost?',
      graph('Estimated charges of the account this month, US$', [
        new Metric({
          namespace: 'AWS/Billing',
          metricName: 'EstimatedCharges',
          dimensionsMap: { Currency: 'USD' },
          statistic: 'Maximum',
          period: Duration.hours(6),
          region: 'us-east-1',
        }),
      ]),
      graph(
        'Seconds of functions',
        pipeline.functions.map((worker) =>
          worker.metricDuration({ statistic: 'Sum', label: worker.node.path.split('/').slice(1).join(' ') }),
        ),
      ),
      graph('Sign-ups', [
        new Metric({
          namespace: metricNamespace,
          metricName: 'signUps',
          statistic: 'Sum',
          period: Duration.hours(1),
        }),
      ]),
    );
  }

  #health(metricName: string, statistic: string): Metric {
    return new Metric({
      namespace: this.#props.metricNamespace,
      metricName,
      dimensionsMap: { service: 'herold' },
      statistic,
      period: Duration.minutes(5),
    });
  }

  #schedulerMetric(metricName: string): Metric {
    return new Metric({
      namespace: 'AWS/Scheduler',
      metricName,
      dimensionsMap: { ScheduleGroup: this.#props.pipeline.clock.scheduleGroup.scheduleGroupName },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
  }

  #reputation(metricName: string): Metric {
    return new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) });
  }

  #sesMetric(metricName: string, configurationSet: string, label: string): Metric {
    return new Metric({
      namespace: 'AWS/SES',
      metricName,
      dimensionsMap: { 'ses:configuration-set': configurationSet },
      statistic: 'Sum',
      label,
    });
  }

  #apiMetric(metricName: string, statistic: string): Metric {
    const { api } = this.#props.edge;
    return new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensionsMap: { ApiId: api.apiId },
      statistic,
      period: Duration.minutes(5),
    });
  }
}

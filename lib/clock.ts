import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Schedule, ScheduleExpression, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';
import { allTopics } from '../config/topics.ts';
import { clockEnv } from '../functions/clock/env.ts';
import { healthEnv } from '../functions/clock/health.env.ts';
import { allowReadingQuota } from './mail-rights.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { DeadLetters, type PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface ClockProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  readonly feeds: IBucket;
  /** Under which quotas are asked for. */
  readonly bulk: ConfigurationSet;
  /** Where CloudWatch files what {@link Clock.observer} sees. */
  readonly metricNamespace: string;
}

/** Each minute: what is due? Every five: what is late? */
export class Clock extends Construct {
  readonly ticker: PipelineFunction;
  readonly observer: PipelineFunction;
  readonly scheduleGroup: ScheduleGroup;
  /** Ticks that failed, or could not be started. */
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: ClockProps) {
    super(scope, id);
    const { stage, tables, queues, feeds } = props;
    this.deadLetters = new DeadLetters(this, 'DeadLetters');
    // A tick that was lost is made up for by the next; one that comes late must not pile up.
    const onSchedule = {
      logDays: stage.retention.logDays,
      timeout: Duration.seconds(50),
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      onFailure: new SqsDestination(this.deadLetters),
    };

    this.ticker = new PipelineFunction(this, 'Tick', {
      ...onSchedule,
      entry: 'functions/clock/clock.handler.ts',
      env: clockEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        DISPATCH_TABLE: tables.dispatch.tableName,
        INGEST_QUEUE_URL: queues.ingest.queueUrl,
        PLAN_QUEUE_URL: queues.plan.queueUrl,
        SHARD_COUNT: String(stage.shardCount),
        CMS_WEBHOOK_URL: stage.cmsWebhook?.url ?? 'none',
        CMS_WEBHOOK_SECRET: stage.cmsWebhook?.secretArn ?? 'none',
      },
    });
    this.ticker.allow(
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:ConditionCheckItem',
      ],
      tables.content.tableArn,
      tables.dispatch.tableArn,
    );
    this.ticker.allow(['sqs:SendMessage'], queues.ingest.queueArn, queues.plan.queueArn);
    if (stage.cmsWebhook !== undefined) {
      this.ticker.allow(['secretsmanager:GetSecretValue'], stage.cmsWebhook.secretArn);
    }

    this.observer = new PipelineFunction(this, 'Observe', {
      ...onSchedule,
      entry: 'functions/clock/health.handler.ts',
      env: healthEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        DISPATCH_TABLE: tables.dispatch.tableName,
        FEED_BUCKET: feeds.bucketName,
        BULK_CONFIGURATION_SET: props.bulk.configurationSetName,
        METRIC_NAMESPACE: props.metricNamespace,
      },
    });
    this.observer.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      tables.content.tableArn,
      tables.dispatch.tableArn,
    );
    this.observer.allow(['s3:GetObject'], feeds.arnForObjects(`feeds/${allTopics}.json`));
    this.observer.allow(['s3:ListBucket'], feeds.bucketArn);
    allowReadingQuota(this.observer);

    const starter = new Role(this, 'StarterRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    starter.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [this.ticker.functionArn, this.observer.functionArn],
      }),
    );
    starter.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
    );
    this.scheduleGroup = new ScheduleGroup(this, 'Schedules');
    this.#schedule('EachMinute', Duration.minutes(1), this.ticker, starter, stage.clock !== 'stopped');
    this.#schedule('EachFiveMinutes', Duration.minutes(5), this.observer, starter);
  }

  #schedule(id: string, every: Duration, target: PipelineFunction, starter: Role, enabled = true): void {
    const schedule = new Schedule(this, id, {
      enabled,
      schedule: ScheduleExpression.rate(every),
      scheduleGroup: this.scheduleGroup,
      target: new LambdaInvoke(target, {
        // Its rights are written above; the target would add those to every version of the function.
        role: starter.withoutPolicyUpdates(),
        deadLetterQueue: this.deadLetters,
        // The scheduler's own default is 185 attempts over a day.
        retryAttempts: 2,
        maxEventAge: Duration.minutes(1),
      }),
    });
    schedule.node.addDependency(starter);
  }
}

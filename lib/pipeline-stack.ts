import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';
import { Clock } from './clock.ts';
import { CommandLineEnvironment } from './command-line-environment.ts';
import type { DataStack } from './data-stack.ts';
import type { EdgeStack } from './edge-stack.ts';
import { Ingest } from './ingest.ts';
import { MailStreams } from './mail-streams.ts';
import { Notify } from './notify.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { PipelineQueues } from './queues.ts';
import { Syndicate } from './syndicate.ts';
import { Web } from './web.ts';

export interface PipelineStackProps extends StackProps {
  readonly stageName: string;
  readonly stage: Stage;
  readonly data: DataStack;
  readonly edge: EdgeStack;
  /** Where CloudWatch files our metrics. */
  readonly metricNamespace: string;
}

/** The way of a press release, from top to bottom. */
export class PipelineStack extends Stack {
  readonly queues: PipelineQueues;
  readonly clock: Clock;
  readonly ingest: Ingest;
  readonly syndicate: Syndicate;
  readonly web: Web;
  readonly notify: Notify;
  readonly mailStreams: MailStreams;

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);
    const { stage, data, edge } = props;
    const { tables } = data;
    const { logDays } = stage.retention;

    const queues = new PipelineQueues(this, 'Queues');
    this.queues = queues;

    this.mailStreams = new MailStreams(this, 'MailStreams', {
      feedback: queues.feedback,
      messageKey: data.messageKey,
    });

    this.clock = new Clock(this, 'Clock', {
      stage,
      tables,
      queues,
      feeds: data.feeds,
      bulk: this.mailStreams.bulk,
      metricNamespace: props.metricNamespace,
    });

    this.ingest = new Ingest(this, 'Ingest', { tables, queues, archive: data.archive, logDays });

    this.syndicate = new Syndicate(this, 'Syndicate', {
      tables,
      feeds: data.feeds,
      portalBaseUrl: edge.portalBaseUrl,
      logDays,
    });

    this.web = new Web(this, 'Web', {
      stage,
      tables,
      queues,
      archive: data.archive,
      keyring: data.keyring.secret,
      api: edge.api,
      portalBaseUrl: edge.portalBaseUrl,
      edgeKeys: edge.keys,
    });

    this.notify = new Notify(this, 'Notify', {
      stage,
      tables,
      queues,
      archive: data.archive,
      keyring: data.keyring.secret,
      mailIdentity: data.mailIdentity,
      mailStreams: this.mailStreams,
      portalBaseUrl: edge.portalBaseUrl,
    });

    new CommandLineEnvironment(this, 'Environment', {
      stageName: props.stageName,
      stage,
      tables,
      queues,
      otherDeadLetters: {
        clock: this.clock.deadLetters,
        syndicate: this.syndicate.deadLetters,
        events: this.mailStreams.lostEvents,
      },
      feeds: data.feeds,
      archive: data.archive,
      keyring: data.keyring.secret,
      bulk: this.mailStreams.bulk,
      transactional: this.mailStreams.transactional,
      portalBaseUrl: edge.portalBaseUrl,
    });
  }

  /** All functions of the pipeline. */
  get functions(): PipelineFunction[] {
    return this.node.findAll().filter((construct) => construct instanceof PipelineFunction);
  }
}

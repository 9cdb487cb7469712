import { Stack, type StackProps } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { deadLettersName, queueNames } from '../config/queues.ts';
import { stageParameter, type Stage } from '../config/stages.ts';
import { Clock } from './clock.ts';
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

    this.#tellCommandLine(props);
  }

  /** Leaves the functions' environment where `herold --stage …` finds it, so that commands use the same adapters. */
  #tellCommandLine({ stageName, stage, data, edge }: PipelineStackProps): void {
    const { queues, clock, syndicate, mailStreams } = this;
    const environment = {
      AWS_REGION: stage.region,
      CONTENT_TABLE: data.tables.content.tableName,
      SUBSCRIBERS_TABLE: data.tables.subscribers.tableName,
      DISPATCH_TABLE: data.tables.dispatch.tableName,
      ...Object.fromEntries(
        queueNames.flatMap((name) => [
          [queues[name].definition.environmentName, queues[name].queueUrl],
          [deadLettersName(name), queues[name].deadLetters.queueUrl],
        ]),
      ),
      [deadLettersName('clock')]: clock.deadLetters.queueUrl,
      [deadLettersName('syndicate')]: syndicate.deadLetters.queueUrl,
      [deadLettersName('events')]: mailStreams.lostEvents.queueUrl,
      FEED_BUCKET: data.feeds.bucketName,
      ARCHIVE_BUCKET: data.archive.bucketName,
      PORTAL_BASE_URL: edge.portalBaseUrl,
      SENDER_ADDRESS: stage.sender.address,
      BULK_CONFIGURATION_SET: mailStreams.bulk.configurationSetName,
      TRANSACTIONAL_CONFIGURATION_SET: mailStreams.transactional.configurationSetName,
      KEYRING_SECRET: data.keyring.secret.secretArn,
      SHARD_COUNT: String(stage.shardCount),
      RECIPIENT_ALLOW_LIST: stage.recipients === 'everyone' ? '*' : stage.recipients.join(','),
      ALLOWED_SOURCE_HOSTS: 'none',
      CMS_WEBHOOK_URL: stage.cmsWebhook?.url ?? 'none',
      CMS_WEBHOOK_SECRET: stage.cmsWebhook?.secretArn ?? 'none',
    };
    new StringParameter(this, 'Environment', {
      parameterName: stageParameter(stageName),
      stringValue: this.toJsonString(environment),
    });
  }

  /** All functions of the pipeline. */
  get functions(): PipelineFunction[] {
    return this.node.findAll().filter((construct) => construct instanceof PipelineFunction);
  }
}

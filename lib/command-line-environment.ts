import { Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { deadLettersName, queueNames, type DeadLetterName, type QueueName } from '../config/queues.ts';
import { stageParameter, type Stage } from '../config/stages.ts';
import type { PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface CommandLineEnvironmentProps {
  readonly stageName: string;
  readonly stage: Stage;
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  /** Of what is no queue. */
  readonly otherDeadLetters: Readonly<Record<Exclude<DeadLetterName, QueueName>, IQueue>>;
  readonly feeds: IBucket;
  readonly archive: IBucket;
  readonly keyring: ISecret;
  readonly bulk: IConfigurationSet;
  readonly transactional: IConfigurationSet;
  readonly portalBaseUrl: string;
}

/** Leaves the functions' environment where `herold --stage …` finds it, so that commands use the same adapters. */
export class CommandLineEnvironment extends StringParameter {
  constructor(scope: Construct, id: string, props: CommandLineEnvironmentProps) {
    const { stageName, stage, tables, queues, otherDeadLetters } = props;
    const environment = {
      AWS_REGION: stage.region,
      CONTENT_TABLE: tables.content.tableName,
      SUBSCRIBERS_TABLE: tables.subscribers.tableName,
      DISPATCH_TABLE: tables.dispatch.tableName,
      ...Object.fromEntries(
        queueNames.flatMap((name) => [
          [queues[name].definition.environmentName, queues[name].queueUrl],
          [deadLettersName(name), queues[name].deadLetters.queueUrl],
        ]),
      ),
      [deadLettersName('clock')]: otherDeadLetters.clock.queueUrl,
      [deadLettersName('syndicate')]: otherDeadLetters.syndicate.queueUrl,
      [deadLettersName('events')]: otherDeadLetters.events.queueUrl,
      FEED_BUCKET: props.feeds.bucketName,
      ARCHIVE_BUCKET: props.archive.bucketName,
      PORTAL_BASE_URL: props.portalBaseUrl,
      SENDER_ADDRESS: stage.sender.address,
      BULK_CONFIGURATION_SET: props.bulk.configurationSetName,
      TRANSACTIONAL_CONFIGURATION_SET: props.transactional.configurationSetName,
      KEYRING_SECRET: props.keyring.secretArn,
      SHARD_COUNT: String(stage.shardCount),
      RECIPIENT_ALLOW_LIST: stage.recipients === 'everyone' ? '*' : stage.recipients.join(','),
      ALLOWED_SOURCE_HOSTS: 'none',
      CMS_WEBHOOK_URL: stage.cmsWebhook?.url ?? 'none',
      CMS_WEBHOOK_SECRET: stage.cmsWebhook?.secretArn ?? 'none',
    };
    super(scope, id, {
      parameterName: stageParameter(stageName),
      stringValue: Stack.of(scope).toJsonString(environment),
    });
  }
}

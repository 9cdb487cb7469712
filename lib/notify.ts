import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';
import { deliverEnv, feedbackEnv, planEnv } from '../functions/notify/env.ts';
import { transactionalEnv } from '../functions/notify/transactional.env.ts';
import { consume } from './consume.ts';
import type { MailIdentity } from './mail-identity.ts';
import { allowReadingQuota, allowSending } from './mail-rights.ts';
import type { MailStreams } from './mail-streams.ts';
import { PipelineFunction } from './pipeline-function.ts';
import type { PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface NotifyProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  /** Keeps editions, and what SES reported unreadably. */
  readonly archive: IBucket;
  readonly keyring: Secret;
  readonly mailIdentity: MailIdentity;
  readonly mailStreams: MailStreams;
  readonly portalBaseUrl: string;
}

/** Mails: runs are planned by shard and delivered by batch; what someone waits for has a way of its own. */
export class Notify extends Construct {
  readonly plan: PipelineFunction;
  readonly deliver: PipelineFunction;
  readonly feedback: PipelineFunction;
  readonly transactional: PipelineFunction;
  readonly #props: NotifyProps;

  constructor(scope: Construct, id: string, props: NotifyProps) {
    super(scope, id);
    this.#props = props;
    this.plan = this.#plan();
    this.deliver = this.#deliver();
    this.feedback = this.#feedback();
    this.transactional = this.#transactional();
  }

  /** Who gets what: one shard of subscribers at a time. */
  #plan(): PipelineFunction {
    const { stage, tables, queues, mailStreams, portalBaseUrl } = this.#props;
    const planner = new PipelineFunction(this, 'Plan', {
      entry: 'functions/notify/plan.handler.ts',
      env: planEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        SUBSCRIBERS_TABLE: tables.subscribers.tableName,
        DISPATCH_TABLE: tables.dispatch.tableName,
        PLAN_QUEUE_URL: queues.plan.queueUrl,
        DELIVER_QUEUE_URL: queues.deliver.queueUrl,
        BULK_CONFIGURATION_SET: mailStreams.bulk.configurationSetName,
        SHARD_COUNT: String(stage.shardCount),
        PORTAL_BASE_URL: portalBaseUrl,
        RECIPIENT_ALLOW_LIST: allowListOf(stage),
      },
      logDays: stage.retention.logDays,
      memorySize: 1769, // one whole virtual CPU
      timeout: queues.plan.consumerTimeout,
    });
    consume(planner, queues.plan);
    planner.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], tables.content.tableArn);
    planner.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      tables.subscribers.tableArn,
    );
    planner.allow(keepingTheLedger, tables.dispatch.tableArn);
    planner.allow(['sqs:SendMessage'], queues.plan.queueArn, queues.deliver.queueArn);
    allowReadingQuota(planner);
    return planner;
  }

  /** One batch of one edition at a time, at the pace that SES allows. */
  #deliver(): PipelineFunction {
    const { stage, tables, queues, archive, keyring, mailStreams, portalBaseUrl } = this.#props;
    const sender = new PipelineFunction(this, 'Deliver', {
      entry: 'functions/notify/deliver.handler.ts',
      env: deliverEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        SUBSCRIBERS_TABLE: tables.subscribers.tableName,
        DISPATCH_TABLE: tables.dispatch.tableName,
        ARCHIVE_BUCKET: archive.bucketName,
        DELIVER_QUEUE_URL: queues.deliver.queueUrl,
        BULK_CONFIGURATION_SET: mailStreams.bulk.configurationSetName,
        KEYRING_SECRET: keyring.secretArn,
        SHARD_COUNT: String(stage.shardCount),
        PORTAL_BASE_URL: portalBaseUrl,
        SENDER_ADDRESS: stage.sender.address,
        RECIPIENT_ALLOW_LIST: allowListOf(stage),
      },
      logDays: stage.retention.logDays,
      memorySize: 1024,
      timeout: queues.deliver.consumerTimeout,
    });
    consume(sender, queues.deliver);
    sender.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], tables.content.tableArn);
    sender.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem'], tables.subscribers.tableArn);
    sender.allow(keepingTheLedger, tables.dispatch.tableArn);
    sender.allow(['sqs:SendMessage'], queues.deliver.queueArn);
    sender.allow(['secretsmanager:GetSecretValue'], keyring.secretArn);
    sender.allowPattern(
      ['s3:GetObject', 's3:PutObject'],
      archive.arnForObjects('editions/*'),
      'Editions, named by run and content below this prefix.',
    );
    sender.allow(['s3:ListBucket'], archive.bucketArn);
    this.#allowSending(sender, mailStreams.bulk);
    return sender;
  }

  /** What SES reports: the ledger learns of it, and who bounces or complains is written to no more. */
  #feedback(): PipelineFunction {
    const { stage, tables, queues, archive } = this.#props;
    const listener = new PipelineFunction(this, 'Feedback', {
      entry: 'functions/notify/feedback.handler.ts',
      env: feedbackEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        SUBSCRIBERS_TABLE: tables.subscribers.tableName,
        DISPATCH_TABLE: tables.dispatch.tableName,
        ARCHIVE_BUCKET: archive.bucketName,
        SHARD_COUNT: String(stage.shardCount),
      },
      logDays: stage.retention.logDays,
      timeout: queues.feedback.consumerTimeout,
    });
    consume(listener, queues.feedback);
    listener.allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem'],
      tables.subscribers.tableArn,
    );
    listener.allow(keepingTheLedger, tables.dispatch.tableArn);
    listener.allowPattern(
      ['s3:GetObject', 's3:PutObject'],
      archive.arnForObjects('feedback/*'),
      'Events that nobody could read, named by day below this prefix.',
    );
    listener.allow(['s3:ListBucket'], archive.bucketArn);
    return listener;
  }

  /** Confirmations and the like. */
  #transactional(): PipelineFunction {
    const { stage, tables, queues, keyring, mailStreams } = this.#props;
    const sender = new PipelineFunction(this, 'Transactional', {
      entry: 'functions/notify/transactional.handler.ts',
      env: transactionalEnv,
      environment: {
        SUBSCRIBERS_TABLE: tables.subscribers.tableName,
        DISPATCH_TABLE: tables.dispatch.tableName,
        TRANSACTIONAL_QUEUE_URL: queues.transactional.queueUrl,
        TRANSACTIONAL_CONFIGURATION_SET: mailStreams.transactional.configurationSetName,
        KEYRING_SECRET: keyring.secretArn,
        SHARD_COUNT: String(stage.shardCount),
        PORTAL_BASE_URL: this.#props.portalBaseUrl,
        SENDER_ADDRESS: stage.sender.address,
        RECIPIENT_ALLOW_LIST: allowListOf(stage),
      },
      logDays: stage.retention.logDays,
      timeout: queues.transactional.consumerTimeout,
    });
    consume(sender, queues.transactional);
    sender.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], tables.subscribers.tableArn);
    sender.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], tables.dispatch.tableArn);
    sender.allow(['sqs:SendMessage'], queues.transactional.queueArn);
    sender.allow(['secretsmanager:GetSecretValue'], keyring.secretArn);
    this.#allowSending(sender, mailStreams.transactional);
    return sender;
  }

  #allowSending(sender: PipelineFunction, stream: ConfigurationSet): void {
    const { stage, mailIdentity } = this.#props;
    allowSending(sender, { identityArns: mailIdentity.arns, address: stage.sender.address, stream });
  }
}

/** As functions read it. */
const allowListOf = ({ recipients }: Stage): string =>
  recipients === 'everyone' ? '*' : recipients.join(',');

/** Runs, manifests, batches, claims and paces: rows that are written under conditions, and read back. */
const keepingTheLedger = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
];

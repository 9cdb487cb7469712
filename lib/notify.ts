import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';
import { transactionalEnv } from '../functions/notify/transactional.env.ts';
import { consume } from './consume.ts';
import type { MailIdentity } from './mail-identity.ts';
import { allowSending } from './mail-rights.ts';
import type { MailStreams } from './mail-streams.ts';
import { PipelineFunction } from './pipeline-function.ts';
import type { PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface NotifyProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  readonly keyring: Secret;
  readonly mailIdentity: MailIdentity;
  readonly mailStreams: MailStreams;
  readonly portalBaseUrl: string;
}

/** Mails: runs are planned by shard, delivered by batch; what someone waits for has a way of its own. */
export class Notify extends Construct {
  readonly transactional: PipelineFunction;
  readonly #props: NotifyProps;

  constructor(scope: Construct, id: string, props: NotifyProps) {
    super(scope, id);
    this.#props = props;
    this.transactional = this.#transactional();
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
    sender.allow(['dynamodb:GetItem'], tables.subscribers.tableArn);
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

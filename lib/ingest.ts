import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { ingestEnv } from '../functions/ingest/env.ts';
import { syncSourcesEnv } from '../functions/ingest/sync-sources.env.ts';
import { consume } from './consume.ts';
import type { LogDays } from './log-days.ts';
import { PipelineFunction } from './pipeline-function.ts';
import type { PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface IngestProps {
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  /** Keeps source feeds that could not be taken in. */
  readonly archive: IBucket;
  readonly logDays: LogDays;
}

/** Polls sources and files what is new. Its role reaches no mail and no subscribers. */
export class Ingest extends Construct {
  readonly poller: PipelineFunction;

  constructor(scope: Construct, id: string, { tables, queues, archive, logDays }: IngestProps) {
    super(scope, id);
    this.poller = new PipelineFunction(this, 'Poll', {
      entry: 'functions/ingest/ingest.handler.ts',
      env: ingestEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        ARCHIVE_BUCKET: archive.bucketName,
        ALLOWED_SOURCE_HOSTS: 'none',
      },
      logDays,
      memorySize: 1024,
      timeout: queues.ingest.consumerTimeout,
    });
    consume(this.poller, queues.ingest);
    this.poller.allow(
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
    );
    this.poller.allowPattern(
      ['s3:GetObject', 's3:PutObject'],
      archive.arnForObjects('poison/*'),
      'Bodies that could not be taken in, named by their hash below this prefix.',
    );
    this.poller.allow(['s3:ListBucket'], archive.bucketArn);
    this.#registerSources(tables, logDays);
  }

  /** At each deployment the registry takes over what `config/sources.ts` says. */
  #registerSources(tables: Tables, logDays: LogDays): void {
    const register = new PipelineFunction(this, 'Register', {
      entry: 'functions/ingest/sync-sources.handler.ts',
      env: syncSourcesEnv,
      environment: { CONTENT_TABLE: tables.content.tableName },
      logDays,
    });
    register.allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      tables.content.tableArn,
    );
    new Trigger(this, 'Registered', { handler: register });
  }
}

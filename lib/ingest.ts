import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { syncSourcesEnv } from '../functions/ingest/sync-sources.env.ts';
import type { LogDays } from './log-days.ts';
import { PipelineFunction } from './pipeline-function.ts';
import type { PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface IngestProps {
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  readonly logDays: LogDays;
}

/** Polls sources and files what is new. Its role reaches no mail and no subscribers. */
export class Ingest extends Construct {
  constructor(scope: Construct, id: string, { tables, logDays }: IngestProps) {
    super(scope, id);
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

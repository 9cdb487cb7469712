import { sources } from '../../config/sources.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { isoMillis, systemClock } from '../platform/time.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { syncSourcesEnv } from './sync-sources.env.ts';

const env = readEnv(syncSourcesEnv, process.env);
const log = createLog('sync-sources');
const registry = new DynamoDbSources(documentClient(), env.CONTENT_TABLE);

/** Runs at each deployment: the registry then holds what `config/sources.ts` says. */
export const handler = async (): Promise<void> => {
  await registry.define(sources, isoMillis(systemClock.now()));
  log.info('sources defined', { sources: sources.length });
};

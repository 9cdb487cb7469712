import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { handleEach } from '../platform/batch.ts';
import type { PollMessage } from '../sources/source-store.ts';
import { pollSource, type PollParts } from './poll-source.ts';

const message: z.ZodType<PollMessage> = z.object({ sourceId: z.string() });

/** Receives the `ingest` queue: one message polls one source. */
export const receivePolls =
  (parts: PollParts) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleEach(event, message, parts.log, async ({ sourceId }, record) => {
      const polled = await pollSource(parts, sourceId, record.messageId);
      parts.log.info('polled', { sourceId, ...polled });
    });

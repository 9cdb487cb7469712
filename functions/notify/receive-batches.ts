import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { handleEach } from '../platform/batch.ts';
import type { Log } from '../platform/log.ts';
import { deliverBatch, type DeliverParts } from './deliver.ts';

const message = z.object({
  runId: z.string(),
  shard: z.int().min(0),
  attempt: z.string(),
  batch: z.int().min(0),
});

/** Kept free at a worker's end, for the mails under way to be answered and recorded. */
const reserveMs = 40_000;

/** Receives the `deliver` queue: one batch of mails a message. */
export const receiveBatches =
  (parts: DeliverParts, log: Log) =>
  (event: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> =>
    handleEach(event, message, log, async (work) => {
      const leftMs = Math.max(0, context.getRemainingTimeInMillis() - reserveMs);
      const until = parts.clock.now().add({ milliseconds: Math.floor(leftMs) });
      const outcome = await deliverBatch(parts, work, until);
      log.info('batch handled', { ...work, outcome });
    });

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { handleEach } from '../platform/batch.ts';
import type { Log } from '../platform/log.ts';
import { handlePlan, type PlanParts } from './plan.ts';

const message = z.object({ runId: z.string(), shard: z.int().min(0), step: z.enum(['plan', 'queue']) });

/** Receives the `plan` queue: one shard of a run a message. */
export const receivePlans =
  (parts: PlanParts, log: Log) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleEach(event, message, log, async (work) => {
      const run = await handlePlan(parts, work);
      log.info('plan handled', { ...work, state: run?.state, preflight: run?.preflight });
      const verdict = run?.preflight?.verdict;
      if (verdict === 'deadline' || verdict === 'quota') {
        log.error('run does not fit', { runId: work.runId, preflight: run?.preflight });
      }
    });

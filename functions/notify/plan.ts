import type { Mailer } from '../mail/mailer.ts';
import type { Queue } from '../platform/queue.ts';
import { isoMillis, type Clock, type Temporal } from '../platform/time.ts';
import { changeRun } from '../runs/control.ts';
import { bulkShare, secondsFor, setCeiling, type PaceStore } from '../runs/pace.ts';
import type { DeliverMessage, Manifest, PlanMessage, Preflight, Run } from '../runs/run.ts';
import { planShard, type PlanShardParts } from './plan-shard.ts';

export interface PlanParts extends PlanShardParts {
  mailer: Mailer;
  paces: PaceStore;
  plan: Queue<PlanMessage>;
  deliver: Queue<DeliverMessage>;
  clock: Clock;
}

/** Messages that are sent to the queue at a time. */
const sendSize = 500;

/**
 * Handles one message of the plan queue. Planned shards are not planned again, so a repeated, late or reordered message
 * changes nothing.
 *
 * @returns the run as it stands afterwards, `undefined` when there is none
 */
export async function handlePlan(parts: PlanParts, message: PlanMessage): Promise<Run | undefined> {
  const run = await parts.runs.get(message.runId);
  if (run === undefined || run.state === 'closed') return run;
  if (message.step === 'queue') {
    await queueShard(parts, run, message.shard);
    return run;
  }
  if ((await parts.runs.getManifest(run.id, message.shard)) === undefined) {
    await planShard(parts, run, message.shard, parts.clock.now());
  }
  return beginDelivery(parts, run.id);
}

/** Once every shard is planned, it is known before the first mail whether the run fits. */
async function beginDelivery(parts: PlanParts, runId: string): Promise<Run | undefined> {
  const run = await parts.runs.get(runId);
  if (run?.state !== 'planning') return run;
  const manifests = await parts.runs.listManifests(runId);
  if (manifests.length < run.shards) return run;

  const now = parts.clock.now();
  const preflight = await preflightOf(parts.mailer, run, manifests, now);
  await setCeiling(parts.paces, preflight.perSecond / bulkShare, now.epochMilliseconds);
  const delivering = await changeRun(parts.runs, runId, (current) =>
    current.state === 'planning'
      ? { ...current, state: 'delivering', preflight, progress: { finished: 0, since: isoMillis(now) } }
      : undefined,
  );
  const shards = manifests.filter(({ batches }) => batches > 0).map(({ shard }) => shard);
  await parts.plan.send(shards.map((shard) => ({ runId, shard, step: 'queue' })));
  return delivering;
}

/** How a run stands against the account's live quota and its own deadline. */
export async function preflightOf(
  mailer: Mailer,
  run: Pick<Run, 'deadline'>,
  manifests: readonly Pick<Manifest, 'mails'>[],
  now: Temporal.Instant,
): Promise<Preflight> {
  const { maxPerSecond, maxPer24Hours, sentLast24Hours } = await mailer.quota();
  const mails = manifests.reduce((sum, manifest) => sum + manifest.mails, 0);
  const perSecond = maxPerSecond * bulkShare;
  const seconds = secondsFor(mails, perSecond);
  // An account without a daily limit has room for anything; DynamoDB knows no infinity.
  const quotaLeft = Math.min(maxPer24Hours - sentLast24Hours, Number.MAX_SAFE_INTEGER);
  const late = isoMillis(now.add({ seconds })) > run.deadline;
  const verdict = mails > quotaLeft ? 'quota' : late ? 'deadline' : 'fits';
  return { at: isoMillis(now), mails, perSecond, seconds, quotaLeft, verdict };
}

/** Queues those batches of a shard that are not finished. */
async function queueShard(parts: PlanParts, run: Run, shard: number): Promise<void> {
  const manifest = await parts.runs.getManifest(run.id, shard);
  if (manifest === undefined || run.state !== 'delivering') return;
  const finished = await parts.runs.listFinished(run.id, shard);
  const open = Array.from({ length: manifest.batches }, (_, batch) => batch).filter(
    (batch) => !finished.has(batch),
  );
  for (let start = 0; start < open.length; start += sendSize) {
    await parts.deliver.send(
      open
        .slice(start, start + sendSize)
        .map((batch) => ({ runId: run.id, shard, attempt: manifest.attempt, batch })),
    );
  }
}

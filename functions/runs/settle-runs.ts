import type { Queue } from '../platform/queue.ts';
import { isoMillis, msOf, type Temporal } from '../platform/time.ts';
import { together } from '../platform/together.ts';
import { changeRun, pauseRun, resumed, stopped } from './control.ts';
import type { DeliveryLedger } from './delivery-ledger.ts';
import {
  addsUp,
  addTotals,
  noTotals,
  type Manifest,
  type PlanMessage,
  type Run,
  type Totals,
} from './run.ts';
import type { RunStore } from './run-store.ts';

export interface SettleParts {
  runs: RunStore;
  deliveries: DeliveryLedger;
  plan: Queue<PlanMessage>;
}

/** What one call came upon, by run id. `unbalanced` is an alarm: the numbers don't add up, so the run can't close. */
export interface Settled {
  closed: string[];
  /** Nothing was finished for ten minutes, so what is open was queued again. */
  requeued: string[];
  resumed: string[];
  expired: string[];
  /** The guard found too many bounces or complaints. */
  guarded: string[];
  unbalanced: string[];
}

/** Without progress for so long, messages count as lost. Longer than the leases and retries that come before. */
const planningPatience = { minutes: 5 };
const deliveryPatience = { minutes: 10 };

/**
 * The guard's limits: Amazon reviews accounts at these rates
 * (https://docs.aws.amazon.com/ses/latest/dg/faqs-enforcement.html). One mail alone never trips it.
 */
const guard = {
  bounces: { rate: 0.05, atLeast: 3 },
  complaints: { rate: 0.001, atLeast: 2 },
} as const;

/**
 * Looks after every open run: what waits for its time goes on, what is lost is queued again, what harms is paused, what
 * is late is stopped, and what is finished gets its certificate. Repeating it changes nothing.
 */
export async function settleRuns(parts: SettleParts, now: Temporal.Instant): Promise<Settled> {
  const settled: Settled = {
    closed: [],
    requeued: [],
    resumed: [],
    expired: [],
    guarded: [],
    unbalanced: [],
  };
  for (const listed of await parts.runs.listOpen()) {
    const run = await changeRun(parts.runs, listed.id, (current) => onTime(current, now, settled));
    if (run === undefined || run.state === 'closed') continue;
    const manifests = await parts.runs.listManifests(run.id);
    if (run.state === 'planning') await watchPlanning(parts, run, manifests, now, settled);
    else await watchDelivery(parts, run, manifests, now, settled);
  }
  return settled;
}

/** What the time alone changes of a run. */
function onTime(run: Run, now: Temporal.Instant, settled: Settled): Run | undefined {
  if (run.state === 'closed') return undefined;
  if (run.stopped === undefined && isPast(run.deadline, now)) {
    settled.expired.push(run.id);
    return stopped(run, 'expired');
  }
  if (run.state === 'paused' && run.paused?.until !== undefined && isPast(run.paused.until, now)) {
    settled.resumed.push(run.id);
    return resumed(run);
  }
  return undefined;
}

async function watchPlanning(
  parts: SettleParts,
  run: Run,
  manifests: readonly Manifest[],
  now: Temporal.Instant,
  settled: Settled,
): Promise<void> {
  const since = run.progress?.since ?? run.createdAt;
  const grown = manifests.length > (run.progress?.finished ?? 0);
  if (grown) return keepProgress(parts.runs, run, manifests.length, now);
  if (!isPast(since, now, planningPatience)) return;
  const planned = new Set(manifests.map(({ shard }) => shard));
  const missing = shardsOf(run).filter((shard) => !planned.has(shard));
  // With none missing, it was the step from the last plan to the first mail that was lost; any shard repeats it.
  const shards = missing.length > 0 ? missing : [0];
  await parts.plan.send(shards.map((shard) => ({ runId: run.id, shard, step: 'plan' })));
  await keepProgress(parts.runs, run, manifests.length, now);
  settled.requeued.push(run.id);
}

async function watchDelivery(
  parts: SettleParts,
  run: Run,
  manifests: readonly Manifest[],
  now: Temporal.Instant,
  settled: Settled,
): Promise<void> {
  // Paused while it was being planned.
  if (manifests.length < run.shards) return;
  const shards = await together(
    manifests.map(async (manifest) => ({
      manifest,
      finished: await parts.runs.listFinished(run.id, manifest.shard),
    })),
  );
  const totals = totalsOf(shards);
  const open = shards.filter(({ manifest, finished }) => finished.size < manifest.batches);
  if (open.length === 0) {
    if (await close(parts, run, totals, now)) settled.closed.push(run.id);
    else settled.unbalanced.push(run.id);
    return;
  }
  if (run.state === 'paused') return;

  const harm = await harmOf(parts, run, totals);
  if (harm !== undefined) {
    await pauseRun(parts.runs, run.id, harm, now);
    settled.guarded.push(run.id);
    return;
  }
  const finished = shards.reduce((sum, shard) => sum + shard.finished.size, 0);
  if (run.progress !== undefined && finished > run.progress.finished) {
    return keepProgress(parts.runs, run, finished, now);
  }
  if (run.progress !== undefined && !isPast(run.progress.since, now, deliveryPatience)) return;
  await parts.plan.send(open.map(({ manifest: { shard } }) => ({ runId: run.id, shard, step: 'queue' })));
  await keepProgress(parts.runs, run, finished, now);
  settled.requeued.push(run.id);
}

/** What became of a run's candidates so far. What is still open is in no number but `candidates`. */
export function totalsOf(
  shards: readonly { manifest: Manifest; finished: ReadonlyMap<number, Totals> }[],
): Totals {
  let totals = noTotals();
  for (const { manifest, finished } of shards) {
    totals = addTotals(totals, {
      ...noTotals(),
      candidates: manifest.candidates,
      excluded: manifest.excluded,
    });
    for (const batch of finished.values()) totals = addTotals(totals, { ...batch, candidates: 0 });
  }
  return totals;
}

async function close(
  { runs, deliveries }: SettleParts,
  run: Run,
  totals: Totals,
  now: Temporal.Instant,
): Promise<boolean> {
  if (!addsUp(totals)) return false;
  const certificate = { ...totals, closedAt: isoMillis(now), reported: await deliveries.reported(run.id) };
  await changeRun(runs, run.id, (current) =>
    current.state === 'closed' ? undefined : { ...current, state: 'closed', paused: undefined, certificate },
  );
  return true;
}

async function harmOf(
  { deliveries }: SettleParts,
  run: Run,
  { accepted }: Totals,
): Promise<'bounces' | 'complaints' | undefined> {
  if (accepted === 0 || run.stopped !== undefined) return undefined;
  const reported = await deliveries.reported(run.id);
  return (['bounces', 'complaints'] as const).find(
    (kind) => reported[kind] >= guard[kind].atLeast && reported[kind] / accepted >= guard[kind].rate,
  );
}

async function keepProgress(
  runs: RunStore,
  run: Run,
  finished: number,
  now: Temporal.Instant,
): Promise<void> {
  await changeRun(runs, run.id, (current) =>
    current.state === run.state ? { ...current, progress: { finished, since: isoMillis(now) } } : undefined,
  );
}

const shardsOf = (run: Run): number[] => Array.from({ length: run.shards }, (_, shard) => shard);

const isPast = (
  moment: string,
  now: Temporal.Instant,
  patience: { minutes: number } = { minutes: 0 },
): boolean => msOf(moment) + patience.minutes * 60_000 <= now.epochMilliseconds;

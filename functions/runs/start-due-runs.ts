import { changesSettleSeconds } from '../../config/page-time.ts';
import { allTopics } from '../../config/topics.ts';
import type { PublicationLog } from '../articles/article-store.ts';
import type { Queue } from '../platform/queue.ts';
import { isoMillis, Temporal } from '../platform/time.ts';
import type { Cadence } from '../subscribers/subscriber.ts';
import type { CadencePointer, PlanMessage, Run } from './run.ts';
import type { RunStore } from './run-store.ts';
import { dayOf, newestSlot, nextSlot, slotSince, type SlottedCadence } from './slots.ts';

export interface StartParts {
  runs: RunStore;
  articles: PublicationLog;
  plan: Queue<PlanMessage>;
  /** Fixed at deployment. */
  shardCount: number;
}

/** What is published within this time of each other, goes out in one mail to those who want it at once. */
const coalesce = { minutes: 5 };

/**
 * Starts the digest run of every cadence that is due at `now`, and returns them. The newest slot stands for all that
 * were missed before it, because its window begins where the last one ended.
 *
 * While `frozen` digests pause: slots pass without a run, windows stay open, and the first run after it covers them. It
 * starts at the next daily slot, also for those who want mails at once: the portal opens at midnight.
 */
export async function startDueRuns(
  parts: StartParts,
  now: Temporal.Instant,
  frozen: boolean,
): Promise<Run[]> {
  const pointers = await parts.runs.pointers();
  const daily = await startSlotted(parts, 'daily', pointers.daily, now, frozen);
  const weekly = await startSlotted(parts, 'weekly', pointers.weekly, now, frozen);
  // The daily slot has not come yet that ends the pause for everyone.
  const isPaused = pointers.daily?.frozen === true && daily === undefined;
  const instant = await startInstant(parts, pointers.instant, now, frozen, isPaused);
  return [daily, weekly, instant].filter((run) => run !== undefined);
}

/** What an announcement's phase needs of a run. */
export interface PhaseRun {
  announcementId: string;
  phase: string;
  /** When its mails were due, ISO 8601. */
  slot: string;
}

/** Creates the run of a phase and sets it going. Repeated, it goes on where it was. */
export async function startAnnouncementRun(
  parts: Omit<StartParts, 'articles'>,
  { announcementId, phase, slot }: PhaseRun,
  now: Temporal.Instant,
): Promise<void> {
  const run: Run = {
    id: `announcement-${announcementId}-${phase}`,
    kind: 'announcement',
    announcementId,
    phase,
    slot,
    createdAt: isoMillis(now),
    deadline: isoMillis(now.add({ hours: 24 })),
    state: 'planning',
    shards: parts.shardCount,
    version: 1,
  };
  await parts.runs.create(run);
  await sendPlans(parts, (await parts.runs.get(run.id)) ?? run);
}

async function startSlotted(
  parts: StartParts,
  cadence: SlottedCadence,
  pointer: CadencePointer | undefined,
  now: Temporal.Instant,
  frozen: boolean,
): Promise<Run | undefined> {
  if (pointer === undefined) {
    // Slots from before the first tick are nobody's business.
    await parts.runs.movePointer(cadence, undefined, {
      toNumber: 0,
      slot: isoMillis(newestSlot(cadence, now)),
    });
    return undefined;
  }
  const moment = slotSince(cadence, pointer.slot, now);
  if (moment === undefined) return undefined;
  const slot = isoMillis(moment);
  if (frozen) {
    await parts.runs.movePointer(cadence, pointer, { ...pointer, slot, frozen: true });
    return undefined;
  }
  const deadline =
    cadence === 'daily' ? nextSlot(cadence, now).subtract({ minutes: 30 }) : now.add({ hours: 72 });
  return start(parts, cadence, pointer, {
    id: `digest-${cadence}-${dayOf(moment).toString()}`,
    slot,
    now,
    deadline,
    toNumber: await parts.articles.lastNumber(),
  });
}

async function startInstant(
  parts: StartParts,
  pointer: CadencePointer | undefined,
  now: Temporal.Instant,
  frozen: boolean,
  isPaused: boolean,
): Promise<Run | undefined> {
  const slot = isoMillis(now);
  if (pointer === undefined) {
    await parts.runs.movePointer('instant', undefined, { toNumber: 0, slot });
    return undefined;
  }
  if (frozen) {
    if (pointer.frozen !== true) {
      await parts.runs.movePointer('instant', pointer, { ...pointer, slot, frozen: true });
    }
    return undefined;
  }
  if (pointer.frozen === true && isPaused) return undefined;

  const toNumber = await parts.articles.lastNumber();
  const lookedUpTo = pointer.quietUpTo ?? pointer.toNumber;
  if (toNumber <= lookedUpTo) return undefined;
  const news = (await parts.articles.listPublishedBetween(allTopics, lookedUpTo, toNumber)).filter(
    ({ quiet }) => !quiet,
  );
  const [first] = news;
  if (first === undefined) {
    await parts.runs.movePointer('instant', pointer, { ...pointer, quietUpTo: toNumber });
    return undefined;
  }
  const due = Temporal.Instant.from(first.publishedAt).add(coalesce);
  if (Temporal.Instant.compare(due, now) > 0) return undefined;
  return start(parts, 'instant', pointer, {
    id: `digest-instant-${toNumber}`,
    slot,
    now,
    deadline: now.add({ hours: 6 }),
    toNumber,
  });
}

async function start(
  parts: StartParts,
  cadence: Cadence,
  pointer: CadencePointer,
  {
    id,
    slot,
    now,
    deadline,
    toNumber,
  }: { id: string; slot: string; now: Temporal.Instant; deadline: Temporal.Instant; toNumber: number },
): Promise<Run | undefined> {
  const run: Run = {
    id,
    kind: 'digest',
    cadence,
    fromNumber: pointer.toNumber,
    toNumber,
    catchUp: pointer.frozen === true,
    slot,
    createdAt: isoMillis(now),
    deadline: isoMillis(deadline),
    state: 'planning',
    shards: parts.shardCount,
    version: 1,
  };
  if ((await parts.runs.movePointer(cadence, pointer, { toNumber, slot }, run)) === 'taken') return undefined;
  await sendPlans(parts, run);
  return run;
}

/**
 * People are read only when every change that was begun before the run is written. A change notes up to where runs have
 * come, and so which of them go by the former choice or address; a run that read people before would not know of it.
 */
const sendPlans = (parts: Pick<StartParts, 'plan'>, run: Run): Promise<void> =>
  parts.plan.send(
    Array.from({ length: run.shards }, (_, shard) => ({ runId: run.id, shard, step: 'plan' })),
    { delaySeconds: changesSettleSeconds },
  );

import { randomUUID } from 'node:crypto';
import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import type { AllowList } from '../mail/allow-list.ts';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import type { AnnouncementContent } from '../runs/announcement-content.ts';
import type { Batch, Exclusion, Manifest, PlannedEdition, Reach, Run } from '../runs/run.ts';
import type { DeliveryLedger } from '../runs/delivery-ledger.ts';
import { keptDays, type RunStore } from '../runs/run-store.ts';
import { shardOf } from '../subscribers/sid.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { cadences, type Subscriber } from '../subscribers/subscriber.ts';
import { digestExclusion, DigestSelector, isCandidate, reachExclusion } from './select.ts';
import { reachesBackTo } from './choices.ts';
import { newsIn, windowOf, type NewsItem } from './window.ts';

export interface PlanShardParts {
  runs: RunStore;
  deliveries: DeliveryLedger;
  subscribers: SubscriberStore;
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementContent;
  isAllowed: AllowList;
}

/** Mails of one batch. */
const batchSize = 50;

/** Rows are written this many at a time: what DynamoDB takes in one request. */
const flushSize = 25;

/** What planning says of one candidate. */
type Choice = readonly number[] | Exclusion;

interface Chooser {
  /** Called with each page before anyone on it is chosen. */
  prepare(page: readonly Subscriber[]): Promise<void>;
  isCandidate(subscriber: Subscriber): boolean;
  choose(subscriber: Subscriber): Choice;
  /** Windows that this person's digest reaches back to. */
  reachesOf(sid: string): readonly Reach[];
  /** Does someone who is excluded get later what this run would have brought? */
  isOwed(subscriber: Subscriber, why: Exclusion): boolean;
}

/**
 * Plans one shard: reads its subscribers page by page, decides for each of them, groups those who get the same, and
 * writes batches and then the manifest that makes them count. A repeated plan writes under another attempt, and changes
 * nothing once there is a manifest.
 *
 * Memory holds one page, and of each edition what does not fill a batch.
 */
export async function planShard(
  parts: PlanShardParts,
  run: Run,
  shard: number,
  now: Temporal.Instant,
): Promise<Manifest> {
  const chooser = await chooserOf(parts, run, shard, now);
  const attempt = randomUUID().slice(0, 8);
  const excluded: Manifest['excluded'] = {};
  const unfinished = new Map<string, PlannedEdition>();
  const reaching = new Map<string, NonNullable<Batch['reaches']>[string]>();
  const missed: Reach[] = [];
  const editions = new Set<string>();
  let candidates = 0;
  let mails = 0;
  let written = 0;
  let full: Batch[] = [];

  const fill = (editions: PlannedEdition[]): void => {
    const own = editions.flatMap(({ sids }) => sids).filter((sid) => reaching.has(sid));
    full.push({
      editions,
      ...(own.length > 0 && {
        reaches: Object.fromEntries(own.map((sid) => [sid, reaching.get(sid) ?? []])),
      }),
    });
    for (const sid of own) reaching.delete(sid);
  };
  const flush = async (): Promise<void> => {
    await parts.runs.putBatches(run.id, shard, attempt, written, full);
    written += full.length;
    full = [];
  };

  for await (const page of parts.subscribers.listShard(shard, epochSeconds(now))) {
    await chooser.prepare(page);
    for (const subscriber of page) {
      if (!chooser.isCandidate(subscriber)) continue;
      candidates += 1;
      const choice = chooser.choose(subscriber);
      if (typeof choice === 'string') {
        excluded[choice] = (excluded[choice] ?? 0) + 1;
        if (chooser.isOwed(subscriber, choice)) missed.push(reachOf(run, shard, subscriber.sid));
        continue;
      }
      mails += 1;
      const key = choice.join(',');
      const edition = unfinished.get(key) ?? { numbers: [...choice], sids: [] };
      unfinished.set(key, edition);
      editions.add(key);
      edition.sids.push(subscriber.sid);
      const reaches = chooser.reachesOf(subscriber.sid);
      if (reaches.length > 0)
        reaching.set(
          subscriber.sid,
          reaches.map(({ cadence, shard: of, sid, runId }) => ({ cadence, shard: of, sid, runId })),
        );
      if (edition.sids.length >= batchSize) {
        unfinished.delete(key);
        fill([edition]);
      }
    }
    if (full.length >= flushSize) await flush();
    await parts.runs.putReaches(missed.splice(0));
  }
  for (const rests of packed([...unfinished.values()])) {
    fill(rests);
    if (full.length >= flushSize) await flush();
  }
  await flush();
  const manifest: Manifest = {
    runId: run.id,
    shard,
    attempt,
    batches: written,
    mails,
    editions: editions.size,
    candidates,
    excluded,
    plannedAt: isoMillis(now),
  };
  if ((await parts.runs.putManifest(manifest)) === 'written') return manifest;
  const first = await parts.runs.getManifest(run.id, shard);
  if (first === undefined) throw new Error(`${run.id} lost the manifest of shard ${shard}`);
  return first;
}

/** Fills batches with the rests of editions, one after the other; one that does not fit is cut in two. */
function* packed(rests: readonly PlannedEdition[]): Generator<PlannedEdition[]> {
  let batch: PlannedEdition[] = [];
  let room = batchSize;
  for (const { numbers, sids } of rests) {
    for (let start = 0; start < sids.length;) {
      const part = sids.slice(start, start + room);
      batch.push({ numbers, sids: part });
      start += part.length;
      room -= part.length;
      if (room > 0) continue;
      yield batch;
      batch = [];
      room = batchSize;
    }
  }
  if (batch.length > 0) yield batch;
}

/** That a digest run left someone without their digest. */
export function reachOf(run: Run, shard: number, sid: string): Reach {
  return { shard, sid, runId: run.id, ...windowOf(run) };
}

const noReaches: readonly Reach[] = [];

async function chooserOf(
  parts: PlanShardParts,
  run: Run,
  shard: number,
  now: Temporal.Instant,
): Promise<Chooser> {
  const { cadence } = run;
  if (run.kind === 'announcement' || cadence === undefined) {
    const audience = await parts.announcements.audience(run);
    return {
      prepare: () => Promise.resolve(),
      isCandidate: (subscriber) => subscriber.state === 'confirmed' && audience(subscriber),
      choose: (subscriber) => reachExclusion(subscriber, parts.isAllowed) ?? [],
      reachesOf: () => noReaches,
      isOwed: () => false,
    };
  }
  const window = windowOf(run);
  const owed = await readReaches(parts, run, shard);
  const reachesOf = (sid: string): readonly Reach[] => owed.get(sid) ?? noReaches;
  // Read as far back as someone on the pages so far needs it.
  let news: NewsItem[] = [];
  let readFrom = window.toNumber;
  const closed = new Map<string, boolean>();
  const isClosed = async (runId: string): Promise<boolean> => {
    const known = closed.get(runId) ?? (await parts.runs.get(runId))?.state === 'closed';
    closed.set(runId, known);
    return known;
  };
  /** Has a run reached someone, by whichever of their names? */
  const isAccepted = async (runId: string, sids: readonly string[]): Promise<boolean> => {
    const deliveries = await Promise.all(
      sids.map((sid) => parts.deliveries.get({ runId, shard: shardOf(sid, run.shards), sid })),
    );
    return deliveries.some((delivery) => delivery?.state === 'accepted');
  };
  /** Not what has come after all, nor what another run has brought or is about to bring. */
  const isStillOwed = async (
    { runId, takenBy = run.id }: Reach,
    sids: readonly string[],
  ): Promise<boolean> => {
    if (await isAccepted(runId, sids)) return false;
    return takenBy === run.id || ((await isClosed(takenBy)) && !(await isAccepted(takenBy, sids)));
  };
  // Runs know people by the name that they had when the run was made.
  const hasMovedAway = ({ movedAwayAt = '' }: Subscriber): boolean => movedAwayAt > run.createdAt;
  const isConcerned = (subscriber: Subscriber): boolean =>
    isCandidate(subscriber, window) && !(subscriber.movedFrom ?? []).some(({ at }) => at > run.createdAt);
  const oldestReach = isoMillis(now.subtract({ hours: 24 * keptDays }));
  const readBackTo = async (fromNumber: number): Promise<void> => {
    if (fromNumber >= readFrom) return;
    news = [...(await newsIn(parts.articles, { fromNumber, toNumber: readFrom })), ...news];
    readFrom = fromNumber;
  };
  await readBackTo(window.fromNumber);
  const selector = new DigestSelector(window, () => news);
  const select = (subscriber: Subscriber): readonly number[] =>
    selector.select(subscriber, reachesOf(subscriber.sid));
  return {
    prepare: async (page) => {
      for (const subscriber of page) {
        const { sid, subscriptions, movedFrom = [] } = subscriber;
        const formerSids = movedFrom
          .filter((move) => move.at > oldestReach && move.sid !== sid)
          .map((move) => move.sid);
        for (const former of formerSids) {
          const reaches = await parts.runs.reachesOf(shardOf(former, run.shards), former);
          if (reaches.length > 0) owed.set(sid, [...(owed.get(sid) ?? []), ...reaches]);
        }
        const reaches = owed.get(sid);
        if (reaches === undefined) continue;
        const fastest = cadences.find((one) => subscriptions.some((had) => had.cadence === one));
        // What a cadence owes that someone has no more, the fastest that they have brings.
        const own = reaches.filter(
          (reach) =>
            reach.cadence === cadence ||
            (cadence === fastest && subscriptions.every((had) => had.cadence !== reach.cadence)),
        );
        const open = await Promise.all(
          own.map(async (reach) => ((await isStillOwed(reach, [sid, ...formerSids])) ? [reach] : [])),
        );
        const getsOne =
          isConcerned(subscriber) && digestExclusion(subscriber, window, now, parts.isAllowed) === undefined;
        owed.set(sid, getsOne ? await parts.runs.takeReaches(open.flat(), run.id) : open.flat());
      }
      for (const subscriber of page) {
        if (subscriber.former === undefined && !owed.has(subscriber.sid)) continue;
        await readBackTo(reachesBackTo(subscriber, window));
        for (const reach of reachesOf(subscriber.sid)) await readBackTo(reachesBackTo(subscriber, reach));
      }
    },
    isCandidate: (subscriber) => hasMovedAway(subscriber) || isConcerned(subscriber),
    choose: (subscriber) => {
      const exclusion = digestExclusion(subscriber, window, now, parts.isAllowed);
      if (exclusion !== undefined) return exclusion;
      const numbers = select(subscriber);
      return numbers.length === 0 ? 'nothing-new' : numbers;
    },
    reachesOf,
    isOwed: (subscriber, why) =>
      hasMovedAway(subscriber) ||
      (why === 'paused' && subscriber.catchUpAfterPause === true && select(subscriber).length > 0),
  };
}

/** What earlier runs owe the people of a shard, whatever their cadence. A repeated plan may find what its own first attempt noted. */
async function readReaches(
  { runs }: Pick<PlanShardParts, 'runs'>,
  run: Run,
  shard: number,
): Promise<Map<string, Reach[]>> {
  const owed = new Map<string, Reach[]>();
  for (const cadence of cadences) {
    for (const [sid, reaches] of await runs.listReaches(cadence, shard)) {
      const others = reaches.filter(({ runId }) => runId !== run.id);
      owed.set(sid, [...(owed.get(sid) ?? []), ...others]);
    }
  }
  return owed;
}

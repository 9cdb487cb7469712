import { randomUUID } from 'node:crypto';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import type { Batch, Manifest, PlannedEdition, Reach, Run } from '../runs/run.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { chooserOf, type ChooserParts } from './chooser.ts';
import { reachOf } from './owed.ts';

export interface PlanShardParts extends ChooserParts {
  subscribers: SubscriberStore;
}

/** Mails of one batch. */
const batchSize = 50;

/** Rows are written this many at a time: what DynamoDB takes in one request. */
const flushSize = 25;

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

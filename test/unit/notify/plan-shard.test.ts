import { planShard } from '../../../functions/notify/plan-shard.ts';
import type { Batch } from '../../../functions/runs/run.ts';
import { World } from '../../support/dispatch/world.ts';
import { aRun } from '../../support/runs.ts';

const run = aRun({ toNumber: 3, shards: 1 });

/** Plans a run in which `readers[n]` people want the n-th of three articles. */
async function plannedFor(readers: readonly number[]) {
  const world = new World({ shardCount: 1 });
  const wanted = new Map<string, number[]>();
  for (const [index, topic] of ['familie', 'jugendarbeit', 'beteiligung'].entries()) {
    await world.publish({ topics: [topic] });
    for (let reader = 0; reader < (readers[index] ?? 0); reader++) {
      const subscriptions = [{ cadence: 'daily' as const, topics: [topic], since: 0 }];
      const { sid } = await world.subscribe(`${topic}${reader}@mail.example`, { subscriptions });
      wanted.set(sid, [index + 1]);
    }
  }
  const { stores } = world;
  const announcements = {
    audience: () => Promise.reject(new Error()),
    edition: () => Promise.reject(new Error()),
  };
  const parts = { ...stores, announcements, isAllowed: () => true };
  const manifest = await planShard(parts, run, 0, world.now());
  const batches: Batch[] = [];
  for (let batch = 0; batch < manifest.batches; batch++) {
    const kept = await stores.runs.getBatch(run.id, 0, manifest.attempt, batch);
    if (kept !== undefined) batches.push(kept);
  }
  return { manifest, batches, wanted };
}

const sizesOf = (batches: readonly Batch[]): number[][] =>
  batches.map(({ editions }) => editions.map(({ sids }) => sids.length));

test('batches hold fifty mails: of one edition as far as it fills them, then the rests of several', async () => {
  const { manifest, batches, wanted } = await plannedFor([120, 45, 30]);
  expect(sizesOf(batches.slice(0, 2))).toEqual([[50], [50]]);
  expect(sizesOf(batches).map((sizes) => sizes.reduce((sum, size) => sum + size, 0))).toEqual([
    50, 50, 50, 45,
  ]);
  expect(manifest).toMatchObject({ batches: 4, mails: 195, editions: 3, candidates: 195 });
  const planned = batches.flatMap(({ editions }) =>
    editions.flatMap(({ numbers, sids }) => sids.map((sid) => [sid, numbers] as const)),
  );
  expect(planned).toHaveLength(195);
  expect(new Map(planned)).toEqual(wanted);
});

test('a shard without mails has no batch', async () => {
  expect(await plannedFor([0, 0, 0])).toMatchObject({ manifest: { batches: 0, mails: 0 }, batches: [] });
});

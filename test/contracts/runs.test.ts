import { documentClient } from '../../functions/platform/aws-clients.ts';
import { Temporal, type Clock } from '../../functions/platform/time.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { MemoryRuns } from '../../functions/runs/memory-runs.ts';
import { noTotals, type Reach } from '../../functions/runs/run.ts';
import type { RunStore } from '../../functions/runs/run-store.ts';
import { aRun } from '../support/runs.ts';
import { freshTables } from '../support/tables.ts';

const clock: Clock = { now: () => Temporal.Instant.from('2026-11-24T06:00:00Z') };

const aReach = (overrides: Partial<Reach> = {}): Reach => ({
  cadence: 'daily',
  shard: 3,
  sid: 'a',
  runId: 'r1',
  fromNumber: 4,
  toNumber: 9,
  ...overrides,
});

describe.each([
  ['memory', async (): Promise<RunStore> => new MemoryRuns()],
  ['DynamoDB', async (): Promise<RunStore> => new DynamoDbRuns(documentClient(), await freshTables(), clock)],
])('runs in %s', (_name, make) => {
  let runs: RunStore;
  beforeEach(async () => {
    runs = await make();
  });

  test('a pointer moves from what was read only, and takes its run with it or not at all', async () => {
    const first = { toNumber: 0, slot: '2026-11-23T06:00:00.000Z' };
    const second = { toNumber: 7, slot: '2026-11-24T06:00:00.000Z' };
    expect((await runs.pointers()).daily).toBeUndefined();
    expect(await runs.movePointer('daily', undefined, first)).toBe('moved');
    expect(await runs.movePointer('daily', undefined, second)).toBe('taken');
    expect(await runs.movePointer('daily', { ...first, toNumber: 3 }, second, aRun())).toBe('taken');
    expect(await runs.get('digest-daily-2026-11-24')).toBeUndefined();
    expect(await runs.movePointer('daily', { ...first, frozen: true }, second, aRun())).toBe('taken');
    expect(await runs.movePointer('daily', first, second, aRun())).toBe('moved');
    expect((await runs.pointers()).daily).toEqual(second);
    expect(await runs.get('digest-daily-2026-11-24')).toEqual(aRun());
    expect((await runs.pointers()).weekly).toBeUndefined();

    const frozen = { ...second, frozen: true };
    expect(await runs.movePointer('daily', second, frozen)).toBe('moved');
    expect(await runs.movePointer('daily', second, first)).toBe('taken');
    expect(await runs.movePointer('daily', frozen, { ...second, toNumber: 9 }, aRun())).toBe('taken');
    expect((await runs.pointers()).daily).toEqual(frozen);
  });

  test('of two clocks at once, one creates the run', async () => {
    const first = { toNumber: 0, slot: '2026-11-23T06:00:00.000Z' };
    await runs.movePointer('daily', undefined, first);
    const next = { toNumber: 7, slot: '2026-11-24T06:00:00.000Z' };
    const outcomes = await Promise.all([1, 2, 3].map(() => runs.movePointer('daily', first, next, aRun())));
    expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(1);
  });

  test('a run is created once, changed from its present version only, and never after it is closed', async () => {
    expect(await runs.create(aRun())).toBe('created');
    expect(await runs.create(aRun({ toNumber: 9 }))).toBe('exists');
    expect(await runs.update(aRun({ state: 'delivering', version: 2 }))).toBe('updated');
    expect(await runs.update(aRun({ state: 'paused', version: 2 }))).toBe('conflict');
    expect(await runs.update(aRun({ state: 'closed', version: 3 }))).toBe('updated');
    expect(await runs.update(aRun({ state: 'delivering', version: 4 }))).toBe('conflict');
    expect(await runs.get('digest-daily-2026-11-24')).toMatchObject({ state: 'closed', version: 3 });
  });

  test('open runs are listed by age, closed ones newest first', async () => {
    const at = (hour: number) => ({ id: `run-${hour}`, createdAt: `2026-11-24T0${hour}:00:00.000Z` });
    for (const hour of [3, 1, 2]) await runs.create(aRun(at(hour)));
    expect((await runs.listOpen()).map(({ id }) => id)).toEqual(['run-1', 'run-2', 'run-3']);
    for (const hour of [1, 3]) await runs.update(aRun({ ...at(hour), state: 'closed', version: 2 }));
    expect((await runs.listOpen()).map(({ id }) => id)).toEqual(['run-2']);
    expect((await runs.listClosed(9)).map(({ id }) => id)).toEqual(['run-3', 'run-1']);
    expect((await runs.listClosed(1)).map(({ id }) => id)).toEqual(['run-3']);
  });

  test('batches are kept by attempt, beyond one request', async () => {
    const batches = Array.from({ length: 60 }, (_, index) => ({
      editions: [{ numbers: [index], sids: [`sid-${index}`] }],
    }));
    await runs.putBatches('r', 1, 'a1', 0, batches);
    await runs.putBatches('r', 1, 'a1', 60, [
      {
        editions: [{ numbers: [], sids: ['x'] }],
        reaches: { x: [{ cadence: 'daily' as const, shard: 1, sid: 'x', runId: 'earlier' }] },
      },
    ]);
    await runs.putBatches('r', 1, 'a2', 0, [{ editions: [{ numbers: [9], sids: ['other'] }] }]);
    expect(await runs.getBatch('r', 1, 'a1', 59)).toEqual(batches[59]);
    expect(await runs.getBatch('r', 1, 'a1', 60)).toEqual({
      editions: [{ numbers: [], sids: ['x'] }],
      reaches: { x: [{ cadence: 'daily' as const, shard: 1, sid: 'x', runId: 'earlier' }] },
    });
    expect(await runs.getBatch('r', 1, 'a2', 0)).toEqual({
      editions: [{ numbers: [9], sids: ['other'] }],
    });
    expect(await runs.getBatch('r', 0, 'a1', 0)).toBeUndefined();
  });

  test('the first complete plan of a shard counts', async () => {
    const manifest = {
      runId: 'r',
      shard: 1,
      attempt: 'a1',
      batches: 2,
      mails: 70,
      editions: 1,
      candidates: 72,
      excluded: { paused: 2 },
      plannedAt: '2026-11-24T06:00:07.000Z',
    };
    expect(await runs.putManifest(manifest)).toBe('written');
    expect(await runs.putManifest({ ...manifest, attempt: 'a2' })).toBe('exists');
    await runs.putManifest({ ...manifest, shard: 0 });
    expect(await runs.getManifest('r', 1)).toEqual(manifest);
    expect((await runs.listManifests('r')).map(({ shard }) => shard)).toEqual([0, 1]);
    expect(await runs.listManifests('other')).toEqual([]);
  });

  test('a batch is finished once', async () => {
    const totals = { ...noTotals(), candidates: 50, accepted: 49, excluded: { left: 1 } };
    expect(await runs.finishBatch('r', 1, 12, totals, [])).toBe('finished');
    expect(await runs.finishBatch('r', 1, 12, noTotals(), [aReach()])).toBe('already');
    expect(await runs.listReaches('daily', 3)).toEqual(new Map());
    expect(await runs.finishBatch('r', 1, 13, noTotals(), [aReach()])).toBe('finished');
    expect(await runs.listReaches('daily', 3)).toEqual(new Map([['a', [aReach()]]]));
    await runs.finishBatch('r', 11, 2, noTotals(), []);
    expect(await runs.listFinished('r', 1)).toEqual(
      new Map([
        [12, totals],
        [13, noTotals()],
      ]),
    );
    expect(await runs.getFinished('r', 1, 12)).toEqual(totals);
    expect(await runs.getFinished('r', 1, 2)).toBeUndefined();
    expect(await runs.getFinished('r', 11, 12)).toBeUndefined();
    expect(await runs.getFinished('other', 1, 12)).toBeUndefined();
  });

  test('what is still to be covered is found by reader and cadence', async () => {
    const reach = (sid: string, runId: string) => aReach({ sid, runId });
    await runs.putReaches([reach('a', 'r1'), reach('a', 'r2'), reach('b', 'r1')]);
    await runs.putReaches([reach('a', 'r1'), { ...reach('a', 'r3'), cadence: 'weekly' }]);
    await runs.putReaches([]);
    expect(await runs.listReaches('daily', 3)).toEqual(
      new Map([
        ['a', [reach('a', 'r1'), reach('a', 'r2')]],
        ['b', [reach('b', 'r1')]],
      ]),
    );
    expect(await runs.reachesOf(3, 'a')).toEqual([
      reach('a', 'r1'),
      reach('a', 'r2'),
      { ...reach('a', 'r3'), cadence: 'weekly' },
    ]);
    expect(await runs.reachesOf(4, 'a')).toEqual([]);
    await runs.deleteReaches([reach('a', 'r1'), reach('nobody', 'r1')]);
    expect((await runs.listReaches('daily', 3)).get('a')).toEqual([reach('a', 'r2')]);
    expect(await runs.listReaches('daily', 4)).toEqual(new Map());
  });

  test('what is left open is taken by one run, and noted once', async () => {
    const known = aReach();
    await runs.putReaches([known]);
    const takers = await Promise.all(['r2', 'r3'].map((by) => runs.takeReaches([known], by)));
    expect(takers.flat()).toHaveLength(1);
    const [taken = known] = takers.flat();
    expect(taken).toEqual({ ...known, takenBy: takers[0]?.length === 1 ? 'r2' : 'r3' });
    // Repeated, it is taken by the same.
    expect(await runs.takeReaches([known], taken.takenBy ?? '')).toEqual([taken]);
    await runs.putReaches([known]);
    expect((await runs.listReaches('daily', 3)).get('a')).toEqual([taken]);
    // Whoever has seen who had it may take it over.
    expect(await runs.takeReaches([taken], 'r4')).toEqual([{ ...known, takenBy: 'r4' }]);
    expect(await runs.takeReaches([taken], 'r5')).toEqual([]);
    await runs.deleteReaches([known]);
    expect(await runs.takeReaches([known], 'r4')).toEqual([]);
    expect(await runs.listReaches('daily', 3)).toEqual(new Map());
  });
});

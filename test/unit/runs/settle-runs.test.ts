import { MemoryQueue } from '../../../functions/platform/memory-queue.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { MemoryDeliveries } from '../../../functions/runs/memory-deliveries.ts';
import { MemoryRuns } from '../../../functions/runs/memory-runs.ts';
import { noTotals, type PlanMessage } from '../../../functions/runs/run.ts';
import { settleRuns } from '../../../functions/runs/settle-runs.ts';
import { aRun } from '../../support/runs.ts';

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2026-11-24T${time}:00Z`);

/** A run of one shard with two batches of 50, the first of them accepted. */
async function halfDelivered() {
  const parts = {
    runs: new MemoryRuns(),
    deliveries: new MemoryDeliveries(),
    plan: new MemoryQueue<PlanMessage>(),
  };
  const run = aRun({
    toNumber: 1,
    createdAt: '2026-11-24T06:00:00.000Z',
    state: 'delivering',
    preflight: { at: '', mails: 100, perSecond: 1, seconds: 100, quotaLeft: 900, verdict: 'fits' },
    progress: { finished: 0, since: '2026-11-24T06:00:00.000Z' },
    shards: 1,
  });
  await parts.runs.create(run);
  const planned = {
    attempt: 'a',
    batches: 2,
    mails: 100,
    editions: 1,
    candidates: 103,
    excluded: { paused: 3 },
  };
  await parts.runs.putManifest({ runId: run.id, shard: 0, plannedAt: run.createdAt, ...planned });
  await parts.runs.finishBatch(run.id, 0, 0, { ...noTotals(), candidates: 50, accepted: 50 }, []);
  const bounce = async (count: number, what: 'bounces' | 'complaints' = 'bounces'): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const key = { runId: run.id, shard: 0, sid: `${what}-${index}` };
      await parts.deliveries.claim({ ...key, edition: 'e', claimId: 'c', leaseUntil: run.slot, attempt: 1 });
      await parts.deliveries.report(key, what);
    }
  };
  return { parts, id: run.id, bounce };
}

test.each([
  ['bounces', 3, 'bounces'],
  ['complaints', 2, 'complaints'],
] as const)('%s: %d of 50 pause a run', async (what, count, because) => {
  const { parts, id, bounce } = await halfDelivered();
  await bounce(count - 1, what);
  expect(await settleRuns(parts, at('06:01'))).toMatchObject({ guarded: [] });
  await bounce(count, what);
  expect(await settleRuns(parts, at('06:02'))).toMatchObject({ guarded: [id] });
  expect(await parts.runs.get(id)).toMatchObject({ state: 'paused', paused: { because } });
});

test('what made no progress for ten minutes is queued again, and not before', async () => {
  const { parts, id } = await halfDelivered();
  await settleRuns(parts, at('06:01'));
  expect(await settleRuns(parts, at('06:10'))).toMatchObject({ requeued: [] });
  expect(await settleRuns(parts, at('06:11'))).toMatchObject({ requeued: [id] });
  expect(parts.plan.drain()).toEqual([{ runId: id, shard: 0, step: 'queue' }]);
  expect(await settleRuns(parts, at('06:12'))).toMatchObject({ requeued: [] });
});

test('a run whose numbers do not add up stays open and is reported', async () => {
  const { parts, id } = await halfDelivered();
  await parts.runs.finishBatch(id, 0, 1, { ...noTotals(), candidates: 50, accepted: 49 }, []);
  expect(await settleRuns(parts, at('06:01'))).toMatchObject({ closed: [], unbalanced: [id] });
  expect(await parts.runs.get(id)).toMatchObject({ state: 'delivering' });
});

test('a finished run closes with a certificate, once', async () => {
  const { parts, id } = await halfDelivered();
  await parts.runs.finishBatch(id, 0, 1, { ...noTotals(), candidates: 50, accepted: 49, failed: 1 }, []);
  expect(await settleRuns(parts, at('06:01'))).toMatchObject({ closed: [id] });
  expect(await parts.runs.get(id)).toMatchObject({
    state: 'closed',
    certificate: { candidates: 103, accepted: 99, failed: 1, unknown: 0, excluded: { paused: 3 } },
  });
  expect(await settleRuns(parts, at('06:02'))).toMatchObject({ closed: [] });
});

test('a run that is late is stopped, also when it is paused', async () => {
  const { parts, id } = await halfDelivered();
  expect(await settleRuns(parts, Temporal.Instant.from('2026-11-25T05:30:00Z'))).toMatchObject({
    expired: [id],
  });
  expect(await parts.runs.get(id)).toMatchObject({ state: 'delivering', stopped: 'expired' });
});

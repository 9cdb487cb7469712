import { MemoryAnnouncements } from '../../../functions/announcements/memory-announcements.ts';
import { MemoryStatusChanges } from '../../../functions/announcements/memory-status-changes.ts';
import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import { tick } from '../../../functions/clock/tick.ts';
import { MemoryQueue } from '../../../functions/platform/memory-queue.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { MemoryDeliveries } from '../../../functions/runs/memory-deliveries.ts';
import { MemoryRuns } from '../../../functions/runs/memory-runs.ts';
import { noTotals } from '../../../functions/runs/run.ts';
import { MemorySources } from '../../../functions/sources/memory-sources.ts';
import { aRun } from '../../support/runs.ts';

test('a run whose numbers do not add up stays open, and is logged as an error', async () => {
  const runs = new MemoryRuns();
  const runId = 'digest-daily-2026-11-24';
  await runs.create(aRun({ id: runId, toNumber: 1, state: 'delivering', shards: 1 }));
  const plannedAt = '2026-11-24T06:00:10.000Z';
  const plan = { attempt: 'a', batches: 1, mails: 50, editions: 1, candidates: 51, excluded: {}, plannedAt };
  await runs.putManifest({ runId, shard: 0, ...plan });
  await runs.finishBatch(runId, 0, 0, { ...noTotals(), candidates: 50, accepted: 50 }, []);
  const errors: unknown[][] = [];
  const parts = {
    sources: new MemorySources(),
    ingest: new MemoryQueue<never>(),
    articles: new MemoryArticles(),
    announcements: new MemoryAnnouncements(),
    statusChanges: new MemoryStatusChanges(),
    cms: undefined,
    runs,
    deliveries: new MemoryDeliveries(),
    plan: new MemoryQueue<never>(),
    shardCount: 1,
    log: { error: (...line: unknown[]) => errors.push(line) },
  };
  await tick(parts, Temporal.Instant.from('2026-11-24T06:20:00Z'));
  expect(errors).toEqual([['the numbers of a run do not add up', { runId }]]);
  expect((await runs.get(runId))?.state).toBe('delivering');
});

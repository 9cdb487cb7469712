import { sourceSchema } from '../../../config/sources.schema.ts';
import { pollDueSources } from '../../../functions/clock/poll-due-sources.ts';
import { MemoryQueue } from '../../../functions/platform/memory-queue.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { MemorySources } from '../../../functions/sources/memory-sources.ts';
import type { PollMessage } from '../../../functions/sources/source-store.ts';

const t0 = Temporal.Instant.from('2026-04-01T06:00:00Z');
const later = (minutes: number) => t0.add({ minutes });
const aSource = (id: string, overrides = {}) =>
  sourceSchema.parse({ id, issuer: 'Ministerium', url: `https://${id}.example/feed`, ...overrides });

let sources: MemorySources;
let ingest: MemoryQueue<PollMessage>;
beforeEach(async () => {
  sources = new MemorySources();
  ingest = new MemoryQueue();
  await sources.define(
    [aSource('a'), aSource('b'), aSource('off', { active: false }), aSource('gone')],
    t0.toString(),
  );
  await sources.recordPoll('gone', { gone: true });
});

const polled = async (at: Temporal.Instant) => {
  await pollDueSources({ sources, ingest }, at);
  return ingest.drain().map(({ sourceId }) => sourceId);
};

test('due sources are polled, those switched off or gone are not', async () => {
  expect(await polled(t0)).toEqual(['a', 'b']);
});

test('a poll is not sent again while it may be under way, and made up for when it is lost', async () => {
  await polled(t0);
  expect(await polled(later(1))).toEqual([]);
  expect(await polled(later(15))).toEqual(['a', 'b']);
});

test('the interval that ingest sets is kept', async () => {
  await polled(t0);
  await sources.recordPoll('a', { nextPollAt: later(60).toString() });
  expect(await polled(later(15))).toEqual(['b']);
  expect(await polled(later(60))).toEqual(['a', 'b']);
});

test('of two clocks at once, one polls', async () => {
  await Promise.all([pollDueSources({ sources, ingest }, t0), pollDueSources({ sources, ingest }, t0)]);
  expect(ingest.drain()).toHaveLength(2);
});

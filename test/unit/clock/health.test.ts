import { sourceSchema } from '../../../config/sources.schema.ts';
import { makeAnnouncement } from '../../../functions/announcements/announcement.ts';
import { healthAt, healthLists, type HealthParts } from '../../../functions/clock/health.ts';
import { MemoryAnnouncements } from '../../../functions/announcements/memory-announcements.ts';
import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import { MemoryObjectStore } from '../../../functions/platform/memory-object-store.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { MemoryRuns } from '../../../functions/runs/memory-runs.ts';
import { MemorySources } from '../../../functions/sources/memory-sources.ts';
import type { Run } from '../../../functions/runs/run.ts';
import { freezeDraft } from '../../support/announcements/seed.ts';
import { anArticle } from '../../support/articles.ts';

const now = Temporal.Instant.from('2026-04-02T12:00:00Z');
let sources: MemorySources;
let runs: MemoryRuns;
let parts: HealthParts;

beforeEach(() => {
  sources = new MemorySources();
  runs = new MemoryRuns();
  parts = {
    sources,
    runs,
    articles: new MemoryArticles(),
    announcements: new MemoryAnnouncements(),
    feeds: new MemoryObjectStore(),
    mailer: { quota: async () => ({ maxPerSecond: 14, maxPer24Hours: 1000, sentLast24Hours: 810 }) },
  };
});

const late = async () => {
  const health = await healthAt(parts, now);
  return Object.fromEntries(
    healthLists.flatMap((list) => (health[list].length > 0 ? [[list, health[list]]] : [])),
  );
};
const aSource = (id: string) =>
  sourceSchema.parse({ id, issuer: 'Ministerium', url: `https://${id}.example/feed`, staleAfterDays: 10 });
const aRun = (changes: Partial<Run>): Run => ({
  id: 'digest-daily-2026-04-02',
  kind: 'digest',
  cadence: 'daily',
  slot: '2026-04-02T05:00:00Z',
  createdAt: '2026-04-02T05:00:10Z',
  deadline: '2026-04-02T11:00:00Z',
  state: 'delivering',
  shards: 1,
  version: 1,
  ...changes,
});

test('nothing is late where nothing has begun', async () => {
  expect(await late()).toEqual({});
  expect((await healthAt(parts, now)).quotaUsedPercent).toBe(81);
});

test('every list of health is a metric', async () => {
  const lists = Object.entries(await healthAt(parts, now)).flatMap(([name, value]) =>
    Array.isArray(value) ? [name] : [],
  );
  expect([...healthLists].sort()).toEqual(lists.sort());
});

test('sources that no poll reaches, that fail for a day, that are silent', async () => {
  await sources.define(
    [aSource('stuck'), aSource('fails'), aSource('silent'), aSource('well')],
    '2026-04-01T00:00:00.000Z',
  );
  const soon = '2026-04-02T12:05:00.000Z';
  await sources.recordPoll('fails', {
    nextPollAt: soon,
    failures: 9,
    lastSuccessAt: '2026-04-01T11:00:00.000Z',
  });
  await sources.recordPoll('silent', { nextPollAt: soon, lastNewItemAt: '2026-03-20T00:00:00.000Z' });
  await sources.recordPoll('well', {
    nextPollAt: soon,
    failures: 1,
    lastSuccessAt: '2026-04-02T11:00:00.000Z',
  });
  expect(await late()).toEqual({
    pollsOverdue: ['stuck'],
    sourcesFailing: ['fails'],
    sourcesSilent: ['silent'],
  });
});

test('what a freeze held is late ten minutes after it, however long ago it came', async () => {
  const draft = freezeDraft('2026-03-20', '2026-04-02');
  const at = '2026-03-01T10:00:00.000Z';
  await parts.announcements.create(
    makeAnnouncement(draft, { id: 'freeze', by: 'anna', at, audienceSize: 3 }),
  );
  const held = anArticle({ firstSeenAt: '2026-03-25T08:00:00.000Z', heldBecause: 'freeze' });
  await parts.articles.insert(held, { linkIdentifies: true });
  const overdue = async (time: string) =>
    (await healthAt(parts, Temporal.Instant.from(time))).publicationsOverdue;
  expect(await overdue('2026-04-01T21:59:00Z')).toEqual([]);
  expect(await overdue('2026-04-01T22:05:00Z')).toEqual([]);
  expect(await overdue('2026-04-01T22:11:00Z')).toEqual([held.id]);
});

test('a slot without a run, a quarter of an hour after it was due', async () => {
  await runs.movePointer('daily', undefined, { toNumber: 0, slot: '2026-04-01T05:00:00Z' });
  expect(await late()).toEqual({ runsNotStarted: ['daily 2026-04-02T05:00:00Z'] });
});

test('runs beyond their deadline, and runs that wait for someone', async () => {
  await runs.create(aRun({}));
  await runs.create(
    aRun({
      id: 'other',
      state: 'paused',
      paused: { because: 'operator', at: '2026-04-02T06:00:00Z' },
      deadline: '2026-04-03T11:00:00Z',
    }),
  );
  expect(await late()).toEqual({ runsNotFinished: ['digest-daily-2026-04-02'], runsPaused: ['other'] });
});

test('a closed run that does not account for everyone', async () => {
  const certificate = {
    candidates: 2,
    accepted: 1,
    failed: 0,
    unknown: 0,
    excluded: {},
    possibleDuplicates: 0,
    closedAt: '2026-04-02T06:00:00Z',
    reported: { bounces: 0, complaints: 0, rejects: 0 },
  };
  await runs.create(aRun({}));
  await runs.update(aRun({ state: 'closed', certificate, version: 2 }));
  expect(await late()).toEqual({ certificatesOff: ['digest-daily-2026-04-02'] });
});

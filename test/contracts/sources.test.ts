import { sourceSchema } from '../../config/sources.schema.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { DynamoDbSources } from '../../functions/sources/dynamodb-sources.ts';
import { MemorySources } from '../../functions/sources/memory-sources.ts';
import type { SourceStore } from '../../functions/sources/source-store.ts';
import { freshTables } from '../support/tables.ts';

const t0 = '2026-04-01T06:00:00.000Z';
const t1 = '2026-04-01T06:15:00.000Z';
const aSource = (id: string, overrides = {}) =>
  sourceSchema.parse({ id, issuer: 'Ministerium', url: `https://${id}.example/feed`, ...overrides });

describe.each<[string, () => Promise<SourceStore>]>([
  ['memory', async () => new MemorySources()],
  ['DynamoDB', async () => new DynamoDbSources(documentClient(), (await freshTables()).content)],
])('sources in %s', (_name, make) => {
  let sources: SourceStore;
  beforeEach(async () => {
    sources = await make();
    await sources.define([aSource('b'), aSource('a')], t0);
  });

  test('defined sources are due at once and listed by id', async () => {
    expect((await sources.list()).map(({ source }) => source.id)).toEqual(['a', 'b']);
    expect(await sources.get('a')).toEqual({
      source: aSource('a'),
      state: { url: 'https://a.example/feed', nextPollAt: t0, failures: 0 },
    });
    expect(await sources.get('c')).toBeUndefined();
  });

  test('a poll is claimed once', async () => {
    expect(await sources.claimPoll('a', t0, t1)).toBe('claimed');
    expect(await sources.claimPoll('a', t0, t1)).toBe('taken');
    expect(await sources.claimPoll('c', t0, t1)).toBe('taken');
    expect((await sources.get('a'))?.state.nextPollAt).toBe(t1);
  });

  test('an outcome changes what it names, and undefined removes', async () => {
    await sources.recordPoll('a', { etag: '"1"', lastModified: 'x', failures: 2, recentItems: [t0] });
    await sources.recordPoll('a', { etag: undefined, failures: 0 });
    expect((await sources.get('a'))?.state).toEqual({
      url: 'https://a.example/feed',
      nextPollAt: t0,
      failures: 0,
      lastModified: 'x',
      recentItems: [t0],
    });
    await sources.recordPoll('a', { lastModified: undefined });
    expect((await sources.get('a'))?.state.lastModified).toBeUndefined();
    await expect(sources.recordPoll('c', { failures: 1 })).rejects.toThrow();
  });

  test('a new definition keeps the state, a new address starts over, a missing one becomes inactive', async () => {
    await sources.recordPoll('a', { etag: '"1"', url: 'https://moved.example/feed', firstPolledAt: t0 });
    await sources.recordPoll('b', { etag: '"1"', firstPolledAt: t0 });
    await sources.define(
      [aSource('a', { issuer: 'Neues Ministerium' }), aSource('b', { url: 'https://b.example/neu' })],
      t1,
    );
    expect(await sources.get('a')).toEqual({
      source: aSource('a', { issuer: 'Neues Ministerium' }),
      state: {
        url: 'https://moved.example/feed',
        nextPollAt: t0,
        failures: 0,
        etag: '"1"',
        firstPolledAt: t0,
      },
    });
    expect((await sources.get('b'))?.state).toEqual({
      url: 'https://b.example/neu',
      nextPollAt: t1,
      failures: 0,
      firstPolledAt: t0,
    });
    await sources.define([aSource('a')], t1);
    expect((await sources.get('b'))?.source.active).toBe(false);
  });
});

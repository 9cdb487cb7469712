import { documentClient } from '../../functions/platform/aws-clients.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { MemorySubscriberStore } from '../../functions/subscribers/memory-subscriber-store.ts';
import { shardOf } from '../../functions/subscribers/sid.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { aSubscriber, changeTo } from '../support/subscribers.ts';
import { freshTables } from '../support/tables.ts';

const shardCount = 4;
const now = 1_775_023_200;
const iso = (second: number) => new Date(second * 1000).toISOString();

describe.each<[string, () => Promise<SubscriberStore>]>([
  ['memory', async () => new MemorySubscriberStore(shardCount)],
  [
    'DynamoDB',
    async () => new DynamoDbSubscriberStore(documentClient(), (await freshTables()).subscribers, shardCount),
  ],
])('subscribers in %s', (_name, make) => {
  let store: SubscriberStore;
  beforeEach(async () => {
    store = await make();
  });

  test('a row is read as it was written, its ledger with it', async () => {
    const ada = aSubscriber('ada@example.org');
    expect(await store.put(changeTo(ada))).toBe('written');
    expect(await store.get(ada.sid, now)).toEqual(ada);
    expect(await store.get('unknown', now)).toBeUndefined();
    expect(await store.history(ada.sid, now)).toEqual([changeTo(ada).entry]);
  });

  test('of two writers who expect the same version, one is refused and leaves nothing', async () => {
    const ada = aSubscriber('ada@example.org');
    const outcomes = await Promise.all([
      store.put(changeTo(ada)),
      store.put(changeTo({ ...ada, announcements: false })),
    ]);
    expect(outcomes.sort()).toEqual(['conflict', 'written']);
    expect(await store.put(changeTo({ ...ada, version: 3 }))).toBe('conflict');
    expect(await store.history(ada.sid, now)).toHaveLength(1);
    expect(await store.put(changeTo({ ...ada, version: 2, announcements: false }))).toBe('written');
    expect(await store.history(ada.sid, now)).toHaveLength(2);
  });

  test('two rows change together or not at all', async () => {
    const [ada, bob] = [aSubscriber('ada@example.org'), aSubscriber('bob@example.org')];
    await store.put(changeTo(ada));
    expect(await store.put(changeTo(bob), changeTo({ ...ada, version: 3 }))).toBe('conflict');
    expect(await store.get(bob.sid, now)).toBeUndefined();
    expect(await store.put(changeTo(bob), changeTo({ ...ada, version: 2, state: 'left' }))).toBe('written');
    expect((await store.get(ada.sid, now))?.state).toBe('left');
    expect((await store.get(bob.sid, now))?.state).toBe('confirmed');
  });

  test('an expired row counts as gone, and a new one takes its place', async () => {
    const ada = aSubscriber('ada@example.org', {
      state: 'pending',
      expiresAt: now,
      requestedAt: iso(now - 9),
    });
    await store.put(changeTo(ada));
    expect(await store.get(ada.sid, now - 1)).toEqual(ada);
    expect(await store.get(ada.sid, now)).toBeUndefined();
    expect(await store.getMany([ada.sid], now)).toEqual([]);
    expect(await store.put(changeTo({ ...ada, requestedAt: iso(now - 1) }))).toBe('conflict');
    const again = { ...ada, requestedAt: iso(now), expiresAt: now + 60 };
    expect(await store.put(changeTo(again))).toBe('written');
    expect(await store.get(ada.sid, now)).toEqual(again);
  });

  test('many rows by sid, the unknown missing, the repeated once', async () => {
    const people = Array.from({ length: 120 }, (_, n) => aSubscriber(`person-${n}@example.org`));
    for (const person of people) await store.put(changeTo(person));
    const sids = people.map(({ sid }) => sid);
    const found = await store.getMany([...sids, 'unknown', ...sids.slice(0, 3)], now);
    expect(found.map(({ sid }) => sid).sort()).toEqual([...sids].sort());
  });

  test('shards hold everyone exactly once, in the order of sids, and go on from any of them', async () => {
    const people = Array.from({ length: 40 }, (_, n) => aSubscriber(`person-${n}@example.org`));
    for (const person of people) await store.put(changeTo(person));
    const listed: string[] = [];
    for (let shard = 0; shard < shardCount; shard++) {
      const sids = await listSids(shard);
      expect(sids).toEqual([...sids].sort());
      expect(sids.every((sid) => shardOf(sid, shardCount) === shard)).toBe(true);
      expect(await listSids(shard, sids[1])).toEqual(sids.slice(2));
      listed.push(...sids);
    }
    expect(listed.sort()).toEqual(people.map(({ sid }) => sid).sort());
  });

  test('the ledger is told by rising version, whatever the clocks say, and what was never confirmed is forgotten', async () => {
    const ada = aSubscriber('ada@example.org');
    await store.put(changeTo(ada, { at: iso(now + 5), event: 'requested', expiresAt: now + 60 }));
    await store.put(changeTo({ ...ada, version: 2 }, { at: iso(now + 4), event: 'mailed' }));
    await store.put(changeTo({ ...ada, version: 3 }, { at: iso(now + 9), event: 'confirmed' }));
    const events = async (at: number) => (await store.history(ada.sid, at)).map(({ event }) => event);
    expect(await events(now)).toEqual(['requested', 'mailed', 'confirmed']);
    expect(await events(now + 60)).toEqual(['mailed', 'confirmed']);
  });

  test('erasure leaves the least, and can be repeated', async () => {
    const ada = aSubscriber('ada@example.org');
    await store.put(
      changeTo(ada, {
        event: 'confirmed',
        network: '192.0.2.0/24',
        requestNetwork: '192.0.2.0/24',
        wording: { version: '1', text: 'Ja, gern.' },
        mailHash: 'abc',
        requestedAt: ada.requestedAt,
      }),
    );
    const erased = { at: iso(now), event: 'erased', reason: 'operator', version: 2 } as const;
    expect(await store.erase(ada.sid, 2, erased)).toBe('conflict');
    expect(await store.get(ada.sid, now)).toEqual(ada);
    expect(await store.erase(ada.sid, 1, erased)).toBe('erased');
    expect(await store.get(ada.sid, now)).toBeUndefined();
    expect(await store.history(ada.sid, now)).toEqual([
      {
        at: ada.requestedAt,
        event: 'confirmed',
        reason: 'import',
        version: 1,
        wording: { version: '1' },
        mailHash: 'abc',
        requestedAt: ada.requestedAt,
      },
      erased,
    ]);
    expect(await store.erase(ada.sid, 0, { ...erased, at: iso(now + 1) })).toBe('erased');
    expect(await store.history(ada.sid, now)).toHaveLength(3);
    expect(await store.put(changeTo({ ...ada, version: 2 }))).toBe('conflict');
    expect(await store.put(changeTo(ada))).toBe('written');
  });

  async function listSids(shard: number, after?: string): Promise<string[]> {
    const sids: string[] = [];
    for await (const page of store.listShard(shard, now, after)) sids.push(...page.map(({ sid }) => sid));
    return sids;
  }
});

import { DynamoDbStatusChanges } from '../../functions/announcements/dynamodb-status-changes.ts';
import { MemoryStatusChanges } from '../../functions/announcements/memory-status-changes.ts';
import type { StatusChange, StatusChangeStore } from '../../functions/announcements/status-change.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { freshTables } from '../support/tables.ts';

const change = (number: number, changes: Partial<StatusChange> = {}): StatusChange => ({
  number,
  at: '2022-04-28T22:00:00.000Z',
  status: { state: 'frozen', since: null, until: null, reason: null },
  state: 'pending',
  attempts: [],
  nextAttemptAt: '2022-04-28T22:00:00.000Z',
  version: 1,
  ...changes,
});

const stores: [string, () => Promise<StatusChangeStore>][] = [
  ['in memory', async () => new MemoryStatusChanges()],
  ['in DynamoDB', async () => new DynamoDbStatusChanges(documentClient(), (await freshTables()).content)],
];

describe.each(stores)('status changes %s', (_name, open) => {
  test('the latest is the one with the highest number', async () => {
    const store = await open();
    expect(await store.latest()).toBeUndefined();
    for (const number of [1, 2, 10]) expect(await store.create(change(number))).toBe('created');
    expect(await store.latest()).toEqual(change(10));
    expect((await store.list(2)).map(({ number }) => number)).toEqual([10, 2]);
  });

  test('a number is given once', async () => {
    const store = await open();
    await store.create(change(1));
    expect(await store.create(change(1, { state: 'delivered' }))).toBe('taken');
    expect((await store.latest())?.state).toBe('pending');
  });

  test('of two who change the same version, one is told to read again', async () => {
    const store = await open();
    await store.create(change(1));
    const attempts = [{ at: '2022-04-28T22:00:00.000Z', outcome: 'HTTP 503' }];
    expect(await store.update(change(1, { attempts, version: 2 }))).toBe('updated');
    expect(await store.update(change(1, { version: 2 }))).toBe('conflict');
    expect(await store.latest()).toEqual(change(1, { attempts, version: 2 }));
  });
});

import type { AnnouncementStore } from '../../functions/announcements/announcement-store.ts';
import { DynamoDbAnnouncements } from '../../functions/announcements/dynamodb-announcements.ts';
import { MemoryAnnouncements } from '../../functions/announcements/memory-announcements.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { seedRelaunch } from '../support/announcements/seed.ts';
import { freshTables } from '../support/tables.ts';

const stores: [string, () => Promise<AnnouncementStore>][] = [
  ['in memory', async () => new MemoryAnnouncements()],
  ['in DynamoDB', async () => new DynamoDbAnnouncements(documentClient(), (await freshTables()).content)],
];

describe.each(stores)('announcements %s', (_name, open) => {
  test('what is created is there, once', async () => {
    const store = await open();
    expect(await store.get('relaunch-2022-04-29')).toBeUndefined();
    expect(await store.create(seedRelaunch())).toBe('created');
    expect(await store.create(seedRelaunch({ headline: 'Another' }))).toBe('taken');
    expect(await store.get('relaunch-2022-04-29')).toEqual(seedRelaunch());
  });

  test('all are listed by id', async () => {
    const store = await open();
    await store.create(seedRelaunch({ id: 'pause-2022-12-20' }));
    await store.create(seedRelaunch({ id: 'freeze-2022-04-29' }));
    expect((await store.list()).map(({ id }) => id)).toEqual(['freeze-2022-04-29', 'pause-2022-12-20']);
  });

  test('of two who change the same version, one is told to read again', async () => {
    const store = await open();
    await store.create(seedRelaunch());
    const phases = { advance: { begunAt: '2022-04-01T10:00:00.000Z', mail: 'sent' as const } };
    expect(await store.update(seedRelaunch({ version: 2, phases }))).toBe('updated');
    expect(await store.update(seedRelaunch({ version: 2, headline: 'Too late' }))).toBe('conflict');
    expect(await store.get('relaunch-2022-04-29')).toEqual(seedRelaunch({ version: 2, phases }));
  });

  test("what is not there can't be changed", async () => {
    expect(await (await open()).update(seedRelaunch({ version: 2 }))).toBe('conflict');
  });

  test('what a reader does with what it read, the store does not see', async () => {
    const store = await open();
    await store.create(seedRelaunch());
    const read = await store.get('relaunch-2022-04-29');
    // In memory it can't be changed at all.
    Reflect.set(read ?? {}, 'headline', 'Changed outside');
    expect((await store.get('relaunch-2022-04-29'))?.headline).toBe(seedRelaunch().headline);
  });
});

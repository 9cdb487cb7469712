import { DynamoDbHostPace } from '../../functions/ingest/dynamodb-host-pace.ts';
import type { HostPace } from '../../functions/ingest/host-pace.ts';
import { MemoryHostPace } from '../../functions/ingest/memory-host-pace.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { freshTables } from '../support/tables.ts';

const now = Temporal.Instant.from('2024-03-12T12:00:00Z');

describe.each<[string, () => Promise<HostPace>]>([
  ['memory', () => Promise.resolve(new MemoryHostPace())],
  ['DynamoDB', async () => new DynamoDbHostPace(documentClient(), (await freshTables()).content)],
])('the pace of hosts in %s', (_name, make) => {
  let pace: HostPace;
  beforeAll(async () => {
    pace = await make();
  });

  test('one request a second to a host, each waits for those before it', async () => {
    expect(await pace.take('a.example', now)).toBe(0);
    expect(await pace.take('a.example', now)).toBe(1000);
    expect(await pace.take('a.example', now.add({ milliseconds: 1500 }))).toBe(500);
    expect(await pace.take('b.example', now)).toBe(0);
    expect(await pace.take('a.example', now.add({ seconds: 10 }))).toBe(0);
  });

  test('pollers that come at once stand in line', async () => {
    const waits = await Promise.all([1, 2, 3, 4].map(() => pace.take('c.example', now)));
    expect(waits.toSorted((a, b) => a - b)).toEqual([0, 1000, 2000, 3000]);
  });

  test('a clock that is turned back makes nobody wait for it', async () => {
    await pace.take('d.example', now.add({ hours: 24 }));
    expect(await pace.take('d.example', now)).toBe(0);
  });
});

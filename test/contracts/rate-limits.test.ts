import { documentClient } from '../../functions/platform/aws-clients.ts';
import { DynamoDbRateLimits } from '../../functions/subscribers/dynamodb-rate-limits.ts';
import { MemoryRateLimits } from '../../functions/subscribers/memory-rate-limits.ts';
import type { Limit, RateLimits } from '../../functions/subscribers/rate-limits.ts';
import { freshTables } from '../support/tables.ts';

const limits: Limit[] = [
  { max: 1, seconds: 60 },
  { max: 3, seconds: 600 },
];

describe.each<[string, () => Promise<RateLimits>]>([
  ['memory', async () => new MemoryRateLimits()],
  ['DynamoDB', async () => new DynamoDbRateLimits(documentClient(), (await freshTables()).dispatch)],
])('rate limits in %s', (_name, make) => {
  let rates: RateLimits;
  beforeEach(async () => {
    rates = await make();
  });

  test('every limit holds in any window, not only in one that begins on the hour', async () => {
    const taken: number[] = [];
    for (let now = 1_000_000; now < 1_002_400; now += 20) {
      if ((await rates.take('a', limits, now)) === 'taken') taken.push(now - 1_000_000);
    }
    expect(taken).toEqual([0, 60, 120, 600, 660, 720, 1200, 1260, 1320, 1800, 1860, 1920]);
  });

  test('keys are counted apart', async () => {
    expect(await rates.take('a', limits, 1000)).toBe('taken');
    expect(await rates.take('b', limits, 1000)).toBe('taken');
    expect(await rates.take('a', limits, 1000)).toBe('limited');
  });

  test('of many at the same moment, no more than the limit pass', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => rates.take('a', [{ max: 5, seconds: 60 }], 1000)),
    );
    const taken = outcomes.filter((outcome) => outcome === 'taken');
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThanOrEqual(5);
  });
});

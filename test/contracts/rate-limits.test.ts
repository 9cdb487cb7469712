import { documentClient } from '../../functions/platform/aws-clients.ts';
import { DynamoDbRateLimits } from '../../functions/subscribers/dynamodb-rate-limits.ts';
import { MemoryRateLimits } from '../../functions/subscribers/memory-rate-limits.ts';
import type { Limit, RateLimits } from '../../functions/subscribers/rate-limits.ts';
import { freshTables } from '../support/tables.ts';

jest.setTimeout(30_000);

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

  test('of many at the same moment, exactly as many pass as the limits let', async () => {
    const many = [
      { max: 12, seconds: 60 },
      { max: 20, seconds: 600 },
    ];
    const passed = async (now: number): Promise<number> => {
      const outcomes = await Promise.all(Array.from({ length: 30 }, () => rates.take('a', many, now)));
      return outcomes.filter((outcome) => outcome === 'taken').length;
    };
    expect(await passed(1000)).toBe(12);
    expect(await passed(1059)).toBe(0);
    expect(await passed(1060)).toBe(8);
    expect(await passed(1200)).toBe(0);
    expect(await passed(1600)).toBe(12);
    expect(await passed(1660)).toBe(8);
  });
});

import { nextAttempt, nextPoll } from '../../../functions/ingest/poll-schedule.ts';
import { isoMillis, Temporal } from '../../../functions/platform/time.ts';

const now = Temporal.Instant.from('2024-03-12T12:00:00Z'); // a Tuesday
const middle = () => 0.5;
const ago = (hours: number) => isoMillis(now.subtract({ minutes: hours * 60 }));
const minutesUntil = (at: Temporal.Instant) => now.until(at).total('minutes');
const poll = (recentItems: string[] = [], asked: Parameters<typeof nextPoll>[2] = {}, random = middle) =>
  minutesUntil(nextPoll(now, { recentItems }, asked, random));
const pace = (overrides = {}) => ({ pace: { skipHours: [], skipDays: [], ...overrides } });

test.each([
  ['an unknown rhythm', [], 30],
  ['one item an hour', [ago(0), ago(1), ago(2), ago(3)], 15],
  ['one item in two hours', [ago(1), ago(3), ago(5)], 30],
  ['one item a week', [ago(1), ago(169), ago(337)], 60],
  ['many at once, then a month of silence', [ago(720), ago(720.5), ago(721)], 60],
  ['many at once, then half a day of silence', [ago(12), ago(12.1), ago(12.2)], 45],
])('%s', (_rhythm, recentItems, minutes) => {
  expect(poll(recentItems)).toBeCloseTo(minutes, 0);
});

test.each([
  ['ttl', pace({ minutesBetweenPolls: 90 }), 90],
  ['a ttl below what we do anyway', pace({ minutesBetweenPolls: 1 }), 30],
  ['a ttl of a month', pace({ minutesBetweenPolls: 43_200 }), 1440],
  ['max-age', { maxAgeSeconds: 3600 }, 60],
  ['max-age of a year', { maxAgeSeconds: 31_536_000 }, 1440],
  ['hours to skip', pace({ skipHours: [12, 13] }), 120],
  ['all hours to skip', pace({ skipHours: Array.from({ length: 24 }, (_, hour) => hour) }), 1440],
  ['a day to skip', pace({ skipDays: [2] }), 720],
])('what it asks for: %s', (_what, asked, minutes) => {
  expect(poll([], asked)).toBe(minutes);
});

test('sources do not stay together: a tenth either way', () => {
  expect(poll([], {}, () => 0)).toBe(27);
  expect(poll([], {}, () => 0.999)).toBeCloseTo(33, 0);
});

test('failures wait longer and longer, and never more than a day', () => {
  expect(
    [1, 2, 3, 7, 8, 1000].map((failures) => minutesUntil(nextAttempt(now, failures, undefined, () => 0.999))),
  ).toEqual([
    expect.closeTo(16.5, 0),
    expect.closeTo(33, 0),
    expect.closeTo(66, 0),
    expect.closeTo(1056, 0),
    1440,
    1440,
  ]);
});

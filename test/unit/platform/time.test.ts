import {
  epochSeconds,
  germanDate,
  germanShortDate,
  isoMillis,
  startOfDay,
  Temporal,
} from '../../../functions/platform/time.ts';

const day = (date: string) => Temporal.PlainDate.from(date);

test.each([
  ['2022-04-29', '2022-04-28T22:00:00.000Z'],
  ['2022-05-23', '2022-05-22T22:00:00.000Z'],
  ['2026-03-29', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', '2026-10-24T22:00:00.000Z'],
  ['2026-10-26', '2026-10-25T23:00:00.000Z'],
])('%s begins in Berlin at %s', (date, moment) => {
  expect(isoMillis(startOfDay(day(date), 'Europe/Berlin'))).toBe(moment);
});

test('moments are written at one width, so that strings sort as moments do', () => {
  expect(isoMillis(Temporal.Instant.from('2026-01-01T00:00:00Z'))).toBe('2026-01-01T00:00:00.000Z');
  expect(isoMillis(Temporal.Instant.from('2026-01-01T00:00:00.123456Z'))).toBe('2026-01-01T00:00:00.123Z');
  expect(epochSeconds(Temporal.Instant.from('1970-01-01T00:01:00.999Z'))).toBe(60);
});

test('dates read as German papers print them', () => {
  expect(germanDate(day('2022-03-05'))).toBe('5. März 2022');
  expect(germanShortDate(day('2015-03-29'))).toBe('29.03.2015');
});

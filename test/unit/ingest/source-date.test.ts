import { dayOfSourceDate, parseSourceDate } from '../../../functions/ingest/source-date.ts';

test.each([
  ['12.03.2024 14:30', '2024-03-12T13:30:00.000Z'],
  ['12.03.2024, 14.30 Uhr', '2024-03-12T13:30:00.000Z'],
  ['12.3.24', '2024-03-12'],
  ['01.01.2024 um 9 Uhr', '2024-01-01T08:00:00.000Z'],
  ['Donnerstag, 12. März 2020 - 14:30', '2020-03-12T13:30:00.000Z'],
  ['2. Jänner 2006', '2006-01-02'],
  ['Magdeburg, den 2. Januar 2006', '2006-01-02'],
  ['1. 4. 2021', '2021-04-01'],
  ['2024-03-12', '2024-03-12'],
  ['2024-03-12T14:30', '2024-03-12T13:30:00.000Z'],
  ['2024-07-12T14:30:00', '2024-07-12T12:30:00.000Z'],
  ['2024-03-12T14:30:00Z', '2024-03-12T14:30:00.000Z'],
  ['2024-03-12T14:30:00.123+02:00', '2024-03-12T12:30:00.000Z'],
  ['2024-03-12 14:30:00 +0100', '2024-03-12T13:30:00.000Z'],
  ['2024-03-12T24:00:00Z', '2024-03-13'],
  ['Tue, 12 Mar 2024 14:30:00 +0100', '2024-03-12T13:30:00.000Z'],
  ['Tue, 12 Mar 2024 14:30:00 GMT', '2024-03-12T14:30:00.000Z'],
  ['Tue, 12 Mar 24 14:30 GMT', '2024-03-12T14:30:00.000Z'],
  ['12 Mar 99 14:30:00 EST', '1999-03-12T19:30:00.000Z'],
  ['Di, 12 Mrz 2024 14:30:00 MEZ', '2024-03-12T13:30:00.000Z'],
  ['Fri, 12 Jul 2024 14:30:00 MESZ', '2024-07-12T12:30:00.000Z'],
  ['Fri, 12 Jul 2024 14:30:00 CEST', '2024-07-12T12:30:00.000Z'],
  ['Tue, 12 Mar 2024 14:30:00 CET', '2024-03-12T13:30:00.000Z'],
  ['Thu Mar 12 14:30:00 CET 2020', '2020-03-12T13:30:00.000Z'],
  ['March 12, 2024 2:30 PM', '2024-03-12T13:30:00.000Z'],
  ['12/03/2024 10:00', '2024-03-12T09:00:00.000Z'],
  ['  Tue,\n 12 Mar 2024 14:30:00 +0100 ', '2024-03-12T13:30:00.000Z'],
])('%s', (text, value) => {
  expect(parseSourceDate(text)?.value).toBe(value);
});

test.each(['heute', '', '31.02.2020', '00.00.0000', '2. Jänner', '2024-13-01', '9999999999999'])(
  '%j is no date',
  (text) => {
    expect(parseSourceDate(text)).toBeUndefined();
  },
);

test.each([
  ['with the offset of the other half of the year', 'Sun, 29 Mar 2020 00:00:00 +0200', '2020-03-29'],
  ['on the day the clock goes forward', '2024-03-31T00:00:00+01:00', '2024-03-31'],
  ['on the day the clock goes back', 'Sun, 27 Oct 2024 00:00:00 +0200', '2024-10-27'],
  ['in UTC', '2024-10-27T00:00:00Z', '2024-10-27'],
])('midnight is that whole day, %s', (_when, text, value) => {
  expect(parseSourceDate(text)?.value).toBe(value);
});

test('a time that the clock skips is the one after the gap', () => {
  expect(parseSourceDate('2020-03-29T02:30:00')?.value).toBe('2020-03-29T01:30:00.000Z');
});

test('a moment falls on the day that it has in Berlin', () => {
  expect(dayOfSourceDate('2024-03-11T23:30:00.000Z').toString()).toBe('2024-03-12');
});

test('what had to be assumed is told', () => {
  expect(parseSourceDate('12.03.2024 14:30')?.guessed).toBe('no time zone; Berlin’s was taken');
  expect(parseSourceDate('12/03/2024')?.guessed).toBe('day before month');
  expect(parseSourceDate('12.03.2024')?.guessed).toBeUndefined();
});

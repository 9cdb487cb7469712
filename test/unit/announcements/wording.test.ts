import { datesNamedIn } from '../../../functions/announcements/dates-in-text.ts';
import { phaseMessage } from '../../../functions/announcements/phase-message.ts';
import { asTitle, day, dayInDative, days, dayWithWeekday } from '../../../functions/announcements/wording.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { instant, seedRelaunch } from '../../support/announcements/seed.ts';

const date = (text: string) => Temporal.PlainDate.from(text);

test("a day is named with its year only where it is not this year's", () => {
  expect(day(date('2022-04-29'), date('2022-04-01'))).toBe('29. April');
  expect(day(date('2023-01-06'), date('2022-12-20'))).toBe('6. Januar 2023');
  expect(dayWithWeekday(date('2022-05-23'), date('2022-04-01'))).toBe('Montag, 23. Mai');
  expect(dayInDative(date('2022-05-23'), date('2021-04-01'))).toBe('Montag, dem 23. Mai 2022');
});

test('one day is a day', () => {
  expect([days(1), days(24)]).toEqual(['1 Tag', '24 Tage']);
});

test('a headline loses the colon that leads on, and nothing else', () => {
  expect(asTitle('Relaunch - Am 23. Mai ist es soweit:')).toBe('Relaunch - Am 23. Mai ist es soweit');
  expect(asTitle('Neu: der Feed')).toBe('Neu: der Feed');
});

test('an editorial pause is worded as one', () => {
  const pause = seedRelaunch({ kind: 'pause', freezeFrom: '2022-12-20', reopenAt: '2023-01-06' });
  const message = phaseMessage(pause, 'freeze', instant('2022-12-20T06:00:00Z'));
  expect(message.title).toBe('Die Redaktionspause hat begonnen');
  expect(message.paragraphs[0]).toBe(
    'Seit Dienstag, dem 20. Dezember, gilt die Redaktionspause. Sie dauert bis einschließlich Donnerstag, 5. Januar 2023.',
  );
});

test.each([
  ['ab dem 29. April', [[29, 4, undefined, undefined]]],
  [
    'am 29.04.2022 und am 1.5.',
    [
      [29, 4, 2022, undefined],
      [1, 5, undefined, undefined],
    ],
  ],
  ['Montag, den 23. Mai 2022', [[23, 5, 2022, 1]]],
  ['Sonnabend, dem 3. März', [[3, 3, undefined, 6]]],
  ['am 31. Februar, um 7.30 Uhr, Version 1.2.3', []],
  ['am 29. Februar', [[29, 2, undefined, undefined]]],
  ['im Mai und am Maifeiertag', []],
])('in %j the days are found', (text, found) => {
  expect(datesNamedIn(text).map((named) => [named.day, named.month, named.year, named.weekday])).toEqual(
    found,
  );
});

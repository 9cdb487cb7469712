import { readNotice } from '../../../functions/announcements/read-notice.ts';
import { seedNotice } from '../../support/announcements/seed.ts';

test('the notice from the portal is read from its text', () => {
  expect(readNotice(seedNotice, 2022).draft).toEqual({
    kind: 'relaunch',
    severity: 'warning',
    icon: 'Achtung',
    headline: 'Relaunch - Am 23. Mai ist es soweit:',
    text: seedNotice.split('\n').slice(4).join('\n').trim(),
    audience: 'alle',
    freezeFrom: '2022-04-29',
    reopenAt: '2022-05-23',
    reminderDays: [14, 3, 1],
  });
});

test('without a year it is refused, with the mend', () => {
  expect(readNotice(seedNotice).problems).toEqual([
    'freezeFrom is "29. April", a date without a year; write it as 2022-04-29',
    'reopenAt is "23. Mai", a date without a year; write it as 2022-04-29',
  ]);
});

test('a notice without an icon text is refused', () => {
  expect(readNotice(seedNotice.replace('Achtung Icon', ''), 2022).problems).toEqual([
    'icon is missing; say in a word what the icon shows, such as Achtung: some people hear the page',
  ]);
});

test('an editorial pause over the new year turns the year', () => {
  const text =
    'Hinweis-Symbol\nRedaktionspause\nVom 20. Dezember an ruht die Redaktion, Redaktionspause ist dann. Ab dem 6. Januar sind wir wieder da.';
  expect(readNotice(text, 2022).draft).toMatchObject({
    kind: 'pause',
    icon: 'Hinweis',
    freezeFrom: '2022-12-20',
    reopenAt: '2023-01-06',
  });
});

test('the dates are told by their sentences, not by their order', () => {
  const text =
    'Achtung Icon\nRedaktionsstopp\nAb dem 23.05.2022 ist alles wieder offen. Der Redaktionsstopp gilt ab dem 29.04.2022.';
  expect(readNotice(text).draft).toMatchObject({
    kind: 'freeze',
    freezeFrom: '2022-04-29',
    reopenAt: '2022-05-23',
  });
});

test('a text without a freeze is a notice until the last day it names', () => {
  const text = 'Info Icon\nWartung\nAm 3. und bis zum 5. Mai kann es zu Störungen kommen.';
  expect(readNotice(text, 2022).draft).toMatchObject({ kind: 'notice', lastDay: '2022-05-05', icon: 'Info' });
});

test('a 29th of February outside a leap year is refused, not moved', () => {
  const text = 'Achtung Icon\nRedaktionsstopp\nRedaktionsstopp ab dem 29. Februar. Ab dem 5. März wieder.';
  expect(readNotice(text, 2022).problems).toEqual([
    'freezeFrom is 2022-02-29, a day that no calendar has; write one that exists',
  ]);
});

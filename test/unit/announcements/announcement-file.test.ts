import { readAnnouncementFile } from '../../../functions/announcements/announcement-file.ts';
import { draftOf, seedFile } from '../../support/announcements/seed.ts';

const problemsOf = (yaml: string): string[] => readAnnouncementFile(yaml).problems ?? [];
const seedWith = (line: string, other: string): string => seedFile.replace(line, other);

test('the seed file is read with its defaults', () => {
  expect(draftOf(seedFile)).toMatchObject({
    kind: 'relaunch',
    icon: 'Achtung',
    headline: 'Relaunch - Am 23. Mai ist es soweit:',
    freezeFrom: '2022-04-29',
    reopenAt: '2022-05-23',
    audience: 'alle',
    reminderDays: [14, 3, 1],
  });
});

test.each([
  ['freezeFrom: 2022-04-29', 'freezeFrom: 29. April', 'freezeFrom is "29. April", a date without a year'],
  ['freezeFrom: 2022-04-29', 'freezeFrom: 04-29', 'freezeFrom is "04-29", a date without a year'],
  ['freezeFrom: 2022-04-29', 'freezeFrom: 29.04.2022', 'freezeFrom is "29.04.2022"; write it as 2022-04-29'],
  [
    'freezeFrom: 2022-04-29',
    'freezeFrom: 2022-02-30',
    'freezeFrom is 2022-02-30, a day that no calendar has',
  ],
  ['freezeFrom: 2022-04-29\n', '', 'freezeFrom is missing; write it as 2022-04-29'],
  ['icon: Achtung\n', '', 'icon is missing; say in a word what the icon shows'],
  ['icon: Achtung', 'icon: " "', 'icon is empty; say in a word'],
  ['kind: relaunch', 'kind: umbau', 'must be one of relaunch, freeze, pause, notice'],
  [
    'kind: relaunch',
    'kind: relaunch\naudience: [sport]',
    'audience names the topic "sport", which does not exist',
  ],
  ['kind: relaunch', 'kind: relaunch\nreminders: [morgen]', 'reminders is "morgen", no number of days'],
  [
    'kind: relaunch',
    'kind: relaunch\ncolour: red',
    'colour is no field of this kind of announcement; remove it',
  ],
  ['severity: warning', 'severity: rot', 'severity is "rot"; write information or warning'],
  ['Am 23. Mai', 'x'.repeat(130), 'headline has 156 characters, 120 fit; shorten it'],
])('%j turned into %j is refused', (line, other, problem) => {
  expect(problemsOf(seedWith(line, other)).join('\n')).toContain(problem);
});

test('every problem is told at once', () => {
  const yaml = seedWith('icon: Achtung\n', '')
    .replace('2022-04-29', '29. April')
    .replace('2022-05-23', '23. Mai');
  expect(problemsOf(yaml)).toHaveLength(3);
});

test('what is no YAML is refused', () => {
  expect(problemsOf('kind: [')[0]).toContain('the file is not YAML');
});

test('reminders may be weeks, and the audience topics', () => {
  const draft = draftOf(`${seedFile}reminders: [P2W, P1D, P14D]\naudience: [familie]\n`);
  expect(draft).toMatchObject({ reminderDays: [14, 1], audience: ['familie'] });
});

test('a notice has a last day instead of a freeze', () => {
  const yaml =
    'kind: notice\nseverity: information\nicon: Hinweis\nheadline: Wartung\ntext: Kurz nicht da.\n';
  expect(draftOf(`${yaml}lastDay: 2022-05-01`)).toMatchObject({ kind: 'notice', lastDay: '2022-05-01' });
  expect(problemsOf(yaml)).toEqual(['lastDay is missing; write it as 2022-04-29']);
});

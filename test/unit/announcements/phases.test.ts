import { makeAnnouncement } from '../../../functions/announcements/announcement.ts';
import { isOver, phaseOf, phasesOf } from '../../../functions/announcements/phases.ts';
import { draftOf, freezeDraft, instant, seedRelaunch } from '../../support/announcements/seed.ts';

const times = (announcement: Parameters<typeof phasesOf>[0]): [string, string, string | undefined][] =>
  phasesOf(announcement).map(({ id, mailsAt, ends }) => [id, mailsAt.toString(), ends?.toString()]);

test('the seed has its phases on the days that follow from its dates', () => {
  expect(times(seedRelaunch())).toEqual([
    ['advance', '2022-04-01T10:00:00Z', '2022-04-15T05:00:00Z'],
    ['reminder-14', '2022-04-15T05:00:00Z', '2022-04-26T05:00:00Z'],
    ['reminder-3', '2022-04-26T05:00:00Z', '2022-04-28T05:00:00Z'],
    ['reminder-1', '2022-04-28T05:00:00Z', '2022-04-28T22:00:00Z'],
    ['freeze', '2022-04-29T05:00:00Z', '2022-05-22T22:00:00Z'],
    ['reopen', '2022-05-23T05:00:00Z', undefined],
  ]);
});

test('a freeze and a reopening begin at midnight in Berlin, and mails wait for the morning', () => {
  expect(phaseOf(seedRelaunch(), 'freeze')?.begins.toString()).toBe('2022-04-28T22:00:00Z');
  expect(phaseOf(seedRelaunch(), 'reopen')?.begins.toString()).toBe('2022-05-22T22:00:00Z');
});

test('reminders keep their hour over the change to summer time and back', () => {
  const over = (from: string, until: string): [string, string, string | undefined][] =>
    times(
      makeAnnouncement(freezeDraft(from, until), {
        id: 'x',
        by: 'a',
        at: '2021-01-01T00:00:00Z',
        audienceSize: 1,
      }),
    );
  expect(over('2022-03-28', '2022-04-01').map(([id, at]) => [id, at])).toEqual([
    ['advance', '2021-01-01T00:00:00Z'],
    ['reminder-14', '2022-03-14T06:00:00Z'],
    ['reminder-3', '2022-03-25T06:00:00Z'],
    ['reminder-1', '2022-03-27T05:00:00Z'],
    ['freeze', '2022-03-28T05:00:00Z'],
    ['reopen', '2022-04-01T05:00:00Z'],
  ]);
  expect(over('2022-10-31', '2022-11-02').map(([, at]) => at).slice(1, 5)).toEqual([
    '2022-10-17T05:00:00Z', '2022-10-28T05:00:00Z', '2022-10-30T06:00:00Z', '2022-10-31T06:00:00Z',
  ]); // prettier-ignore
});

test("reminders before the advance notice don't exist", () => {
  const late = seedRelaunch({ announceAt: '2022-04-26T05:00:00Z' });
  expect(phasesOf(late).map(({ id }) => id)).toEqual(['advance', 'reminder-1', 'freeze', 'reopen']);
});

test("an announcement made on the freeze's first day tells of the freeze only", () => {
  const now = instant('2022-04-29T08:00:00Z');
  const phases = phasesOf(seedRelaunch({ announceAt: now.toString() }));
  expect(phases.filter((phase) => !isOver(phase, now)).map(({ id }) => id)).toEqual(['freeze', 'reopen']);
});

test('after a move, people are told once, and of reminders only those to come', () => {
  const moved = {
    at: '2022-04-27T09:00:00Z',
    by: 'anna',
    from: { freezeFrom: '2022-04-29', reopenAt: '2022-05-23' },
  };
  const next = { freezeFrom: '2022-05-02', reopenAt: '2022-05-26', sequence: 1 };
  expect(times(seedRelaunch({ ...next, moved: { ...moved, told: true } })).map(([id]) => id)).toEqual([
    'advance', 'moved-1', 'reminder-3', 'reminder-1', 'freeze', 'reopen',
  ]); // prettier-ignore
  expect(times(seedRelaunch({ ...next, moved: { ...moved, told: false } })).map(([id]) => id)).not.toContain(
    'moved-1',
  );
});

test('a freeze prolonged while it lasts tells so, and the first notice is over', () => {
  const at = '2022-05-10T09:00:00Z';
  const from = { freezeFrom: '2022-04-29', reopenAt: '2022-05-23' };
  const phases = phasesOf(
    seedRelaunch({ reopenAt: '2022-05-30', sequence: 1, moved: { at, by: 'a', from, told: true } }),
  );
  expect(phases.map(({ id }) => id).slice(-3)).toEqual(['freeze', 'moved-1', 'reopen']);
  expect(phases.filter((phase) => !isOver(phase, instant(at))).map(({ id }) => id)).toEqual([
    'moved-1',
    'reopen',
  ]);
});

test('a reopening moved to the same day needs no word but its own', () => {
  const at = '2022-05-10T09:00:00Z';
  const from = { freezeFrom: '2022-04-29', reopenAt: '2022-05-23' };
  const phases = phasesOf(
    seedRelaunch({ reopenAt: '2022-05-10', sequence: 1, moved: { at, by: 'a', from, told: true } }),
  );
  expect(phases.filter((phase) => !isOver(phase, instant(at))).map(({ id }) => id)).toEqual(['reopen']);
});

test('a withdrawn announcement tells only those who had been told', () => {
  const withdrawn = { at: '2022-04-20T09:00:00Z', by: 'anna' };
  expect(times(seedRelaunch({ sequence: 1, withdrawn: { ...withdrawn, told: true } }))).toEqual([
    ['withdrawn-1', '2022-04-20T09:00:00Z', undefined],
  ]);
  expect(phasesOf(seedRelaunch({ sequence: 1, withdrawn: { ...withdrawn, told: false } }))).toEqual([]);
});

test('a notice is told until its last day is over', () => {
  const notice = makeAnnouncement(
    draftOf(
      'kind: notice\nseverity: information\nicon: Hinweis\nheadline: Wartung\ntext: Kurz nicht da.\nlastDay: 2022-05-01',
    ),
    { id: 'n', by: 'a', at: '2022-04-30T10:00:00Z', audienceSize: 1 },
  );
  expect(times(notice)).toEqual([['advance', '2022-04-30T10:00:00Z', '2022-05-01T22:00:00Z']]);
});

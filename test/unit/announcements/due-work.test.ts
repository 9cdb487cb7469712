import { act, approved, checkWithdraw, moved, withdrawn } from '../../../functions/announcements/acts.ts';
import type { Announcement, FreezingAnnouncement } from '../../../functions/announcements/announcement.ts';
import { decide, dueAnnouncementWork, isToTell } from '../../../functions/announcements/due-work.ts';
import { MemoryAnnouncements } from '../../../functions/announcements/memory-announcements.ts';
import type { Temporal } from '../../../functions/platform/time.ts';
import type { PhaseRun } from '../../../functions/runs/start-due-runs.ts';
import { instant, seedRelaunch } from '../../support/announcements/seed.ts';

let announcements: MemoryAnnouncements;
let runs: PhaseRun[];
beforeEach(() => {
  announcements = new MemoryAnnouncements();
  runs = [];
});

const startRun = async (run: PhaseRun): Promise<void> => {
  runs.push(run);
};
const tick = (at: string) => tickWith(startRun, at);
const tickWith = async (start: typeof startRun, at: string) =>
  dueAnnouncementWork({ announcements, startRun: start }, await announcements.list(), instant(at));
const phasesRun = (): string[] => runs.map(({ phase }) => phase);
const stored = async (): Promise<FreezingAnnouncement> =>
  (await announcements.get('relaunch-2022-04-29')) as FreezingAnnouncement;
const anna = (at: string) => act('anna', instant(at));

test('each phase becomes one run, on its day', async () => {
  await announcements.create(seedRelaunch());
  for (let at = instant('2022-04-01T09:00:00Z'); at.toString() < '2022-05-24'; at = at.add({ hours: 6 })) {
    await tick(at.toString());
  }
  expect(runs.map(({ phase, slot }) => [phase, slot])).toEqual([
    ['advance', '2022-04-01T10:00:00.000Z'],
    ['reminder-14', '2022-04-15T05:00:00.000Z'],
    ['reminder-3', '2022-04-26T05:00:00.000Z'],
    ['reminder-1', '2022-04-28T05:00:00.000Z'],
    ['freeze', '2022-04-29T05:00:00.000Z'],
    ['reopen', '2022-05-23T05:00:00.000Z'],
  ]);
});

test('nothing is written while nothing is due', async () => {
  await announcements.create(seedRelaunch());
  await tick('2022-04-01T10:00:00Z');
  const { version } = await stored();
  await tick('2022-04-01T10:01:00Z');
  expect((await stored()).version).toBe(version);
});

test('the freeze shows at midnight, and its mails wait for the morning', async () => {
  await announcements.create(seedRelaunch());
  await tick('2022-04-28T21:59:00Z');
  runs = [];
  expect(await tick('2022-04-28T22:00:00Z')).toMatchObject({ begun: 1, started: 0 });
  expect((await stored()).phases['freeze']).toMatchObject({ begunAt: '2022-04-28T22:00:00.000Z' });
  await tick('2022-04-29T05:00:00Z');
  expect(phasesRun()).toEqual(['freeze']);
});

test('a phase whose successor began during an outage is skipped', async () => {
  await announcements.create(seedRelaunch());
  await tick('2022-04-01T10:00:00Z');
  expect(await tick('2022-04-26T06:00:00Z')).toMatchObject({ skipped: 1, started: 1 });
  expect(phasesRun()).toEqual(['advance', 'reminder-3']);
  expect((await stored()).phases['reminder-14']).toEqual({
    mail: 'skipped',
    mailAt: '2022-04-26T06:00:00.000Z',
  });
});

test('a phase more than a day late shows, but its mails wait for approval', async () => {
  await announcements.create(seedRelaunch({ announceAt: '2022-04-01T10:00:00Z', reminderDays: [] }));
  expect(await tick('2022-04-02T10:00:00Z')).toMatchObject({ started: 1 });
  await announcements.create(seedRelaunch({ id: 'late', reminderDays: [] }));
  expect(await tick('2022-04-02T10:00:01Z')).toMatchObject({
    begun: 1,
    started: 0,
    waiting: [{ announcementId: 'late', phase: 'advance', for: 'approval-when-late' }],
  });
  const late = (await announcements.get('late')) as FreezingAnnouncement;
  await announcements.update(approved(late, anna('2022-04-02T11:00:00Z')));
  expect(await tick('2022-04-02T11:01:00Z')).toMatchObject({ started: 1, waiting: [] });
});

test('an approval given before a phase was late is none of its being late', () => {
  const early = approved(seedRelaunch({ reminderDays: [] }), anna('2022-04-01T11:00:00Z'));
  expect(decide(early, instant('2022-04-03T10:00:00Z')).waiting).toEqual([['advance', 'approval-when-late']]);
});

test('mails to more than 10,000 wait for a second person', async () => {
  await announcements.create(seedRelaunch({ audienceSize: 10_001 }));
  const waiting = [{ phase: 'advance', for: 'approval-of-a-second-person' }];
  expect(await tick('2022-04-01T10:00:00Z')).toMatchObject({ waiting });
  await announcements.update(approved(await stored(), anna('2022-04-01T11:00:00Z')));
  expect(await tick('2022-04-01T11:00:00Z')).toMatchObject({ waiting });
  await announcements.update(approved(await stored(), act('berta', instant('2022-04-01T12:00:00Z'))));
  expect(await tick('2022-04-01T12:00:00Z')).toMatchObject({ waiting: [], started: 1 });
});

test('10,000 need no second person', () => {
  expect(decide(seedRelaunch({ audienceSize: 10_000 }), instant('2022-04-01T10:00:00Z')).waiting).toEqual([]);
});

test('a crash before the run is made is made up for', async () => {
  await announcements.create(seedRelaunch());
  const crash = async (): Promise<void> => {
    throw new Error('crash');
  };
  await expect(tickWith(crash, '2022-04-01T10:00:00Z')).rejects.toThrow('crash');
  await tick('2022-04-01T10:01:00Z');
  expect(phasesRun()).toEqual(['advance']);
  await tick('2022-04-01T10:02:00Z');
  expect(phasesRun()).toEqual(['advance']);
});

test('after a crash, what was overtaken meanwhile is no longer told', async () => {
  await announcements.create(seedRelaunch());
  const crash = async (): Promise<void> => {
    throw new Error('crash');
  };
  const crashing = tickWith(crash, '2022-04-01T10:00:00Z');
  await expect(crashing).rejects.toThrow('crash');
  await tick('2022-04-15T05:00:00Z');
  expect(phasesRun()).toEqual(['reminder-14']);
});

test('two clocks at once ask for the same run, and write once', async () => {
  await announcements.create(seedRelaunch());
  await Promise.all([tick('2022-04-01T10:00:00Z'), tick('2022-04-01T10:00:00Z')]);
  expect(new Set(phasesRun())).toEqual(new Set(['advance']));
  expect((await stored()).phases['advance']?.mail).toBe('sent');
});

describe('moving and withdrawing', () => {
  const newDates = { freezeFrom: '2022-05-06', reopenAt: '2022-05-30', headline: 'Relaunch', text: 'Bald.' };

  test('who was told of the old date is told of the new one, once', async () => {
    await announcements.create(seedRelaunch());
    await tick('2022-04-01T10:00:00Z');
    await announcements.update(moved(await stored(), newDates, anna('2022-04-10T10:00:00Z')));
    expect((await stored()).sequence).toBe(1);
    for (const at of ['2022-04-10T10:00:00Z', '2022-04-10T10:01:00Z', '2022-04-22T05:00:00Z']) await tick(at);
    expect(phasesRun()).toEqual(['advance', 'moved-1', 'reminder-14']);
    expect((await stored()).phases['advance']).toMatchObject({
      freezeFrom: '2022-04-29',
      reopenAt: '2022-05-23',
    });
  });

  test('who was told nothing yet is told of the new date only', async () => {
    await announcements.create(seedRelaunch({ announceAt: '2022-04-12T05:00:00Z' }));
    await announcements.update(moved(await stored(), newDates, anna('2022-04-10T10:00:00Z')));
    for (const at of ['2022-04-10T10:00:00Z', '2022-04-12T05:00:00Z']) await tick(at);
    expect(phasesRun()).toEqual(['advance']);
  });

  test('moved twice before anyone was told of the first move, people hear of the last', async () => {
    await announcements.create(seedRelaunch());
    await tick('2022-04-01T10:00:00Z');
    await announcements.update(moved(await stored(), newDates, anna('2022-04-10T10:00:00Z')));
    await announcements.update(
      moved(await stored(), { freezeFrom: '2022-05-07' }, anna('2022-04-10T10:00:10Z')),
    );
    await tick('2022-04-10T10:01:00Z');
    expect(phasesRun()).toEqual(['advance', 'moved-2']);
    expect((await stored()).moved?.from).toEqual({ freezeFrom: '2022-04-29', reopenAt: '2022-05-23' });
  });

  test('moved back before anyone knew, nobody hears of it', async () => {
    await announcements.create(seedRelaunch());
    await tick('2022-04-01T10:00:00Z');
    await announcements.update(moved(await stored(), newDates, anna('2022-04-10T10:00:00Z')));
    const back = { freezeFrom: '2022-04-29', reopenAt: '2022-05-23' };
    await announcements.update(moved(await stored(), back, anna('2022-04-10T10:00:10Z')));
    await tick('2022-04-10T10:01:00Z');
    expect(phasesRun()).toEqual(['advance']);
  });

  test('a move needs approvals of its own', () => {
    const big = approved(
      seedRelaunch({ audienceSize: 20_000 }),
      act('berta', instant('2022-04-01T10:00:00Z')),
    );
    const told = decide(big, instant('2022-04-01T10:00:00Z')).next as FreezingAnnouncement;
    expect(told.phases['advance']?.mail).toBe('starting');
    const next = moved(told, newDates, anna('2022-04-10T10:00:00Z'));
    expect(decide(next, instant('2022-04-10T10:01:00Z')).waiting).toEqual([
      ['moved-1', 'approval-of-a-second-person'],
    ]);
  });

  test('withdrawn: told to those who knew, and nothing more is told', async () => {
    await announcements.create(seedRelaunch());
    await tick('2022-04-01T10:00:00Z');
    await announcements.update(withdrawn(await stored(), anna('2022-04-10T10:00:00Z')));
    for (const at of ['2022-04-10T10:01:00Z', '2022-04-15T05:00:00Z', '2022-04-29T05:00:00Z']) await tick(at);
    expect(phasesRun()).toEqual(['advance', 'withdrawn-1']);
  });

  test('withdrawn before anyone was told, nobody is', async () => {
    await announcements.create(seedRelaunch({ announceAt: '2022-04-12T05:00:00Z' }));
    await announcements.update(withdrawn(await stored(), anna('2022-04-10T10:00:00Z')));
    for (const at of ['2022-04-10T10:01:00Z', '2022-04-29T05:00:00Z']) await tick(at);
    expect(runs).toEqual([]);
  });

  test('withdrawn while its run is being made: people are told of that too', async () => {
    await announcements.create(seedRelaunch());
    const withdrawMeanwhile = async (run: PhaseRun): Promise<void> => {
      runs.push(run);
      if (run.phase === 'advance') {
        await announcements.update(withdrawn(await stored(), anna('2022-04-01T10:00:01Z')));
      }
    };
    await tickWith(withdrawMeanwhile, '2022-04-01T10:00:00Z');
    await tickWith(withdrawMeanwhile, '2022-04-01T10:01:00Z');
    expect(phasesRun()).toEqual(['advance', 'withdrawn-1']);
  });

  test('delivery stops when the successor begins, or the announcement is withdrawn', () => {
    const toTell = (announcement: Announcement, phase: string, at: string): boolean =>
      isToTell(announcement, phase, instant(at));
    expect(toTell(seedRelaunch(), 'reminder-1', '2022-04-28T21:59:59Z')).toBe(true);
    expect(toTell(seedRelaunch(), 'reminder-1', '2022-04-28T22:00:00Z')).toBe(false);
    const gone = withdrawn(seedRelaunch(), anna('2022-04-28T06:00:00Z'));
    expect(toTell(gone, 'reminder-1', '2022-04-28T06:00:01Z')).toBe(false);
  });

  test("what is withdrawn or over can't be withdrawn", () => {
    const at: Temporal.Instant = instant('2022-05-01T00:00:00Z');
    expect(checkWithdraw(seedRelaunch(), at)).toEqual([]);
    expect(checkWithdraw(withdrawn(seedRelaunch(), anna('2022-04-10T00:00:00Z')), at)).toEqual([
      'it is withdrawn already',
    ]);
    expect(checkWithdraw(seedRelaunch(), instant('2022-05-23T00:00:00Z'))).toEqual([
      'it is over, and open again; there is nothing to withdraw',
    ]);
  });
});

test('a month after its end it retires', async () => {
  await announcements.create(seedRelaunch());
  await tick('2022-06-21T21:59:00Z');
  expect((await stored()).retiredAt).toBeUndefined();
  await tick('2022-06-21T22:00:00Z');
  expect((await stored()).retiredAt).toBe('2022-06-21T22:00:00.000Z');
});

import { checkMove, checkNew } from '../../../functions/announcements/check.ts';
import { draftOf, freezeDraft, instant, seedFile, seedRelaunch } from '../../support/announcements/seed.ts';

const now = instant('2022-04-01T10:00:00Z');
const seed = seedRelaunch();

test('the seed is fine on 1 April', () => {
  expect(checkNew(draftOf(seedFile), [], now)).toEqual([]);
});

test.each([
  [
    freezeDraft('2022-05-02', '2022-05-02'),
    'reopenAt 2022-05-02 is not after freezeFrom 2022-05-02; write a later day',
  ],
  [
    freezeDraft('2022-05-02', '2022-05-01'),
    'reopenAt 2022-05-01 is not after freezeFrom 2022-05-02; write a later day',
  ],
  [freezeDraft('2022-03-31', '2022-04-02'), 'freezeFrom 2022-03-31 is in the past; today is 2022-04-01'],
  [
    freezeDraft('2022-06-01', '2022-06-02', { announceOn: '2022-03-01' }),
    'announceOn 2022-03-01 is in the past; today is 2022-04-01',
  ],
  [
    freezeDraft('2022-06-01', '2022-06-02', { announceOn: '2022-06-01' }),
    'announceOn 2022-06-01 is not before freezeFrom 2022-06-01; people must hear of it in time',
  ],
  [
    freezeDraft('2022-05-22', '2022-05-30'),
    'it overlaps the freeze of relaunch-2022-04-29, 2022-04-29 to 2022-05-23; choose other days, or move that one',
  ],
  [
    freezeDraft('2022-06-01', '2022-06-02', { text: 'Ab Montag, dem 1. Juni, ist Pause.' }),
    'the text says Montag, dem 1. Juni, but the date is Mittwoch, 1. Juni 2022; correct one of them',
  ],
  [
    freezeDraft('2022-06-01', '2022-06-02', { headline: 'Stopp ab 1. Juni 2023' }),
    'the text says 1. Juni 2023, but the date is Mittwoch, 1. Juni 2022; correct one of them',
  ],
])('refused: %#', (draft, problem) => {
  expect(checkNew(draft, [seed], now)).toEqual([problem]);
});

test("freezes that touch don't overlap, and today is not the past", () => {
  expect(checkNew(freezeDraft('2022-05-23', '2022-05-30'), [seed], now)).toEqual([]);
  expect(checkNew(freezeDraft('2022-04-01', '2022-04-29'), [seed], now)).toEqual([]);
});

test("a withdrawn freeze is in nobody's way", () => {
  const withdrawn = seedRelaunch({ withdrawn: { at: now.toString(), by: 'a', told: false } });
  expect(checkNew(freezeDraft('2022-05-01', '2022-05-02'), [withdrawn], now)).toEqual([]);
});

test('a move must take the old dates out of the words', () => {
  expect(checkMove(seed, { reopenAt: '2022-05-30' }, [seed], now)).toEqual([
    'headline still says 23. Mai; give a new headline with the new date',
    'text still says 23. Mai; give a new text with the new date',
  ]);
  expect(
    checkMove(
      seed,
      { reopenAt: '2022-05-30', headline: 'Relaunch', text: 'Ab dem 30. Mai wieder.' },
      [seed],
      now,
    ),
  ).toEqual([]);
});

test("what is sent can't move", () => {
  const during = instant('2022-05-01T00:00:00Z');
  const neutral = { headline: 'Relaunch', text: 'Bald.' };
  expect(checkMove(seed, { freezeFrom: '2022-05-05', ...neutral }, [seed], during)).toEqual([
    'the phase freeze is already sent: it began on 2022-04-29; only reopenAt can still move',
  ]);
  expect(checkMove(seed, { reopenAt: '2022-05-12', ...neutral }, [seed], during)).toEqual([]);
  expect(checkMove(seed, { reopenAt: '2022-04-30', ...neutral }, [seed], during)).toEqual([
    'reopenAt 2022-04-30 is in the past; today is 2022-05-01',
  ]);
  expect(checkMove(seed, { reopenAt: '2022-06-01' }, [seed], instant('2022-05-23T00:00:00Z'))).toEqual([
    'it is over; make a new announcement',
  ]);
  expect(checkMove(seed, { text: 'Neu.' }, [seed], now)).toEqual([
    "neither date changes; what was sent can't be reworded, so make a new announcement for that",
  ]);
});

import { freezeInterval } from '../../../functions/announcements/announcement.ts';
import { editorialStatus, freezeAt } from '../../../functions/announcements/freeze.ts';
import { instant, seedRelaunch } from '../../support/announcements/seed.ts';

const seed = seedRelaunch();

test("the seed's freeze is the half-open interval of 24 days in Berlin", () => {
  const { from, until } = freezeInterval(seed);
  expect([from.toString(), until.toString()]).toEqual(['2022-04-28T22:00:00Z', '2022-05-22T22:00:00Z']);
  expect(from.until(until).total('hours')).toBe(24 * 24);
});

test.each([
  ['2022-03-27', '2022-03-28', 23],
  ['2022-10-30', '2022-10-31', 25],
  ['2022-03-20', '2022-04-13', 24 * 24 - 1],
])('a freeze from %s to %s lasts %i hours', (freezeFrom, reopenAt, hours) => {
  const { from, until } = freezeInterval({ freezeFrom, reopenAt });
  expect(from.until(until).total('hours')).toBe(hours);
});

test('it is on from its first moment to the one before its end', () => {
  const frozen = (at: string): boolean => freezeAt([seed], instant(at)) !== undefined;
  expect(frozen('2022-04-28T21:59:59.999Z')).toBe(false);
  expect(frozen('2022-04-28T22:00:00Z')).toBe(true);
  expect(frozen('2022-05-22T21:59:59.999Z')).toBe(true);
  expect(frozen('2022-05-22T22:00:00Z')).toBe(false);
});

test('a withdrawn freeze is no freeze', () => {
  const withdrawn = { at: '2022-05-01T00:00:00Z', by: 'anna', told: true };
  expect(freezeAt([seedRelaunch({ withdrawn })], instant('2022-05-02T00:00:00Z'))).toBeUndefined();
});

test('the status says what a CMS needs to refuse contributions', () => {
  expect(editorialStatus([seed], instant('2022-05-22T21:00:00Z'))).toEqual({
    state: 'frozen',
    since: '2022-04-28T22:00:00.000Z',
    until: '2022-05-22T22:00:00.000Z',
    reason: 'Redaktionsstopp: Relaunch - Am 23. Mai ist es soweit:',
    retryAfter: 3600,
  });
});

test('the status before and after', () => {
  const open = { state: 'open', reason: null, retryAfter: null };
  expect(editorialStatus([], instant('2022-04-01T00:00:00Z'))).toEqual({ ...open, since: null, until: null });
  expect(editorialStatus([seed], instant('2022-04-01T00:00:00Z'))).toEqual({
    ...open,
    since: null,
    until: '2022-04-28T22:00:00.000Z',
  });
  expect(editorialStatus([seed], instant('2022-05-22T22:00:00Z'))).toEqual({
    ...open,
    since: '2022-05-22T22:00:00.000Z',
    until: null,
  });
});

test('open again since it was withdrawn, or moved to the same day', () => {
  const withdrawn = { at: '2022-05-01T08:00:00Z', by: 'anna', told: true };
  expect(editorialStatus([seedRelaunch({ withdrawn })], instant('2022-05-02T00:00:00Z')).since).toBe(
    '2022-05-01T08:00:00.000Z',
  );
  const from = { freezeFrom: seed.freezeFrom, reopenAt: seed.reopenAt };
  const moved = { at: '2022-05-10T09:00:00Z', by: 'anna', from, told: true };
  expect(
    editorialStatus([seedRelaunch({ reopenAt: '2022-05-10', moved })], instant('2022-05-11T00:00:00Z')).since,
  ).toBe('2022-05-10T09:00:00.000Z');
  const early = { at: '2022-04-10T08:00:00Z', by: 'anna', told: true };
  expect(
    editorialStatus([seedRelaunch({ withdrawn: early })], instant('2022-05-02T00:00:00Z')).since,
  ).toBeNull();
});

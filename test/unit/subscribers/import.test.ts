import { epochSeconds, Temporal } from '../../../functions/platform/time.ts';
import { erase } from '../../../functions/subscribers/erase.ts';
import { importSubscriber, readImportLine, type ImportLine } from '../../../functions/subscribers/import.ts';
import { leave } from '../../../functions/subscribers/leave.ts';
import { sidOf } from '../../../functions/subscribers/sid.ts';
import { suppress } from '../../../functions/subscribers/suppress.ts';
import { anArticle } from '../../support/articles.ts';
import { memorySubscriberParts } from '../../support/subscriber-parts.ts';
import { testPepper } from '../../support/subscribers.ts';

const record = {
  address: 'Grete@Bücher.example',
  instant: '',
  daily: 'familie jugendarbeit',
  weekly: 'alle',
  announcements: 'no',
  consented_at: '2024-05-31T11:30:00+02:00',
  proof: 'Formular der alten Seite, Protokoll 17',
};
const line: ImportLine = {
  address: 'Grete@xn--bcher-kva.example',
  subscriptions: [
    { cadence: 'daily', topics: ['familie', 'jugendarbeit'] },
    { cadence: 'weekly', topics: 'alle' },
  ],
  announcements: false,
  consentedAt: '2024-05-31T09:30:00.000Z',
  proof: 'Formular der alten Seite, Protokoll 17',
};
const sid = sidOf(line.address, testPepper);
const at = Temporal.Instant.from('2026-04-01T06:00:00Z');

test('a line is read with its topics and its proof', () => {
  expect(readImportLine(record)).toEqual({ outcome: 'valid', line });
});

test('all that is wrong with a line is told at once, and no address with it', () => {
  const reading = readImportLine({
    ...record,
    address: 'grete',
    daily: 'quatsch',
    announcements: 'maybe',
    consented_at: 'gestern',
    proof: '',
  });
  expect(reading).toEqual({
    outcome: 'bad',
    problems: [
      'address is malformed',
      'daily has no topics quatsch',
      'announcements must be yes or no',
      'consented_at must be a moment such as 2024-05-31T09:30:00Z',
      'proof must say how consent was given, in at least 10 characters',
    ],
  });
  expect(readImportLine({ ...record, daily: '', weekly: '' })).toEqual({
    outcome: 'bad',
    problems: ['subscribes to nothing'],
  });
  expect(readImportLine({}).outcome).toBe('bad');
});

test('a dry run writes nothing, and an import repeated changes nothing', async () => {
  const parts = memorySubscriberParts();
  await parts.publications.insert(anArticle(), { linkIdentifies: true });
  await parts.publications.publish(anArticle().id, '2026-04-01T05:00:00.000Z');
  expect(await importSubscriber(parts, line, at, false)).toBe('imported');
  expect(await parts.store.get(sid, 0)).toBeUndefined();
  expect(await importSubscriber(parts, line, at, true)).toBe('imported');
  expect(await importSubscriber(parts, line, at, true)).toBe('present');
  expect(await parts.store.get(sid, 0)).toMatchObject({
    state: 'confirmed',
    subscriptions: [
      { cadence: 'daily', since: 1 },
      { cadence: 'weekly', since: 1 },
    ],
    confirmedAt: line.consentedAt,
    version: 1,
  });
  expect(await parts.store.history(sid, 0)).toMatchObject([{ event: 'imported', proof: line.proof }]);
});

test('who has left, was erased or can not be reached is not brought back', async () => {
  const parts = memorySubscriberParts();
  await importSubscriber(parts, line, at, true);
  const leaving = { sid, scope: { all: true }, reason: 'one-click', network: undefined } as const;
  await leave(parts, leaving, [], at);
  expect(await importSubscriber(parts, line, at, true)).toBe('left-since');
  const anew = { ...line, consentedAt: '2026-05-01T06:00:00.000Z' };
  expect(await importSubscriber(parts, anew, at, true)).toBe('imported');
  await erase(parts, sid, 'operator', at);
  expect(await importSubscriber(parts, line, at, true)).toBe('left-since');
  await importSubscriber(parts, anew, at, true);
  await suppress(parts.store, sid, 'complaint', at);
  await leave(parts, leaving, [], at);
  expect(await importSubscriber(parts, anew, at, true)).toBe('suppressed');
  expect((await parts.store.get(sid, epochSeconds(at)))?.state).toBe('left');
});

import fc from 'fast-check';
import { documentClient } from '../../../functions/platform/aws-clients.ts';
import { epochSeconds, isoMillis, Temporal } from '../../../functions/platform/time.ts';
import { openRequest } from '../../../functions/subscribers/change.ts';
import { consentStateOf } from '../../../functions/subscribers/consent.ts';
import { DynamoDbSubscriberStore } from '../../../functions/subscribers/dynamodb-subscriber-store.ts';
import { erase, reapplyErasures } from '../../../functions/subscribers/erase.ts';
import { leave, type LeaveScope } from '../../../functions/subscribers/leave.ts';
import { MemorySubscriberStore } from '../../../functions/subscribers/memory-subscriber-store.ts';
import { confirmRequest, forgetFormerAddress, requestMove } from '../../../functions/subscribers/move.ts';
import type { SubscriberParts } from '../../../functions/subscribers/parts.ts';
import { choose, pause } from '../../../functions/subscribers/settings.ts';
import { sidOf } from '../../../functions/subscribers/sid.ts';
import { noteMail, signUp } from '../../../functions/subscribers/sign-up.ts';
import type { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import type { Choice } from '../../../functions/subscribers/subscriber.ts';
import { suppress } from '../../../functions/subscribers/suppress.ts';
import { goBack, sealWayBack } from '../../../functions/subscribers/way-back.ts';
import { memorySubscriberParts, testKeyring } from '../../support/subscriber-parts.ts';
import { testPepper } from '../../support/subscribers.ts';
import { freshTables } from '../../support/tables.ts';

const people = ['ada@example.org', 'bob@example.org', 'eve@example.org'];
const sids = people.map((address) => sidOf(address, testPepper));
const topics = ['jugendarbeit', 'familie', 'beteiligung'];
const choices: Choice[] = [
  { subscriptions: [{ cadence: 'daily', topics: 'alle' }], announcements: true },
  { subscriptions: [{ cadence: 'weekly', topics: ['familie'] }], announcements: false },
  {
    subscriptions: [
      { cadence: 'instant', topics: ['familie'] },
      { cadence: 'daily', topics: ['beteiligung', 'jugendarbeit'] },
    ],
    announcements: false,
  },
  { subscriptions: [], announcements: true },
];
const scopes: LeaveScope[] = [
  { all: true },
  { topic: 'familie' },
  { topic: 'beteiligung' },
  { announcements: true },
];
const t0 = Temporal.Instant.from('2026-04-01T06:00:00Z');

const acts = [
  'sign-up',
  'confirm',
  'note-mail',
  'choose',
  'pause',
  'resume',
  'leave',
  'leave-and-return',
  'move',
  'told',
  'bounce',
  'complaint',
  'erase',
] as const;

interface Act {
  act: (typeof acts)[number];
  who: number;
  what: number;
}

const anAct: fc.Arbitrary<Act> = fc.record({
  act: fc.oneof({ arbitrary: fc.constantFrom(...acts), weight: 2 }, fc.constantFrom('sign-up', 'confirm')),
  who: fc.nat(people.length - 1),
  what: fc.nat(3),
});
/** Acts of one group happen at the same time; between groups, minutes or days pass. */
const aStory = fc.array(
  fc.record({
    group: fc.array(anAct, { minLength: 1, maxLength: 5 }),
    minutes: fc.constantFrom(1, 20, 5000),
  }),
  { minLength: 1, maxLength: 12 },
);

async function perform(parts: SubscriberParts, { act, who, what }: Act, at: Temporal.Instant): Promise<void> {
  const { store } = parts;
  const address = people[who] ?? '';
  const sid = sids[who] ?? '';
  const choice = choices[what] ?? choices[0] ?? { subscriptions: [], announcements: true };
  const scope = scopes[what] ?? { all: true };
  const leaving = { sid, scope, reason: 'unsubscribe-page', network: undefined } as const;
  switch (act) {
    case 'sign-up':
      await signUp(parts, { address, network: `${what}`, ...choice }, at);
      return;
    case 'confirm': {
      const requestedAt = openRequest(await store.get(sid, epochSeconds(at)), at)?.requestedAt ?? '';
      await confirmRequest(parts, { sid, requestedAt, network: undefined, wantsMailAgain: what > 1 }, at);
      return;
    }
    case 'note-mail':
      return noteMail(store, sid, `hash-${what}`, at);
    case 'choose':
      await choose(parts, sid, choice, at);
      return;
    case 'pause':
      await pause(parts, sid, { until: at.add({ hours: 24 * (what + 1) }), catchUp: what % 2 === 0 }, at);
      return;
    case 'resume':
      await pause(parts, sid, undefined, at);
      return;
    case 'leave':
      await leave(parts, leaving, topics, at);
      return;
    case 'leave-and-return': {
      const { outcome, before, after } = await leave(parts, leaving, topics, at);
      if (outcome !== 'left' || before?.state !== 'confirmed' || after === undefined) return;
      await goBack(store, testKeyring, sid, sealWayBack(testKeyring, before, after.version, at), at);
      return;
    }
    case 'move':
      await requestMove(parts, sid, people[(who + 1) % people.length] ?? '', undefined, at);
      return;
    case 'told':
      return forgetFormerAddress(store, sid, at);
    case 'bounce':
    case 'complaint':
      await suppress(store, sid, act, at);
      return;
    case 'erase':
      await erase(parts, sid, 'operator', at);
      return;
  }
}

/** The row says what the ledger's last line says, and is one that can be. */
async function check(store: SubscriberStore, sid: string, at: Temporal.Instant): Promise<void> {
  const now = epochSeconds(at);
  const row = await store.get(sid, now);
  const history = await store.history(sid, now);
  const last = history.at(-1);
  const lastErasure = history.map(({ event }) => event).lastIndexOf('erased');
  const sinceErasure = history.slice(lastErasure + 1);
  if (row === undefined) {
    const isPending = last?.after?.state === 'pending';
    expect(last === undefined || last.event === 'erased' || isPending).toBe(true);
    return;
  }
  expect(last?.after).toEqual(consentStateOf(row));
  expect(last?.version).toBe(row.version);
  expect(new Set(row.subscriptions.map(({ cadence }) => cadence)).size).toBe(row.subscriptions.length);
  if (row.state !== 'confirmed') expect(row.subscriptions).toEqual([]);
  if (row.state === 'left') expect(JSON.stringify(row)).not.toContain('@');
  if (row.state === 'confirmed') {
    expect(row).not.toHaveProperty('expiresAt');
    expect(row.subscriptions.length > 0 || row.announcements).toBe(true);
    expect(sinceErasure.some(({ event }) => event === 'confirmed' || event === 'moved-in')).toBe(true);
  }
}

describe.each<[string, number, () => Promise<SubscriberStore>]>([
  ['memory', 300, async () => new MemorySubscriberStore(4)],
  [
    'DynamoDB',
    12,
    async () => new DynamoDbSubscriberStore(documentClient(), (await freshTables()).subscribers, 4),
  ],
])('in %s', (_name, numRuns, makeStore) => {
  test('any acts in any order, repeated and at the same time, end in what the ledger tells', async () => {
    await fc.assert(
      fc.asyncProperty(aStory, async (story) => {
        const parts: SubscriberParts = { ...memorySubscriberParts(), store: await makeStore() };
        let at = t0;
        for (const { group, minutes } of story) {
          await Promise.all(group.map((act) => perform(parts, act, at)));
          for (const sid of sids) await check(parts.store, sid, at);
          at = at.add({ minutes });
        }
      }),
      { numRuns },
    );
  }, 60_000);
});

test('a restored backup is made to forget whom it must, and keeps who came back since', async () => {
  const parts = memorySubscriberParts();
  const at = (minutes: number) => t0.add({ minutes });
  const [ada = '', bob = ''] = sids;
  const subscribe = async (who: number, minutes: number): Promise<void> => {
    const address = people[who] ?? '';
    await signUp(parts, { address, network: undefined, ...(choices[0] as Choice) }, at(minutes));
    const confirmation = { network: undefined, wantsMailAgain: false, requestedAt: isoMillis(at(minutes)) };
    await confirmRequest(parts, { sid: sids[who] ?? '', ...confirmation }, at(minutes));
  };
  await subscribe(0, 0);
  await subscribe(1, 0);
  await erase(parts, ada, 'settings-page', at(20));
  await erase(parts, bob, 'settings-page', at(20));

  const restored = { ...parts, store: new MemorySubscriberStore(4), limits: memorySubscriberParts().limits };
  Object.assign(parts, restored);
  await subscribe(0, 0);
  await subscribe(1, 40);
  expect(await reapplyErasures(parts, at(60))).toBe(1);
  expect(await parts.store.get(ada, epochSeconds(at(60)))).toBeUndefined();
  expect(await parts.store.get(bob, epochSeconds(at(60)))).toMatchObject({ state: 'confirmed' });
  expect(await reapplyErasures(parts, at(61))).toBe(0);
});

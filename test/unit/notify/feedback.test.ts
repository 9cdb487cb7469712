import { MemoryMailClaims } from '../../../functions/mail/transactional/memory-mail-claims.ts';
import { handleFeedback, type FeedbackParts } from '../../../functions/notify/feedback.ts';
import { SettledBatches } from '../../../functions/notify/settled-batches.ts';
import { MemoryObjectStore } from '../../../functions/platform/memory-object-store.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { MemoryDeliveries } from '../../../functions/runs/memory-deliveries.ts';
import { MemoryRuns } from '../../../functions/runs/memory-runs.ts';
import { MemorySubscriberStore } from '../../../functions/subscribers/memory-subscriber-store.ts';
import { aSubscriber, changeTo } from '../../support/subscribers.ts';

const reader = aSubscriber('ada@mail.example');
const runId = 'digest-daily-2026-11-24';
let archive: MemoryObjectStore;
let subscribers: MemorySubscriberStore;
let warnings: unknown[];
let parts: FeedbackParts;

beforeEach(async () => {
  archive = new MemoryObjectStore();
  subscribers = new MemorySubscriberStore(1);
  warnings = [];
  await subscribers.put(changeTo(reader));
  parts = {
    settled: new SettledBatches(new MemoryRuns()),
    deliveries: new MemoryDeliveries(),
    claims: new MemoryMailClaims(),
    subscribers,
    archive,
    clock: { now: () => Temporal.Instant.from('2026-11-24T07:00:00Z') },
    log: {
      info: () => undefined,
      warn: (message) => warnings.push(message),
      error: (message) => warnings.push(message),
    },
  };
});

const suppressed = async () => (await subscribers.get(reader.sid, 0))?.suppressed;
const hand = (message: unknown, id = 'sns-1') =>
  handleFeedback(parts, {
    MessageId: id,
    Message: typeof message === 'string' ? message : JSON.stringify(message),
  });
const bounce = (bounceType: string, timestamp: string, messageId = timestamp) => ({
  eventType: 'Bounce',
  mail: { messageId, tags: { run: [runId], shard: ['0'], sid: [reader.sid] } },
  bounce: { bounceType, bounceSubType: 'General', timestamp, bouncedRecipients: [] },
});

test.each([
  ['an event type of tomorrow', JSON.stringify({ eventType: 'Forwarded', mail: { messageId: 'm' } })],
  ['a bounce without its kind', JSON.stringify({ eventType: 'Bounce', mail: { messageId: 'm' } })],
  ['a test message of SNS', 'Successfully validated SNS topic for Amazon SES event publishing.'],
  ['an empty message', ''],
  ['a list', '[1]'],
])('what has a shape that nobody foresaw is kept as it came, and told: %s', async (_name, message) => {
  expect(await hand(message, 'sns-7')).toBe('kept');
  const kept = await archive.get('feedback/2026-11-24/sns-7.json');
  expect(Buffer.from(kept?.body ?? []).toString()).toBe(message);
  expect(warnings).toEqual(['SES reported something of an unknown shape']);
  expect(await suppressed()).toBeUndefined();
});

test('further fields do not make a shape unknown', async () => {
  const event = { ...bounce('Permanent', '2026-11-24T06:00:00.000Z'), tomorrow: { new: true } };
  expect(await hand(event)).toBe('Bounce');
  expect(await suppressed()).toBe('bounce');
});

test('the third transient bounce within 14 days suppresses, the second does not', async () => {
  await hand(bounce('Transient', '2026-11-10T06:00:00.000Z'));
  await hand(bounce('Transient', '2026-11-17T06:00:00.000Z'));
  expect(await suppressed()).toBeUndefined();
  await hand(bounce('Transient', '2026-11-24T05:59:59.000Z'));
  expect(await suppressed()).toBe('bounce');
});

test('three bounces over more than 14 days are three bad days, and suppress no one', async () => {
  await hand(bounce('Transient', '2026-11-10T06:00:00.000Z'));
  await hand(bounce('Transient', '2026-11-17T06:00:00.000Z'));
  await hand(bounce('Undetermined', '2026-11-24T06:00:00.001Z'));
  expect(await suppressed()).toBeUndefined();
});

test('a report that comes twice counts once', async () => {
  for (let time = 0; time < 3; time++) await hand(bounce('Transient', '2026-11-24T06:00:00.000Z', 'm1'));
  expect(await suppressed()).toBeUndefined();
});

test('a complaint suppresses at once; delays and deliveries do not', async () => {
  const mail = { messageId: 'm1', tags: { sid: [reader.sid] } };
  expect(await hand({ eventType: 'DeliveryDelay', mail })).toBe('DeliveryDelay');
  expect(await hand({ eventType: 'Delivery', mail })).toBe('Delivery');
  expect(await suppressed()).toBeUndefined();
  expect(await hand({ eventType: 'Complaint', mail })).toBe('Complaint');
  expect(await suppressed()).toBe('complaint');
});

import type { MailClaims } from '../mail/transactional/mail-claims.ts';
import { Retry } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { ObjectStore } from '../platform/object-store.ts';
import { isoMillis, Temporal, type Clock } from '../platform/time.ts';
import type { DeliveryKey, DeliveryLedger } from '../runs/delivery-ledger.ts';
import type { Reported } from '../runs/run.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { suppress } from '../subscribers/suppress.ts';
import type { SettledBatches } from './settled-batches.ts';
import { sesEvent, type SesEvent, type SnsEnvelope } from './ses-event.ts';

export interface FeedbackParts {
  settled: SettledBatches;
  deliveries: DeliveryLedger;
  /** Of mails that belong to no run. */
  claims: Pick<MailClaims, 'settle'>;
  subscribers: SubscriberStore;
  archive: ObjectStore;
  clock: Clock;
  log: Log;
}

/** Mailboxes that are full or away come back; one that bounces so often within 14 days does not. */
const transientBouncesAllowed = 2;

/**
 * Takes in what SES reports of one mail. Repeated and reordered reports change nothing.
 *
 * @returns what became of the report: `kept` is one of a shape that nobody foresaw, put away for someone to look at
 * @throws Retry when it speaks of a delivery that the ledger does not show yet
 */
export async function handleFeedback(
  parts: FeedbackParts,
  envelope: SnsEnvelope,
): Promise<SesEvent['eventType'] | 'kept'> {
  const event = parse(envelope.Message);
  if (event === undefined) {
    await keep(parts, envelope);
    return 'kept';
  }
  const key = keyOf(event);
  switch (event.eventType) {
    case 'Send':
      if (key !== undefined && !(await parts.settled.has(key, event.mail.tags['batch']?.[0]))) {
        await acceptUnlessKnown(parts, key, event.mail.messageId);
      }
      await acceptTransactional(parts, event);
      break;
    case 'Bounce':
      await noteBounce(parts, event, key);
      break;
    case 'Complaint':
      await note(parts, key, 'complaints');
      await suppressReader(parts, event, 'complaint');
      break;
    case 'Reject':
    case 'Rendering Failure':
      await note(parts, key, 'rejects');
      parts.log.warn('SES gave up a mail that it had accepted', { event: event.eventType, ...key });
      break;
    case 'DeliveryDelay':
      parts.log.info('delivery is delayed', { ...key });
      break;
    case 'Delivery':
      // The send event came first, and the ledger is about what SES took.
      break;
  }
  return event.eventType;
}

/** Most mails are known as accepted by then: a read at half a unit spares a write at one. */
async function acceptUnlessKnown(
  { deliveries }: FeedbackParts,
  key: DeliveryKey,
  messageId: string,
): Promise<void> {
  if ((await deliveries.get(key, 'lax'))?.state === 'accepted') return;
  if ((await deliveries.accept(key, messageId)) === 'missing') {
    throw new Retry(`SES accepted a mail of ${key.runId} that the ledger does not show yet`);
  }
}

/** A confirmation whose answer was lost need not go out once more. */
async function acceptTransactional({ claims }: FeedbackParts, { mail }: SesEvent): Promise<void> {
  const id = mail.tags['transactional']?.[0];
  if (id !== undefined) await claims.settle(id, 'accepted');
}

async function noteBounce(
  parts: FeedbackParts,
  event: Extract<SesEvent, { eventType: 'Bounce' }>,
  key: DeliveryKey | undefined,
): Promise<void> {
  const { bounceType, timestamp } = event.bounce;
  if (bounceType === 'Permanent') {
    await note(parts, key, 'bounces');
    await suppressReader(parts, event, 'bounce');
    return;
  }
  const sid = sidOf(event);
  if (sid === undefined) return;
  const at = isoMillis(Temporal.Instant.from(timestamp));
  const count = await parts.deliveries.transientBounce(sid, event.mail.messageId, at);
  if (count > transientBouncesAllowed) await suppressReader(parts, event, 'bounce');
}

/** Counts for the run; what bounced was accepted before, whatever the ledger knew of it. */
async function note(
  { deliveries }: FeedbackParts,
  key: DeliveryKey | undefined,
  what: keyof Reported,
): Promise<void> {
  if (key !== undefined) await deliveries.report(key, what);
}

async function suppressReader(
  parts: FeedbackParts,
  event: SesEvent,
  because: 'bounce' | 'complaint',
): Promise<void> {
  const sid = sidOf(event);
  if (sid === undefined) {
    parts.log.warn('a mail without a sid bounced or was complained of', { messageId: event.mail.messageId });
    return;
  }
  const outcome = await suppress(parts.subscribers, sid, because, parts.clock.now());
  parts.log.info('reader suppressed', { sid, because, outcome });
}

async function keep({ archive, log, clock }: FeedbackParts, envelope: SnsEnvelope): Promise<void> {
  const day = isoMillis(clock.now()).slice(0, 10);
  const key = `feedback/${day}/${envelope.MessageId}.json`;
  await archive.put(key, Buffer.from(envelope.Message), { contentType: 'application/json' });
  log.warn('SES reported something of an unknown shape', { kept: key });
}

function parse(message: string): SesEvent | undefined {
  try {
    return sesEvent.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined; // Not JSON: an unknown shape like any other.
  }
}

/** Whom it reached: not always who the run knows, for some have moved since it was made. */
const sidOf = ({ mail: { tags } }: SesEvent): string | undefined => tags['reader']?.[0] ?? tags['sid']?.[0];

/** The delivery that an event is about; mails that belong to no run have none. */
function keyOf({ mail: { tags } }: SesEvent): DeliveryKey | undefined {
  const runId = tags['run']?.[0];
  const shard = tags['shard']?.[0];
  const sid = tags['sid']?.[0];
  if (runId === undefined || shard === undefined || sid === undefined) return undefined;
  return { runId, shard: Number(shard), sid };
}

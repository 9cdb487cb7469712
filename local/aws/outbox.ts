import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDraft, readIfThere, readJson, writeWhole } from '../files.ts';
import type { FileQueue } from './file-queue.ts';

/** One mail that SES would have sent, with what it was told beside the MIME. */
export interface OutboxMail {
  messageId: string;
  /** Epoch milliseconds by the host's clock. */
  acceptedAt: number;
  source: string | undefined;
  destinations: string[];
  tags: Record<string, string>;
  configurationSet: string | undefined;
  /** Have its events reached the feedback queue? */
  reported: boolean;
}

/**
 * Every mail that was taken, as `<message id>.eml` with its raw MIME and `.json` with the rest. The `.json` is written
 * last: with it the mail is accepted, and from then on its events will be reported, after a crash too.
 */
export class Outbox {
  /** As when SES has paused the account: whoever sends is refused, and nothing is taken. */
  paused = false;
  readonly #folder: string;
  readonly #feedback: FileQueue;
  readonly #mails = new Map<string, OutboxMail>();

  constructor(folder: string, feedback: FileQueue) {
    this.#folder = folder;
    this.#feedback = feedback;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      if (!name.endsWith('.json') || isDraft(name)) continue;
      const mail = readJson(join(folder, name)) as OutboxMail;
      this.#mails.set(mail.messageId, mail);
      if (!mail.reported) this.report(mail.messageId);
    }
  }

  /** Takes a mail; it is on disk when this returns. Its events follow with {@link report}. */
  accept(
    raw: Uint8Array,
    told: Pick<OutboxMail, 'source' | 'destinations' | 'tags' | 'configurationSet'>,
  ): string {
    const messageId = `${Date.now().toString(16).padStart(16, '0')}-${randomBytes(6).toString('hex')}`;
    writeWhole(join(this.#folder, `${messageId}.eml`), raw);
    this.#write({ messageId, acceptedAt: Date.now(), ...told, reported: false });
    return messageId;
  }

  /**
   * Puts what SES reports of a mail on the feedback queue, as SNS hands it on. The mailbox simulator's addresses
   * (`bounce@simulator.amazonses.com`, `complaint@…`) do what they do at SES; every other mail is delivered.
   */
  report(messageId: string): void {
    const mail = this.#mails.get(messageId);
    if (mail === undefined) throw new Error(`No mail ${messageId} in the outbox`);
    for (const event of eventsOf(mail)) {
      this.#feedback.send(snsEnvelope(`${messageId}-${event.eventType}`, JSON.stringify(event)), {
        id: `${messageId}-${event.eventType}`,
      });
    }
    this.#write({ ...mail, reported: true });
  }

  get(messageId: string): { mail: OutboxMail; raw: Buffer } | undefined {
    const mail = this.#mails.get(messageId);
    const raw = mail && readIfThere(join(this.#folder, `${messageId}.eml`));
    return mail && raw && { mail, raw };
  }

  /** Newest first. */
  list(): OutboxMail[] {
    return [...this.#mails.values()].sort((a, b) => (a.messageId < b.messageId ? 1 : -1));
  }

  #write(mail: OutboxMail): void {
    writeWhole(join(this.#folder, `${mail.messageId}.json`), JSON.stringify(mail));
    this.#mails.set(mail.messageId, mail);
  }
}

interface SesEvent {
  eventType: string;
  mail: object;
}

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
function eventsOf(mail: OutboxMail): SesEvent[] {
  const timestamp = new Date(mail.acceptedAt).toISOString();
  const about = {
    timestamp,
    source: mail.source,
    messageId: mail.messageId,
    destination: mail.destinations,
    tags: Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
  };
  const of = (eventType: string, key: string, details: object): SesEvent => ({
    eventType,
    mail: about,
    [key]: details,
  });
  const recipients = (role: string): boolean =>
    mail.destinations.some((address) => address.toLowerCase() === `${role}@simulator.amazonses.com`);
  const people = mail.destinations.map((emailAddress) => ({ emailAddress }));
  const sent = of('Send', 'send', {});
  const delivered = of('Delivery', 'delivery', {
    timestamp,
    processingTimeMillis: 1,
    recipients: mail.destinations,
    smtpResponse: '250 ok',
  });
  if (recipients('bounce')) {
    return [
      sent,
      of('Bounce', 'bounce', {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: people,
        timestamp,
        feedbackId: `${mail.messageId}-bounce`,
      }),
    ];
  }
  if (recipients('complaint')) {
    return [
      sent,
      delivered,
      of('Complaint', 'complaint', {
        complainedRecipients: people,
        timestamp,
        feedbackId: `${mail.messageId}-complaint`,
        complaintFeedbackType: 'abuse',
      }),
    ];
  }
  return [sent, delivered];
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html, without raw message delivery */
const snsEnvelope = (messageId: string, message: string): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: 'arn:aws:sns:eu-central-1:000000000000:feedback',
    Subject: 'Amazon SES Email Event Notification',
    Message: message,
    Timestamp: new Date(Date.now()).toISOString(),
  });

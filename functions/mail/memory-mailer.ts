import { normaliseAddress } from '../subscribers/sid.ts';
import type { Mailer, OutgoingMail, SendOutcome, SendQuota } from './mailer.ts';

/** Takes every mail and keeps it, unless {@link MemoryMailer.answers} holds other answers for the next ones. */
export class MemoryMailer implements Mailer {
  /** What was accepted, in order. */
  readonly sent: OutgoingMail[] = [];
  /** Answers to the next mails, used up from the front. */
  readonly answers: SendOutcome[] = [];
  limits: SendQuota = { maxPerSecond: 14, maxPer24Hours: 50_000, sentLast24Hours: 0 };

  async send(mail: OutgoingMail): Promise<SendOutcome> {
    const answer = this.answers.shift() ?? {
      outcome: 'accepted',
      messageId: `memory-${this.sent.length + 1}`,
    };
    if (answer.outcome === 'accepted') this.sent.push({ ...mail, raw: new Uint8Array(mail.raw) });
    return answer;
  }

  async quota(): Promise<SendQuota> {
    return { ...this.limits };
  }

  /** What one person got. */
  sentTo(address: string): OutgoingMail[] {
    return this.sent.filter(({ to }) => normaliseAddress(to) === normaliseAddress(address));
  }
}

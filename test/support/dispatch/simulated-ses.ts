import type { Mailer, OutgoingMail, SendOutcome, SendQuota } from '../../../functions/mail/mailer.ts';
import type { FaultLayer, Process, Way } from './fault-layer.ts';

export interface AcceptedMail {
  messageId: string;
  to: string;
  runId: string;
  sid: string;
  /** As its events carry them. */
  tags: Readonly<Record<string, string>>;
  /** Ids of the articles that it links to. */
  articles: string[];
  atMs: number;
}

/** Accepts mails as SES does, and reports each by an event. */
export class SimulatedSes {
  readonly accepted: AcceptedMail[] = [];
  quotaPerSecond = 1000;
  readonly #faults: FaultLayer;
  readonly #nowMs: () => number;
  readonly #report: (eventType: string, mail: AcceptedMail) => void;

  constructor(
    faults: FaultLayer,
    nowMs: () => number,
    report: (eventType: string, mail: AcceptedMail) => void,
  ) {
    this.#faults = faults;
    this.#nowMs = nowMs;
    this.#report = report;
  }

  /** SES as one process reaches it. */
  mailerOf(process: Process): Mailer {
    return {
      send: (mail) => this.#faults.around(process, 'ses.send', () => this.#send(mail), outcomeOf),
      quota: () => this.#faults.around(process, 'ses.quota', () => this.#quota()),
    };
  }

  #send(mail: OutgoingMail): SendOutcome {
    return { outcome: 'accepted', messageId: this.#accept(mail) };
  }

  #quota(): SendQuota {
    return { maxPerSecond: this.quotaPerSecond, maxPer24Hours: 50_000, sentLast24Hours: 0 };
  }

  #accept({ to, raw, tags }: OutgoingMail): string {
    const text = Buffer.from(raw).toString('latin1').replaceAll('=\r\n', '');
    const links = text.matchAll(/\/artikel\/(?:[a-z0-9-]*-)?([a-z2-7]{16})\//g);
    const mail: AcceptedMail = {
      messageId: `ses-${this.accepted.length}`,
      to,
      runId: tags['run'] ?? '',
      sid: tags['sid'] ?? '',
      tags,
      articles: [...new Set([...links].map(([, id]) => id ?? ''))],
      atMs: this.#nowMs(),
    };
    this.accepted.push(mail);
    this.#report('Send', mail);
    return mail.messageId;
  }
}

const outcomeOf = (way: Way): SendOutcome =>
  way === 'throttled' ? { outcome: 'refused', reason: 'rate-exceeded' } : { outcome: 'unknown', reason: way };

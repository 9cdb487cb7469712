/** What happened to one mail handed to SES. Faults are values here: the ledger must record each of them. */
export type SendOutcome =
  /** SES took it. Accepted is not delivered. */
  | { outcome: 'accepted'; messageId: string }
  /** Definitely not taken, worth another try later: throttled, or sending paused, or the day's quota used up. */
  | { outcome: 'refused'; reason: 'rate-exceeded' | 'quota-exceeded' | 'sending-paused' }
  /** Definitely not taken, and never will be: the address or the message is bad. */
  | { outcome: 'failed'; reason: string }
  /** No answer, a 5xx, a broken connection: it may have been taken. */
  | { outcome: 'unknown'; reason: string };

export interface OutgoingMail {
  /** Envelope recipient; exactly one, so that one bad address fails one mail. */
  to: string;
  /** Raw MIME, at most 10 MB (SES limit); ours stay under 90 kB. */
  raw: Uint8Array;
  /** Message tags, `[A-Za-z0-9_-]{1,256}` (SES): run, shard, sid. They come back with every SES event. */
  tags: Readonly<Record<string, string>>;
}

/** Sends one mail to one person. Never throws for what happens to the mail, and never tries twice by itself. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** The account's live limits: mails per second, mails per 24 hours, and how many of those are used. */
  quota(): Promise<{ maxPerSecond: number; maxPer24Hours: number; sentLast24Hours: number }>;
}

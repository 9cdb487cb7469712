/** Why SES did not take a mail, although nothing is wrong with the mail. */
export type Refusal =
  /** More mails in this second than the account may send. */
  | 'rate-exceeded'
  /** The account's mails for 24 hours are used up. */
  | 'quota-exceeded'
  /** Sending is switched off for the account or the configuration set. */
  | 'sending-paused'
  /** Credentials, identity or configuration set are not as they must be: nobody's mail would be taken. */
  | 'misconfigured'
  /** No connection came about, so no byte of the mail has left. */
  | 'unreachable';

/** What happened to one mail handed to SES. Faults are values here: the ledger must record each of them. */
export type SendOutcome =
  /** SES took it. Accepted is not delivered. */
  | { outcome: 'accepted'; messageId: string }
  /** Definitely not taken, worth another try later. */
  | { outcome: 'refused'; reason: Refusal }
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

/** What the account may send, as SES says it now. */
export interface SendQuota {
  maxPerSecond: number;
  maxPer24Hours: number;
  sentLast24Hours: number;
}

/** Sends one mail to one person. Never throws for what happens to the mail, and never tries twice by itself. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** Throws when SES does not answer. SES answers this once per second at most, for all callers together. */
  quota(): Promise<SendQuota>;
}

import type { Choice, Subscriber, Suppression } from './subscriber.ts';

/** What happened, from the person's side. */
export type ConsentEvent =
  | 'requested'
  | 'mailed'
  | 'confirmed'
  | 'changed'
  | 'paused'
  | 'resumed'
  | 'left'
  | 'returned'
  | 'moved-in'
  | 'moved-away'
  | 'told-former-address'
  | 'suppressed'
  | 'imported'
  | 'erased';

/** What brought it about. */
export type ConsentReason =
  | 'sign-up-form'
  | 'confirmation-page'
  | 'settings-page'
  | 'unsubscribe-page'
  | 'one-click'
  | 'mail-sent'
  | 'bounce'
  | 'complaint'
  | 'operator'
  | 'import';

/** One line of the consent ledger: append-only, written in one transaction with the change that it proves. */
export interface ConsentEntry {
  /** ISO 8601. */
  at: string;
  event: ConsentEvent;
  reason: ConsentReason;
  /** Version of the row that this entry led to. */
  version: number;
  /** How things stand from here on; the last entry tells what the row must say. Gone after erasure. */
  after?: ConsentState;
  /** The words agreed to, and their version. Only the version outlives erasure. */
  wording?: { version: string; text?: string };
  /** Network of the request that brought it about, and of the form that a confirmation confirms. Gone after erasure. */
  network?: string;
  requestNetwork?: string;
  /** ISO 8601; on a confirmation, when the form was sent. */
  requestedAt?: string;
  /** SHA-256 of the confirmation mail, in hexadecimal. */
  mailHash?: string;
  /** Imported consent: how it was given, in the words of whoever kept it. Gone after erasure. */
  proof?: string;
  /** Epoch second after which the entry counts as gone: what was never confirmed is not kept. */
  expiresAt?: number;
}

/** What the ledger and the row must agree on. */
export interface ConsentState extends Choice {
  state: Subscriber['state'];
  pausedUntil?: string;
  suppressed?: Suppression;
}

/** What the ledger says of a row. Entries that led to it carry this as `after`. */
export const consentStateOf = (subscriber: Subscriber): ConsentState => ({
  state: subscriber.state,
  subscriptions: subscriber.subscriptions.map(({ cadence, topics }) => ({ cadence, topics })),
  announcements: subscriber.announcements,
  ...(subscriber.pausedUntil !== undefined && { pausedUntil: subscriber.pausedUntil }),
  ...(subscriber.suppressed !== undefined && { suppressed: subscriber.suppressed }),
});

/** What outlives erasure: that, when and to which words consent was given and taken back (Art. 17 (3) (e) DSGVO). */
export const leastOf = (entry: ConsentEntry): ConsentEntry => ({
  at: entry.at,
  event: entry.event,
  reason: entry.reason,
  version: entry.version,
  ...(entry.wording !== undefined && { wording: { version: entry.wording.version } }),
  ...(entry.requestedAt !== undefined && { requestedAt: entry.requestedAt }),
  ...(entry.mailHash !== undefined && { mailHash: entry.mailHash }),
  ...(entry.expiresAt !== undefined && { expiresAt: entry.expiresAt }),
});

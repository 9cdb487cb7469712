/** How often someone wants a digest. */
export const cadences = ['instant', 'daily', 'weekly'] as const;
export type Cadence = (typeof cadences)[number];

/** Topics that someone wants at one cadence. At most one subscription per cadence. */
export interface Subscription {
  cadence: Cadence;
  /** Slugs, or `alle` for every topic, those to come included. */
  topics: 'alle' | string[];
  /** Publication number when it was confirmed or resumed: nothing up to it is ever mailed. */
  since: number;
}

/**
 * A choice that is in force no more. Digest runs that were made before it was changed go by it still, and from it those
 * that come after know what someone has got already.
 */
export interface FormerChoice {
  subscriptions: Subscription[];
  /** Up to which publication number each cadence's runs had come when it was changed. */
  until: Readonly<Record<Cadence, number>>;
  /** The last publication number then: what was not wanted before is wanted from there on. */
  lastNumber: number;
  /** ISO 8601. */
  changedAt: string;
}

/** What a person chooses in a form; publication numbers come with the confirmation. */
export interface Choice {
  subscriptions: Omit<Subscription, 'since'>[];
  announcements: boolean;
}

export interface Move {
  sid: string;
  /** ISO 8601. */
  at: string;
}

/** Why we no longer write to an address. */
export type Suppression = 'bounce' | 'complaint';

/** What was asked for in a form and waits for the click on the confirmation page. */
export interface SignUpRequest extends Choice {
  /** ISO 8601. */
  requestedAt: string;
  /** Epoch second after which it can't be confirmed any more. */
  expiresAt: number;
  /** Version of the wording that was agreed to (`consent-wording.ts`). */
  wording: string;
  /** Network the form came from, as the ledger keeps it (`network.ts`). */
  network?: string;
  /** SHA-256 of the confirmation mail as it was handed to SES, in hexadecimal. */
  mailHash?: string;
  /** Change of address: the sid that this one takes over from. */
  movesFrom?: string;
}

/** One person, one row of the subscribers table. */
export interface Subscriber {
  /** Keyed hash of the normalised address, 26 characters of base 32 (`sid.ts`). The only name of a person in logs. */
  sid: string;
  /** For sending: local part as typed, domain in ASCII (SES takes no other). Empty once someone has left. */
  address: string;
  /** `pending` until the address is confirmed (double opt-in); `left` keeps no address unless asked for again. */
  state: 'pending' | 'confirmed' | 'left';
  /** Empty unless confirmed. */
  subscriptions: Subscription[];
  /** Newest first; only those that a run may still go by. */
  former?: FormerChoice[];
  /** Wants announcements of freezes and relaunches. */
  announcements: boolean;
  /** ISO 8601 moment; no digests before. */
  pausedUntil?: string;
  /** Wants what a pause kept back in the first digest after it. */
  catchUpAfterPause?: boolean;
  suppressed?: Suppression;
  /** ISO 8601. */
  requestedAt: string;
  confirmedAt?: string;
  /** Not in force before it is confirmed. Anyone can ask for anything in anyone's name. */
  request?: SignUpRequest;
  /** Those whose place this one took by changing address, newest first: what digests owe them is owed to this one. */
  movedFrom?: Move[];
  /** Who took this one's place by changing address: what is planned for this one is sent or owed to them. */
  movedTo?: Move;
  /** The address given up in a change of address, until its owner has been told. */
  formerAddress?: string;
  /** Raised with each change; conditional writes compare it. */
  version: number;
  /** Epoch second after which a pending row counts as gone. */
  expiresAt?: number;
}

/** May we write to this person at all, announcements and digests alike? */
export const isReachable = (subscriber: Subscriber): boolean =>
  subscriber.state === 'confirmed' && subscriber.suppressed === undefined;

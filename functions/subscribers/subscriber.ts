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

/** Why we no longer write to an address. */
export type Suppression = 'bounce' | 'complaint';

/** One person, one row of the subscribers table. */
export interface Subscriber {
  /** Keyed hash of the normalised address, 26 characters of base 32 (`sid.ts`). The only name of a person in logs. */
  sid: string;
  /** As typed; used for sending, never for identity. */
  address: string;
  /** `pending` until the address is confirmed (double opt-in); `left` keeps no address. */
  state: 'pending' | 'confirmed' | 'left';
  subscriptions: Subscription[];
  /** Wants announcements of freezes and relaunches. */
  announcements: boolean;
  /** ISO 8601 moment; no digests before. */
  pausedUntil?: string;
  suppressed?: Suppression;
  /** ISO 8601. */
  requestedAt: string;
  confirmedAt?: string;
  /** Raised with each change; conditional writes compare it. */
  version: number;
  /** Epoch second after which a pending row counts as gone. */
  expiresAt?: number;
}

/** May we write to this person at all, announcements and digests alike? */
export const isReachable = (subscriber: Subscriber): boolean =>
  subscriber.state === 'confirmed' && subscriber.suppressed === undefined;

import type { SendOutcome } from '../mail/mailer.ts';
import type { Reported } from './run.ts';

/** Where a delivery stands. Only a `refused` one is ever claimed again, and an `unknown` one of an announcement, once. */
export type DeliveryState = 'claimed' | 'accepted' | 'refused' | 'failed' | 'unknown';

/** What names a delivery: one mail of one run to one person. */
export interface DeliveryKey {
  runId: string;
  shard: number;
  sid: string;
}

/** One row of the ledger. */
export interface Delivery extends DeliveryKey {
  state: DeliveryState;
  /** The edition that it carries. */
  edition: string;
  /** Whoever holds it alone records the outcome. */
  claimId: string;
  /** ISO 8601; what became of a claim is unknown from then on. */
  leaseUntil: string;
  /** 2: sent once more after an outcome that could not be known. */
  attempt: number;
  /** Given by SES when it took the mail. */
  messageId?: string;
  reason?: string;
  /** What SES reported of the accepted mail. */
  reported?: (keyof Reported)[];
}

export interface Claim extends DeliveryKey {
  edition: string;
  claimId: string;
  leaseUntil: string;
  attempt: number;
}

/** Every mail that is sent was claimed here before, and one claim is one call to SES. */
export interface DeliveryLedger {
  /**
   * Takes a delivery in hand. It must be new, or refused in no later attempt; with `attempt: 2` also
   * unknown after its first.
   * Repeating a claim under its own id succeeds.
   *
   * @returns the delivery as it stands when it is not to be had; nothing is written then.
   */
  claim(claim: Claim): Promise<'claimed' | Delivery>;
  /** Records what became of a claim, if it is still held under `claimId`, and not accepted meanwhile. */
  record(key: DeliveryKey, claimId: string, outcome: SendOutcome): Promise<void>;
  /** What SES says it accepted was accepted, whatever we knew of it: `claimed`, `refused` and `unknown` end by it. */
  accept(key: DeliveryKey, messageId: string): Promise<'accepted' | 'already' | 'missing'>;
  /** A claim whose lease ran out is unknown. `'superseded'` when it is not so any more. */
  expire(key: DeliveryKey, claimId: string): Promise<'expired' | 'superseded'>;
  /** Eventually consistent when `lax`. */
  get(key: DeliveryKey, consistency?: 'lax'): Promise<Delivery | undefined>;
  /** Notes what SES reported of a mail, and counts it for its run, once. */
  report(key: DeliveryKey, what: keyof Reported): Promise<'counted' | 'already' | 'missing'>;
  /** What {@link report} counted. */
  reported(runId: string): Promise<Reported>;
  /**
   * Notes a transient bounce of a person.
   *
   * @param messageId counted once
   * @param at ISO 8601
   * @returns how many there were in the 14 days up to `at`, this one included
   */
  transientBounce(sid: string, messageId: string, at: string): Promise<number>;
}

/** A person's transient bounces count for this long. */
export const transientBounceDays = 14;

/** May this delivery be claimed? Both implementations keep to it. */
export const isClaimable = (delivery: Delivery, claim: Claim): boolean =>
  (delivery.state === 'refused' && delivery.attempt <= claim.attempt) ||
  (delivery.state === 'claimed' && delivery.claimId === claim.claimId) ||
  (delivery.state === 'unknown' && delivery.attempt < claim.attempt);

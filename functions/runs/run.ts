import type { Cadence } from '../subscribers/subscriber.ts';

/** A mail that never went out to a candidate, and why. */
export type Exclusion = 'paused' | 'suppressed' | 'left' | 'nothing-new' | 'not-allow-listed' | 'withdrawn';

/** What became of the candidates of a run or of one shard; closes only when it adds up. */
export interface Totals {
  /** Confirmed subscribers that the run had to consider. */
  candidates: number;
  accepted: number;
  failed: number;
  unknown: number;
  excluded: Partial<Record<Exclusion, number>>;
}

/** One sending: a digest for one cadence, or one phase of an announcement. */
export interface Run {
  /** `digest-daily-2026-11-24`; made from what the run is for, so it can only be created once. */
  id: string;
  kind: 'digest' | 'announcement';
  /** Digest runs: their cadence and half-open window `(fromNumber, toNumber]` of publication numbers. */
  cadence?: Cadence;
  fromNumber?: number;
  toNumber?: number;
  /** Announcement runs. */
  announcementId?: string;
  phase?: string;
  /** The moment that made the run due, ISO 8601. */
  slot: string;
  createdAt: string;
  state: 'planning' | 'delivering' | 'paused' | 'closed' | 'cancelled';
  /** Number of shards to plan; each writes a manifest. */
  shards: number;
}

/** Where a delivery stands. `claimed`, `refused` and `unknown` are not final. */
export type DeliveryState = 'claimed' | 'accepted' | 'refused' | 'failed' | 'unknown';

/** One mail to one person: one row of the ledger. */
export interface Delivery {
  runId: string;
  sid: string;
  state: DeliveryState;
  /** Edition that it carried. */
  edition: string;
  /** ISO 8601; a claim is void after `leaseUntil`, and what became of it unknown. */
  claimedAt: string;
  leaseUntil: string;
  /** Given by SES when it took the mail. */
  messageId?: string;
  reason?: string;
}

/** What the clock asks of notify: plan one shard of a run. */
export interface PlanMessage {
  runId: string;
  shard: number;
}

/** What planning asks of delivery: at most 50 mails of one edition. */
export interface DeliverMessage {
  runId: string;
  shard: number;
  edition: string;
  sids: string[];
}

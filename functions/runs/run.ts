import type { Refusal } from '../mail/mailer.ts';
import type { Cadence } from '../subscribers/subscriber.ts';

/**
 * Why a candidate gets no mail by a run. For digests, what `paused`, `cancelled` and `expired` keep back is covered by a
 * later one; see {@link Reach}.
 */
export type Exclusion =
  | 'paused'
  | 'suppressed'
  /** Unsubscribed, from all or from what the mail was about, after planning. */
  | 'left'
  | 'nothing-new'
  | 'not-allow-listed'
  /** Every article of the digest was withdrawn before it went out. */
  | 'withdrawn'
  /** The run was cancelled before this mail went out. */
  | 'cancelled'
  /** The run's deadline passed before this mail went out. */
  | 'expired';

/** What became of the candidates of a run, or of a part of them. */
export interface Totals {
  /** Confirmed subscribers that the run had to consider. */
  candidates: number;
  accepted: number;
  failed: number;
  unknown: number;
  excluded: Partial<Record<Exclusion, number>>;
  /** Among the accepted and unknown: sent once more after an outcome that could not be known. Announcements only. */
  possibleDuplicates: number;
}

/** Who asked for it, and whether the run goes on by itself. */
export type PauseReason = 'operator' | 'bounces' | 'complaints' | Refusal;

/** One sending: a digest for one cadence, or one phase of an announcement. */
export interface Run {
  /** `digest-daily-2026-11-24`, `announcement-<id>-<phase>`; made from what the run is for, so it exists once. */
  id: string;
  kind: 'digest' | 'announcement';
  /** Digests: the half-open window `(fromNumber, toNumber]` of publication numbers. */
  cadence?: Cadence;
  fromNumber?: number;
  toNumber?: number;
  /** Digests: the first one after an editorial freeze. */
  catchUp?: boolean;
  announcementId?: string;
  phase?: string;
  /** The moment that made the run due, ISO 8601. */
  slot: string;
  createdAt: string;
  /** No mail of the run goes out after it, ISO 8601. */
  deadline: string;
  /**
   * `planning` until every shard has its manifest, `closed` with a certificate that adds up. `paused`: nothing new is
   * sent, nothing is forgotten.
   */
  state: 'planning' | 'delivering' | 'paused' | 'closed';
  paused?: { because: PauseReason; at: string; /** Goes on by itself then. */ until?: string };
  /** What was not sent by then, is not sent any more. */
  stopped?: 'cancelled' | 'expired';
  /** Number of shards to plan; each writes a manifest. */
  shards: number;
  preflight?: Preflight;
  /** Batches finished when last looked at, and since when that number stands, ISO 8601. */
  progress?: { finished: number; since: string };
  certificate?: Certificate;
  /** Raised with every write; conditional writes compare it. */
  version: number;
}

/** What is known before the first mail. */
export interface Preflight {
  at: string;
  mails: number;
  /** Mails per second that bulk may take of the account's rate. */
  perSecond: number;
  seconds: number;
  quotaLeft: number;
  /** `deadline`: can't finish in time; `quota`: needs more than the account has left today. */
  verdict: 'fits' | 'deadline' | 'quota';
}

/** `candidates = accepted + failed + excluded + unknown`, or there is none. */
export interface Certificate extends Totals {
  closedAt: string;
  /** What SES reported until then of mails that it had accepted. */
  reported: Reported;
}

/** Counted once per mail and kind. */
export interface Reported {
  bounces: number;
  complaints: number;
  rejects: number;
}

/** Up to where a cadence's digests have come. Kept in the content table, beside the counter that it speaks of. */
export interface CadencePointer {
  /** The last run's end: the next one begins there. Moved by runs alone. */
  toNumber: number;
  /** `instant`: nothing but quiet articles up to there, so nothing to start a run for. */
  quietUpTo?: number;
  /** The last slot that was served or skipped, ISO 8601. */
  slot: string;
  /** A freeze skipped a slot: the next digest is the one that catches up. */
  frozen?: boolean;
}

export type CadencePointers = Partial<Record<Cadence, CadencePointer>>;

/**
 * At most 50 mails, as planned: of one edition, or the rests of several. A batch has costs of its own (rows, messages,
 * a place on the timeline), which would be most of the bill if few people shared an edition.
 */
export interface Batch {
  editions: PlannedEdition[];
  /** Sids whose digest reaches back, and to which runs. */
  reaches?: Record<string, ReachKey[]>;
}

/** Those of a batch who get the same. */
export interface PlannedEdition {
  /** Digests: the exact list of articles, by rising publication number. Empty for announcements. */
  numbers: number[];
  sids: string[];
}

/** What planning found in one shard: its first complete attempt counts. */
export interface Manifest {
  runId: string;
  shard: number;
  /** The attempt that its batches are kept under. */
  attempt: string;
  batches: number;
  mails: number;
  editions: number;
  /** `candidates = mails + excluded`. */
  candidates: number;
  excluded: Totals['excluded'];
  plannedAt: string;
}

/** A window that a subscriber's digest did not cover, or not for certain; their next one does. */
export interface Reach {
  cadence: Cadence;
  shard: number;
  sid: string;
  /** The run that left it open. */
  runId: string;
  fromNumber: number;
  toNumber: number;
  /** The run that was planned to cover it; while that run is open, no other does. */
  takenBy?: string;
}

export type ReachKey = Pick<Reach, 'cadence' | 'shard' | 'sid' | 'runId'>;

/** What the clock asks of notify: plan one shard of a run, or queue the batches of a planned one. */
export interface PlanMessage {
  runId: string;
  shard: number;
  step: 'plan' | 'queue';
}

/** What planning asks of delivery. */
export interface DeliverMessage {
  runId: string;
  shard: number;
  attempt: string;
  batch: number;
}

export const noneReported: Reported = { bounces: 0, complaints: 0, rejects: 0 };

export const noTotals = (): Totals => ({
  candidates: 0,
  accepted: 0,
  failed: 0,
  unknown: 0,
  excluded: {},
  possibleDuplicates: 0,
});

export function addTotals(a: Totals, b: Totals): Totals {
  const excluded = { ...a.excluded };
  for (const [reason, count] of Object.entries(b.excluded)) {
    excluded[reason as Exclusion] = (excluded[reason as Exclusion] ?? 0) + count;
  }
  return {
    candidates: a.candidates + b.candidates,
    accepted: a.accepted + b.accepted,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
    excluded,
    possibleDuplicates: a.possibleDuplicates + b.possibleDuplicates,
  };
}

export const excludedCount = ({ excluded }: Pick<Totals, 'excluded'>): number =>
  Object.values(excluded).reduce((sum, count) => sum + count, 0);

/** Is every candidate accounted for? */
export const addsUp = (totals: Totals): boolean =>
  totals.candidates === totals.accepted + totals.failed + totals.unknown + excludedCount(totals);

import type { EditorialStatus } from './freeze.ts';

/** What a CMS is told of; how long to wait follows from `until`, and is no change by itself. */
export type ToldStatus = Omit<EditorialStatus, 'retryAfter'>;

/** A change of the editorial status, and what became of telling the CMS. */
export interface StatusChange {
  /** 1 for the first ever, then one more each. */
  number: number;
  /** When it was noticed, ISO 8601. */
  at: string;
  status: ToldStatus;
  /** `superseded`: the next change came before the CMS answered. `given-up`: it did not answer for days. */
  state: 'pending' | 'delivered' | 'superseded' | 'given-up';
  /** Oldest first. */
  attempts: { at: string; outcome: string }[];
  /** ISO 8601. */
  nextAttemptAt: string;
  /** Raised with every write; conditional writes compare it. */
  version: number;
}

/** The changes of the editorial status, in their order. */
export interface StatusChangeStore {
  /** Strongly consistent. */
  latest(): Promise<StatusChange | undefined>;
  /** The latest ones, newest first. */
  list(limit: number): Promise<StatusChange[]>;
  /** `'taken'` when another clock has filed that number; nothing is written then. */
  create(change: StatusChange): Promise<'created' | 'taken'>;
  /** `'conflict'` unless the stored version is `next.version - 1`; nothing is written then. */
  update(next: StatusChange): Promise<'updated' | 'conflict'>;
}

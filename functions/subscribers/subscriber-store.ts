import type { ConsentEntry } from './consent.ts';
import type { Subscriber } from './subscriber.ts';

/** A row to be written, and the ledger's line for it: there is no change without one. */
export interface Change {
  /** Its `version` must be higher than any in its ledger, so that the ledger has one order whatever the clocks say. */
  subscriber: Subscriber;
  /** Version of the stored row; 0 when there is none, or only an expired one at the moment of the entry. */
  expected: number;
  entry: ConsentEntry;
}

/** Subscribers, and the ledger of their consent. */
export interface SubscriberStore {
  /** The row, unless it is pending and expired at `now` (epoch seconds): TTL deletes late. Strongly consistent. */
  get(sid: string, now: number): Promise<Subscriber | undefined>;
  /**
   * The rows that exist among `sids`, in no order. Any number. Strongly consistent, at a read unit each: it is the last
   * look before a mail, and who has just seen "abgemeldet" must get none.
   */
  getMany(sids: readonly string[], now: number): Promise<Subscriber[]>;
  /**
   * Writes rows and ledger lines in one transaction.
   *
   * @param changes of one or two different sids
   * @returns `'conflict'` when another writer was faster at any of them; nothing is written then.
   */
  put(...changes: Change[]): Promise<'written' | 'conflict'>;
  /** Every row of one shard, in the order of sids, a page at a time, from behind `after` when given. May lag too. */
  listShard(shard: number, now: number, after?: string): AsyncIterable<Subscriber[]>;
  /** The ledger of one person, by rising version. Strongly consistent. */
  history(sid: string, now: number): Promise<ConsentEntry[]>;
  /**
   * Deletes the row, cuts the ledger down to its least, and appends `entry`. Can be repeated after a crash.
   *
   * @param expected as in {@link Change}
   * @param entry an `erased` one
   * @returns `'conflict'` when another writer was faster; nothing is written then.
   */
  erase(sid: string, expected: number, entry: ConsentEntry): Promise<'erased' | 'conflict'>;
}

import type { Subscriber } from './subscriber.ts';

export interface SubscriberStore {
  /** The row, unless it is pending and expired at `now` (epoch seconds): TTL deletes late. Strongly consistent. */
  get(sid: string, now: number): Promise<Subscriber | undefined>;
  /** The rows that exist among `sids`, in no order. Any number. */
  getMany(sids: readonly string[], now: number): Promise<Subscriber[]>;
  /**
   * Writes a row whose stored version is `expected` (0: there is none). The row's own `version` must be `expected + 1`.
   *
   * @returns `'conflict'` when another writer was faster; nothing is written then.
   */
  put(subscriber: Subscriber, expected: number): Promise<'written' | 'conflict'>;
  delete(sid: string): Promise<void>;
  /** Every row of one shard, in the order of sids, a page at a time, from behind `after` when given. */
  listShard(shard: number, now: number, after?: string): AsyncIterable<Subscriber[]>;
}

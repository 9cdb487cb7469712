import { epochSeconds, Temporal } from '../platform/time.ts';
import { leastOf, type ConsentEntry } from './consent.ts';
import { shardOf } from './sid.ts';
import type { Change, SubscriberStore } from './subscriber-store.ts';
import type { Subscriber } from './subscriber.ts';
import { copyOf } from '../platform/copy.ts';

const pageSize = 100;

/** Subscribers in memory, for tests and simulations. */
export class MemorySubscriberStore implements SubscriberStore {
  readonly #shardCount: number;
  readonly #rows = new Map<string, Subscriber>();
  readonly #ledger = new Map<string, ConsentEntry[]>();

  constructor(shardCount: number) {
    this.#shardCount = shardCount;
  }

  async get(sid: string, now: number): Promise<Subscriber | undefined> {
    return copyOf(this.#row(sid, now));
  }

  async getMany(sids: readonly string[], now: number): Promise<Subscriber[]> {
    return [...new Set(sids)].flatMap((sid) => copyOf(this.#row(sid, now)) ?? []);
  }

  async put(...changes: Change[]): Promise<'written' | 'conflict'> {
    const asExpected = changes.every(
      ({ subscriber, expected, entry }) => this.#versionAt(subscriber.sid, entry.at) === expected,
    );
    if (!asExpected) return 'conflict';
    for (const { subscriber, entry } of changes) {
      this.#rows.set(subscriber.sid, copyOf(subscriber));
      this.#append(subscriber.sid, entry);
    }
    return 'written';
  }

  async *listShard(shard: number, now: number, after = ''): AsyncIterable<Subscriber[]> {
    const sids = [...this.#rows.keys()]
      .filter((sid) => shardOf(sid, this.#shardCount) === shard && sid > after)
      .sort();
    for (let start = 0; start < sids.length; start += pageSize) {
      yield this.getMany(sids.slice(start, start + pageSize), now);
    }
  }

  async history(sid: string, now: number): Promise<ConsentEntry[]> {
    const entries = this.#ledger.get(sid) ?? [];
    return copyOf(entries.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now));
  }

  async erase(sid: string, expected: number, entry: ConsentEntry): Promise<'erased' | 'conflict'> {
    if (this.#versionAt(sid, entry.at) !== expected) return 'conflict';
    this.#rows.delete(sid);
    this.#ledger.set(sid, (this.#ledger.get(sid) ?? []).map(leastOf));
    this.#append(sid, entry);
    return 'erased';
  }

  #versionAt(sid: string, at: string): number {
    return this.#row(sid, epochSeconds(Temporal.Instant.from(at)))?.version ?? 0;
  }

  #row(sid: string, now: number): Subscriber | undefined {
    const row = this.#rows.get(sid);
    return row?.expiresAt !== undefined && row.expiresAt <= now ? undefined : row;
  }

  #append(sid: string, entry: ConsentEntry): void {
    const entries = [...(this.#ledger.get(sid) ?? []), copyOf(entry)];
    this.#ledger.set(
      sid,
      entries.sort((a, b) => a.version - b.version),
    );
  }
}

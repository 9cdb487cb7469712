import { isoMillis, type Temporal } from '../platform/time.ts';
import { together } from '../platform/together.ts';
import type { DeliveryLedger } from '../runs/delivery-ledger.ts';
import type { Reach, Run } from '../runs/run.ts';
import { keptDays, type RunStore } from '../runs/run-store.ts';
import { shardOf } from '../subscribers/sid.ts';
import { cadences, type Subscriber } from '../subscribers/subscriber.ts';
import { windowOf } from './window.ts';

export interface OwedParts {
  runs: RunStore;
  deliveries: DeliveryLedger;
}

/** That a digest run left someone without their digest. */
export function reachOf(run: Run, shard: number, sid: string): Reach {
  return { shard, sid, runId: run.id, ...windowOf(run) };
}

const none: readonly Reach[] = [];

/** What earlier runs owe the people of one shard, of which a digest run brings what it can. */
export class Owed {
  readonly #parts: OwedParts;
  readonly #run: Run;
  readonly #oldest: string;
  readonly #reaches: Map<string, readonly Reach[]>;
  readonly #closed = new Map<string, boolean>();

  private constructor(
    parts: OwedParts,
    run: Run,
    now: Temporal.Instant,
    reaches: Map<string, readonly Reach[]>,
  ) {
    this.#parts = parts;
    this.#run = run;
    this.#oldest = isoMillis(now.subtract({ hours: 24 * keptDays }));
    this.#reaches = reaches;
  }

  /** Reads what the people of a shard are owed, whatever their cadence. A repeated plan may find what its own first attempt noted. */
  static async to(parts: OwedParts, run: Run, shard: number, now: Temporal.Instant): Promise<Owed> {
    const all = new Map<string, readonly Reach[]>();
    for (const cadence of cadences) {
      for (const [sid, reaches] of await parts.runs.listReaches(cadence, shard)) {
        const others = reaches.filter(({ runId }) => runId !== run.id);
        all.set(sid, [...(all.get(sid) ?? []), ...others]);
      }
    }
    return new Owed(parts, run, now, all);
  }

  /** Windows that this person's digest reaches back to. */
  of(sid: string): readonly Reach[] {
    return this.#reaches.get(sid) ?? none;
  }

  /**
   * Keeps of what someone is owed what is still open and the run's to bring.
   *
   * @param takes the run writes to them, so no other may bring it
   */
  async keepOpen(subscriber: Subscriber, takes: boolean): Promise<void> {
    const { runs } = this.#parts;
    const { sid, movedFrom = [] } = subscriber;
    const formerSids = movedFrom
      .filter((move) => move.at > this.#oldest && move.sid !== sid)
      .map((move) => move.sid);
    for (const former of formerSids) {
      const reaches = await runs.reachesOf(shardOf(former, this.#run.shards), former);
      if (reaches.length > 0) this.#reaches.set(sid, [...this.of(sid), ...reaches]);
    }
    if (this.of(sid).length === 0) return;
    const open = await together(
      this.of(sid)
        .filter((reach) => this.#isOurs(reach, subscriber))
        .map(async (reach) => ((await this.#isOpen(reach, [sid, ...formerSids])) ? [reach] : [])),
    );
    this.#reaches.set(sid, takes ? await runs.takeReaches(open.flat(), this.#run.id) : open.flat());
  }

  /** What a cadence owes that someone has no more, the fastest that they have brings. */
  #isOurs(reach: Reach, { subscriptions }: Subscriber): boolean {
    const { cadence } = this.#run;
    const fastest = cadences.find((one) => subscriptions.some((had) => had.cadence === one));
    return (
      reach.cadence === cadence ||
      (cadence === fastest && subscriptions.every((had) => had.cadence !== reach.cadence))
    );
  }

  /** Not what has come after all, nor what another run has brought or is about to bring. */
  async #isOpen({ runId, takenBy = this.#run.id }: Reach, sids: readonly string[]): Promise<boolean> {
    if (await this.#isAccepted(runId, sids)) return false;
    return (
      takenBy === this.#run.id ||
      ((await this.#isClosed(takenBy)) && !(await this.#isAccepted(takenBy, sids)))
    );
  }

  async #isClosed(runId: string): Promise<boolean> {
    const known = this.#closed.get(runId) ?? (await this.#parts.runs.get(runId))?.state === 'closed';
    this.#closed.set(runId, known);
    return known;
  }

  /** Has a run reached someone, by whichever of their names? */
  async #isAccepted(runId: string, sids: readonly string[]): Promise<boolean> {
    const deliveries = await together(
      sids.map((sid) => this.#parts.deliveries.get({ runId, shard: shardOf(sid, this.#run.shards), sid })),
    );
    return deliveries.some((delivery) => delivery?.state === 'accepted');
  }
}

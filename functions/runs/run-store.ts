import type { Cadence } from '../subscribers/subscriber.ts';
import type {
  Batch,
  CadencePointer,
  CadencePointers,
  Manifest,
  Reach,
  ReachKey,
  Run,
  Totals,
} from './run.ts';

/** How long rows of runs are kept. */
export const keptDays = 90;

/** Runs, what was planned for them, and how far they have come. Reads are strongly consistent unless said otherwise. */
export interface RunStore {
  /** How far each cadence has come; one that no clock has ticked for yet is missing. */
  pointers(): Promise<CadencePointers>;
  /**
   * Moves a cadence's pointer from `expected` (its slot and number; `undefined`: there is none) to `next`, and creates
   * the run if one is given, in one transaction.
   *
   * @returns `'taken'` when another clock was faster; nothing is written then.
   */
  movePointer(
    cadence: Cadence,
    expected: CadencePointer | undefined,
    next: CadencePointer,
    run?: Run,
  ): Promise<'moved' | 'taken'>;
  /** Creates a run that hangs on no pointer. */
  create(run: Run): Promise<'created' | 'exists'>;
  get(id: string): Promise<Run | undefined>;
  /** Writes a run whose stored version is `run.version - 1`. Closed runs leave {@link RunStore.listOpen}. */
  update(run: Run): Promise<'updated' | 'conflict'>;
  listOpen(): Promise<Run[]>;
  /** The latest closed runs, by falling time of creation. */
  listClosed(limit: number): Promise<Run[]>;

  /** Keeps batches of one planning attempt, numbered from `first`. Writing them again changes nothing. */
  putBatches(runId: string, shard: number, attempt: string, first: number, batches: Batch[]): Promise<void>;
  getBatch(runId: string, shard: number, attempt: string, batch: number): Promise<Batch | undefined>;
  /** `'exists'` when an attempt at this shard was complete before. */
  putManifest(manifest: Manifest): Promise<'written' | 'exists'>;
  getManifest(runId: string, shard: number): Promise<Manifest | undefined>;
  listManifests(runId: string): Promise<Manifest[]>;
  /**
   * Records what became of a batch, once, and what it leaves open, in one transaction; so what a later digest has covered
   * is not noted again by a worker that comes late.
   *
   * @param totals `candidates` are its mails
   * @param owed as many as a batch has mails, at most
   */
  finishBatch(
    runId: string,
    shard: number,
    batch: number,
    totals: Totals,
    owed: readonly Reach[],
  ): Promise<'finished' | 'already'>;
  /** What became of one batch. May lag behind by moments. */
  getFinished(runId: string, shard: number, batch: number): Promise<Totals | undefined>;
  /** Finished batches of a shard by number. May lag behind by moments. */
  listFinished(runId: string, shard: number): Promise<Map<number, Totals>>;

  /** Notes what is left open. What has been noted before stays as it is. */
  putReaches(reaches: readonly Reach[]): Promise<void>;
  /**
   * Says which run is going to cover what is left open.
   *
   * @param reaches as they were listed: what another run has taken since then, or covered, is not taken
   * @returns those that are taken by this run now
   */
  takeReaches(reaches: readonly Reach[], by: string): Promise<Reach[]>;
  /** What digests of this cadence still have to cover in a shard, by sid. */
  listReaches(cadence: Cadence, shard: number): Promise<Map<string, Reach[]>>;
  /** What digests have left open for one person, of whatever cadence. */
  reachesOf(shard: number, sid: string): Promise<Reach[]>;
  /** Forgets what a digest has covered. */
  deleteReaches(reaches: readonly ReachKey[]): Promise<void>;
}

export const samePointer = (a: CadencePointer | undefined, b: CadencePointer | undefined): boolean =>
  a?.slot === b?.slot && a?.toNumber === b?.toNumber && a?.frozen === b?.frozen;

export function bySid(reaches: readonly Reach[]): Map<string, Reach[]> {
  const grouped = new Map<string, Reach[]>();
  for (const reach of reaches) grouped.set(reach.sid, [...(grouped.get(reach.sid) ?? []), reach]);
  return grouped;
}

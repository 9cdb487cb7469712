import { cadences, type Cadence } from '../subscribers/subscriber.ts';
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
import { bySid, samePointer, type RunStore } from './run-store.ts';
import { copyOf } from '../platform/copy.ts';
import { together } from '../platform/together.ts';

export class MemoryRuns implements RunStore {
  readonly #pointers = new Map<Cadence, CadencePointer>();
  readonly #runs = new Map<string, Run>();
  /** Ids of those that are not closed. */
  readonly #open = new Set<string>();
  readonly #batches = new Map<string, Batch>();
  /** By run, by shard. */
  readonly #manifests = new Map<string, Map<number, Manifest>>();
  /** By run and shard, by batch. */
  readonly #finished = new Map<string, Map<number, Totals>>();
  /** By cadence and shard, by sid and run. */
  readonly #reaches = new Map<string, Map<string, Reach>>();

  async pointers(): Promise<CadencePointers> {
    return Object.fromEntries(this.#pointers);
  }

  async movePointer(
    cadence: Cadence,
    expected: CadencePointer | undefined,
    next: CadencePointer,
    run?: Run,
  ): Promise<'moved' | 'taken'> {
    if (!samePointer(this.#pointers.get(cadence), expected)) return 'taken';
    if (run !== undefined && (await this.create(run)) === 'exists') return 'taken';
    this.#pointers.set(cadence, copyOf(next));
    return 'moved';
  }

  async create(run: Run): Promise<'created' | 'exists'> {
    if (this.#runs.has(run.id)) return 'exists';
    this.#runs.set(run.id, copyOf(run));
    this.#open.add(run.id);
    return 'created';
  }

  async get(id: string): Promise<Run | undefined> {
    return copyOf(this.#runs.get(id));
  }

  async update(run: Run): Promise<'updated' | 'conflict'> {
    const present = this.#runs.get(run.id);
    if (present?.version !== run.version - 1 || present.state === 'closed') return 'conflict';
    this.#runs.set(run.id, copyOf(run));
    if (run.state === 'closed') this.#open.delete(run.id);
    return 'updated';
  }

  async listOpen(): Promise<Run[]> {
    const open = [...this.#open].flatMap((id) => this.#runs.get(id) ?? []);
    return copyOf(newestFirst(open).reverse());
  }

  async listClosed(limit: number): Promise<Run[]> {
    const closed = [...this.#runs.values()].filter(({ id }) => !this.#open.has(id));
    return copyOf(newestFirst(closed).slice(0, limit));
  }

  async putBatches(
    runId: string,
    shard: number,
    attempt: string,
    first: number,
    batches: Batch[],
  ): Promise<void> {
    batches.forEach((batch, index) => {
      this.#batches.set(`${runId}#${shard}#${attempt}#${first + index}`, copyOf(batch));
    });
  }

  async getBatch(runId: string, shard: number, attempt: string, batch: number): Promise<Batch | undefined> {
    return copyOf(this.#batches.get(`${runId}#${shard}#${attempt}#${batch}`));
  }

  async putManifest(manifest: Manifest): Promise<'written' | 'exists'> {
    const shards = partOf(this.#manifests, manifest.runId);
    if (shards.has(manifest.shard)) return 'exists';
    shards.set(manifest.shard, copyOf(manifest));
    return 'written';
  }

  async getManifest(runId: string, shard: number): Promise<Manifest | undefined> {
    return copyOf(this.#manifests.get(runId)?.get(shard));
  }

  async listManifests(runId: string): Promise<Manifest[]> {
    return copyOf([...partOf(this.#manifests, runId).values()].sort((a, b) => a.shard - b.shard));
  }

  async finishBatch(
    runId: string,
    shard: number,
    batch: number,
    totals: Totals,
    owed: readonly Reach[],
  ): Promise<'finished' | 'already'> {
    const finished = partOf(this.#finished, `${runId}#${shard}`);
    if (finished.has(batch)) return 'already';
    finished.set(batch, copyOf(totals));
    await this.putReaches(owed);
    return 'finished';
  }

  async getFinished(runId: string, shard: number, batch: number): Promise<Totals | undefined> {
    return copyOf(this.#finished.get(`${runId}#${shard}`)?.get(batch));
  }

  async listFinished(runId: string, shard: number): Promise<Map<number, Totals>> {
    return new Map(
      [...partOf(this.#finished, `${runId}#${shard}`)].map(([batch, totals]) => [batch, copyOf(totals)]),
    );
  }

  async putReaches(reaches: readonly Reach[]): Promise<void> {
    for (const reach of reaches) {
      const known = this.#reachesOf(reach);
      const key = `${reach.sid}#${reach.runId}`;
      if (!known.has(key)) known.set(key, { ...reach });
    }
  }

  async takeReaches(reaches: readonly Reach[], by: string): Promise<Reach[]> {
    return reaches.flatMap((reach) => {
      const present = this.#reachesOf(reach).get(`${reach.sid}#${reach.runId}`);
      if (present === undefined) return [];
      if (present.takenBy !== by && present.takenBy !== reach.takenBy) return [];
      present.takenBy = by;
      return { ...present };
    });
  }

  async listReaches(cadence: Cadence, shard: number): Promise<Map<string, Reach[]>> {
    return bySid(copyOf([...this.#reachesOf({ cadence, shard }).values()]));
  }

  async reachesOf(shard: number, sid: string): Promise<Reach[]> {
    const lists = await together(cadences.map((cadence) => this.listReaches(cadence, shard)));
    return lists.flatMap((list) => list.get(sid) ?? []);
  }

  async deleteReaches(reaches: readonly ReachKey[]): Promise<void> {
    for (const reach of reaches) this.#reachesOf(reach).delete(`${reach.sid}#${reach.runId}`);
  }

  #reachesOf({ cadence, shard }: Pick<Reach, 'cadence' | 'shard'>): Map<string, Reach> {
    return partOf(this.#reaches, `${cadence}#${shard}`);
  }
}

function partOf<K, V>(of: Map<string, Map<K, V>>, name: string): Map<K, V> {
  let part = of.get(name);
  if (part === undefined) {
    part = new Map();
    of.set(name, part);
  }
  return part;
}

const newestFirst = (runs: readonly Run[]): Run[] => runs.toSorted((a, b) => (isOlder(a, b) ? 1 : -1));

const isOlder = (a: Run, b: Run): boolean =>
  a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;

import type { Cadence } from '../subscribers/subscriber.ts';
import type { Batch, CadencePointer, Manifest, Reach, Run, Totals } from './run.ts';
import { bySid, samePointer, type RunStore } from './run-store.ts';

export class MemoryRuns implements RunStore {
  readonly #pointers = new Map<Cadence, CadencePointer>();
  readonly #runs = new Map<string, Run>();
  readonly #batches = new Map<string, Batch>();
  readonly #manifests = new Map<string, Manifest>();
  readonly #finished = new Map<string, Totals>();
  readonly #reaches = new Map<string, Reach>();

  async pointer(cadence: Cadence): Promise<CadencePointer | undefined> {
    return structuredClone(this.#pointers.get(cadence));
  }

  async movePointer(
    cadence: Cadence,
    expected: CadencePointer | undefined,
    next: CadencePointer,
    run?: Run,
  ): Promise<'moved' | 'taken'> {
    if (!samePointer(this.#pointers.get(cadence), expected)) return 'taken';
    if (run !== undefined && (await this.create(run)) === 'exists') return 'taken';
    this.#pointers.set(cadence, structuredClone(next));
    return 'moved';
  }

  async create(run: Run): Promise<'created' | 'exists'> {
    if (this.#runs.has(run.id)) return 'exists';
    this.#runs.set(run.id, structuredClone(run));
    return 'created';
  }

  async get(id: string): Promise<Run | undefined> {
    return structuredClone(this.#runs.get(id));
  }

  async update(run: Run): Promise<'updated' | 'conflict'> {
    const present = this.#runs.get(run.id);
    if (present?.version !== run.version - 1 || present.state === 'closed') return 'conflict';
    this.#runs.set(run.id, structuredClone(run));
    return 'updated';
  }

  async listOpen(): Promise<Run[]> {
    return structuredClone(
      this.#newestFirst()
        .filter(({ state }) => state !== 'closed')
        .reverse(),
    );
  }

  async listClosed(limit: number): Promise<Run[]> {
    return structuredClone(
      this.#newestFirst()
        .filter(({ state }) => state === 'closed')
        .slice(0, limit),
    );
  }

  async putBatches(
    runId: string,
    shard: number,
    attempt: string,
    first: number,
    batches: Batch[],
  ): Promise<void> {
    batches.forEach((batch, index) => {
      this.#batches.set(`${runId}#${shard}#${attempt}#${first + index}`, structuredClone(batch));
    });
  }

  async getBatch(runId: string, shard: number, attempt: string, batch: number): Promise<Batch | undefined> {
    return structuredClone(this.#batches.get(`${runId}#${shard}#${attempt}#${batch}`));
  }

  async putManifest(manifest: Manifest): Promise<'written' | 'exists'> {
    const key = `${manifest.runId}#${manifest.shard}`;
    if (this.#manifests.has(key)) return 'exists';
    this.#manifests.set(key, structuredClone(manifest));
    return 'written';
  }

  async getManifest(runId: string, shard: number): Promise<Manifest | undefined> {
    return structuredClone(this.#manifests.get(`${runId}#${shard}`));
  }

  async listManifests(runId: string): Promise<Manifest[]> {
    return structuredClone(
      [...this.#manifests.values()]
        .filter((manifest) => manifest.runId === runId)
        .sort((a, b) => a.shard - b.shard),
    );
  }

  async finishBatch(
    runId: string,
    shard: number,
    batch: number,
    totals: Totals,
  ): Promise<'finished' | 'already'> {
    const key = `${runId}#${shard}#${batch}`;
    if (this.#finished.has(key)) return 'already';
    this.#finished.set(key, structuredClone(totals));
    return 'finished';
  }

  async getFinished(runId: string, shard: number, batch: number): Promise<Totals | undefined> {
    return structuredClone(this.#finished.get(`${runId}#${shard}#${batch}`));
  }

  async listFinished(runId: string, shard: number): Promise<Map<number, Totals>> {
    const prefix = `${runId}#${shard}#`;
    return new Map(
      [...this.#finished]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, totals]) => [Number(key.slice(prefix.length)), structuredClone(totals)]),
    );
  }

  async putReaches(reaches: readonly Reach[]): Promise<void> {
    for (const reach of reaches) this.#reaches.set(reachKey(reach), { ...reach });
  }

  async listReaches(cadence: Cadence, shard: number): Promise<Map<string, Reach[]>> {
    const of = [...this.#reaches.values()].filter(
      (reach) => reach.cadence === cadence && reach.shard === shard,
    );
    return bySid(structuredClone(of));
  }

  async deleteReaches(reaches: readonly Pick<Reach, 'cadence' | 'shard' | 'sid' | 'runId'>[]): Promise<void> {
    for (const reach of reaches) this.#reaches.delete(reachKey(reach));
  }

  #newestFirst(): Run[] {
    return [...this.#runs.values()].sort((a, b) =>
      `${a.createdAt}#${a.id}` < `${b.createdAt}#${b.id}` ? 1 : -1,
    );
  }
}

const reachKey = (reach: Pick<Reach, 'cadence' | 'shard' | 'sid' | 'runId'>): string =>
  `${reach.cadence}#${reach.shard}#${reach.sid}#${reach.runId}`;

import type { DeliveryKey } from '../runs/delivery-ledger.ts';
import type { RunStore } from '../runs/run-store.ts';

const keptBatches = 5000;

/**
 * Batches in which nothing is unknown, so that SES's send events tell nothing new. Its events of a batch come close
 * together: one look at the batch answers for all of them.
 */
export class SettledBatches {
  readonly #runs: Pick<RunStore, 'getFinished'>;
  readonly #known = new Set<string>();

  constructor(runs: Pick<RunStore, 'getFinished'>) {
    this.#runs = runs;
  }

  /** @param batch its number, as the mail's tag says it */
  async has(
    { runId, shard }: Pick<DeliveryKey, 'runId' | 'shard'>,
    batch: string | undefined,
  ): Promise<boolean> {
    if (batch === undefined) return false;
    const key = `${runId}#${shard}#${batch}`;
    if (this.#known.has(key)) return true;
    const totals = await this.#runs.getFinished(runId, shard, Number(batch));
    if (totals?.unknown !== 0) return false;
    if (this.#known.size >= keptBatches) this.#known.clear();
    this.#known.add(key);
    return true;
  }
}

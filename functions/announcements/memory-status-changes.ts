import type { StatusChange, StatusChangeStore } from './status-change.ts';
import { copyOf } from '../platform/copy.ts';

/** Status changes in memory, for tests and simulations. */
export class MemoryStatusChanges implements StatusChangeStore {
  readonly #changes: StatusChange[] = [];

  async latest(): Promise<StatusChange | undefined> {
    return copyOf(this.#changes.at(-1));
  }

  async list(limit: number): Promise<StatusChange[]> {
    return copyOf(this.#changes.toReversed().slice(0, limit));
  }

  async create(change: StatusChange): Promise<'created' | 'taken'> {
    if (this.#changes.some(({ number }) => number === change.number)) return 'taken';
    this.#changes.push(copyOf(change));
    return 'created';
  }

  async update(next: StatusChange): Promise<'updated' | 'conflict'> {
    const index = this.#changes.findIndex(({ number }) => number === next.number);
    if (this.#changes[index]?.version !== next.version - 1) return 'conflict';
    this.#changes[index] = copyOf(next);
    return 'updated';
  }
}

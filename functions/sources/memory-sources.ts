import type { Source } from '../../config/sources.ts';
import {
  initialState,
  redefine,
  type RegisteredSource,
  type SourceState,
  type SourceStore,
} from './source-store.ts';
import { copyOf } from '../platform/copy.ts';

export class MemorySources implements SourceStore {
  readonly #sources = new Map<string, RegisteredSource>();

  async list(): Promise<RegisteredSource[]> {
    return copyOf([...this.#sources.values()].sort((a, b) => (a.source.id < b.source.id ? -1 : 1)));
  }

  async get(id: string): Promise<RegisteredSource | undefined> {
    return copyOf(this.#sources.get(id));
  }

  async define(sources: readonly Source[], at: string): Promise<void> {
    for (const known of this.#sources.values()) {
      const { source } = known;
      if (!sources.some(({ id }) => id === source.id))
        this.#keep({ ...known, source: { ...source, active: false } });
    }
    for (const source of sources) {
      const known = this.#sources.get(source.id);
      this.#keep(
        known === undefined ? { source, state: initialState(source, at) } : redefine(known, source, at),
      );
    }
  }

  async claimPoll(id: string, expected: string, next: string): Promise<'claimed' | 'taken'> {
    const known = this.#sources.get(id);
    if (known?.state.nextPollAt !== expected) return 'taken';
    this.#keep({ ...known, state: { ...known.state, nextPollAt: next } });
    return 'claimed';
  }

  async recordPoll(id: string, changes: Partial<SourceState>): Promise<void> {
    const known = this.#sources.get(id);
    if (known === undefined) throw new Error(`Source ${id} is not registered`);
    const state: Record<string, unknown> = { ...known.state, ...changes };
    for (const [name, value] of Object.entries(state))
      if (value === undefined) Reflect.deleteProperty(state, name);
    this.#keep({ ...known, state: state as Record<keyof SourceState, unknown> as SourceState });
  }

  #keep(registered: RegisteredSource): void {
    this.#sources.set(registered.source.id, copyOf(registered));
  }
}

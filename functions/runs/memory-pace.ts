import type { Pace, PaceStore } from './pace.ts';

export class MemoryPace implements PaceStore {
  #pace: Pace | undefined;

  async read(): Promise<Pace | undefined> {
    return this.#pace && { ...this.#pace };
  }

  async write(pace: Pace): Promise<'written' | Pace | undefined> {
    if ((this.#pace?.version ?? 0) !== pace.version - 1) return this.read();
    this.#pace = { ...pace };
    return 'written';
  }
}

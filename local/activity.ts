/** Counts what is under way, and lets something happen while nothing is. */
export class Activity {
  #running = 0;
  #standingStill: Promise<void> | undefined;
  #whenIdle: (() => void)[] = [];

  get isIdle(): boolean {
    return this.#running === 0;
  }

  /** Runs work as soon as nothing stands still for someone else. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    while (this.#standingStill !== undefined) await this.#standingStill;
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
  }

  /** Holds new work back, waits for the end of what is under way, does this, and lets go again. */
  async standStill(act: () => void): Promise<void> {
    while (this.#standingStill !== undefined) await this.#standingStill;
    let goOn = (): void => undefined;
    this.#standingStill = new Promise((resolve) => (goOn = resolve));
    try {
      if (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
      act();
    } finally {
      this.#standingStill = undefined;
      goOn();
    }
  }
}

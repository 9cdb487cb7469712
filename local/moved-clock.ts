/**
 * The machine's clock, moved ahead. Only `Date.now` is moved: everything that Herold decides by time takes it from
 * there, and whoever sends, waits or measures on this machine goes on in real time.
 */
export class MovedClock {
  #aheadMs: number;
  readonly #save: (aheadMs: number) => void;
  readonly #realNow = Date.now.bind(Date);

  /**
   * Moves `Date.now` from now on.
   *
   * @param aheadMs how far it was moved before: stored state must never see time run backwards
   */
  constructor(aheadMs: number, save: (aheadMs: number) => void) {
    this.#aheadMs = aheadMs;
    this.#save = save;
    Date.now = () => this.#realNow() + this.#aheadMs;
  }

  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Makes it `epochMs` now; a moment that has passed changes nothing. */
  moveTo(epochMs: number): void {
    this.#aheadMs = Math.max(this.#aheadMs, epochMs - this.#realNow());
    this.#save(this.#aheadMs);
  }

  stop(): void {
    Date.now = this.#realNow;
  }
}

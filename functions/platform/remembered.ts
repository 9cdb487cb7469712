/**
 * Answers of a pure function that is asked the same again and again, by all that they depend on. They are shared:
 * nobody may change them.
 */
export class Remembered<T> {
  readonly #answers = new Map<string, T>();
  readonly #most: number;

  /** @param most answers kept at a time */
  constructor(most = 1000) {
    this.#most = most;
  }

  of(question: string, answer: () => T): T {
    const known = this.#answers.get(question);
    if (known !== undefined) return known;
    const made = answer();
    if (this.#answers.size >= this.#most) this.#answers.clear();
    this.#answers.set(question, made);
    return made;
  }
}

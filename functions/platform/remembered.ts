import { isDeepStrictEqual } from 'node:util';

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

/**
 * The newest answer of a pure function about each of many things, for as long as it is asked about the thing as it was.
 * For what is long, comparing it takes a fraction of the time of making it one string. Answers are shared, as above.
 */
export class Newest<Q extends object, T> {
  readonly #answers = new Map<string, { question: Q; answer: T }>();
  readonly #most: number;

  /** @param most things of which an answer is kept */
  constructor(most = 1000) {
    this.#most = most;
  }

  of(id: string, question: Q, answer: () => T): T {
    const known = this.#answers.get(id);
    if (known !== undefined && isSame(known.question, question)) return known.answer;
    const made = answer();
    if (known === undefined && this.#answers.size >= this.#most) this.#answers.clear();
    this.#answers.set(id, { question, answer: made });
    return made;
  }
}

/** Plain objects, field by field: nearly all are strings, at which Node's own comparison is slow. */
function isSame<Q extends object>(a: Q, b: Q): boolean {
  if (a === b) return true;
  for (const name in a) if (a[name] !== b[name] && !isDeepStrictEqual(a[name], b[name])) return false;
  for (const name in b) if (!(name in a)) return false;
  return true;
}

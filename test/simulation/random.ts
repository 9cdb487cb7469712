import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

/** Chance from a seed: the same numbers in the same order, on every machine. */
export class Random {
  #state: number;

  constructor(...seed: (number | string)[]) {
    // FNV-1a over the parts, so that streams with other names have nothing in common.
    let hash = 0x811c9dc5;
    for (const character of seed.join('/')) {
      hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
    }
    this.#state = hash >>> 0;
  }

  /** In [0, 1). mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number with `low ≤ n ≤ high`. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(of: readonly T[]): T {
    const picked = of[Math.floor(this.next() * of.length)];
    if (picked === undefined) throw new Error('there is nothing to pick from');
    return picked;
  }

  /** As {@link pick}, each with a weight. */
  weighted<T>(of: readonly (readonly [T, number])[]): T {
    let rest = this.next() * of.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of of) {
      rest -= weight;
      if (rest < 0) return value;
    }
    throw new Error('there is nothing to pick from');
  }

  /** Exponentially distributed: how long until something that happens every `mean` on average. */
  wait(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}

/**
 * Makes the machine itself repeatable: whatever the code under test takes from Node by chance or by waiting comes from
 * the seed and from virtual time, so that no part of it needs to know of the simulation.
 *
 * @param sleep waits in virtual time
 * @param fetch answers requests over HTTP; whoever asks hangs up after so many milliseconds
 * @param turn is told of what waits for a turn of the event loop, and returns what is to happen at it
 * @returns puts everything back
 */
export function captureMachine(
  random: Random,
  sleep: (ms: number) => Promise<void>,
  fetch: (url: URL, request: { headers: Headers; body: string }, patienceMs: number) => Promise<Response>,
  turn: (happen: () => void) => () => void,
): () => void {
  const kept = {
    setImmediate: globalThis.setImmediate,
    random: Math.random,
    randomUUID: crypto.randomUUID,
    randomBytes: crypto.randomBytes,
    setTimeout: timersPromises.setTimeout,
    fetch: globalThis.fetch,
    timeout: AbortSignal.timeout.bind(AbortSignal),
  };
  const patience = new WeakMap<AbortSignal, number>();
  const bytes = (size: number): Buffer => {
    const made = Buffer.alloc(size);
    for (let at = 0; at < size; at++) made[at] = random.between(0, 255);
    return made;
  };
  const randomUUID = (): ReturnType<typeof crypto.randomUUID> => {
    const hex = bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  Math.random = () => random.next();
  crypto.randomUUID = randomUUID;
  // Only its synchronous form is used by us and by the libraries that we call.
  (crypto as { randomBytes: unknown }).randomBytes = bytes;
  (timersPromises as { setTimeout: unknown }).setTimeout = (ms = 0) => sleep(ms);
  const setImmediate = (callback: (...values: unknown[]) => void, ...values: unknown[]): NodeJS.Immediate =>
    kept.setImmediate(turn(() => callback(...values)));
  (globalThis as { setImmediate: unknown }).setImmediate = setImmediate;
  AbortSignal.timeout = (ms) => {
    const { signal } = new AbortController();
    patience.set(signal, ms);
    return signal;
  };
  globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = typeof init.body === 'string' ? init.body : '';
    const patienceMs = init.signal == null ? undefined : patience.get(init.signal);
    return fetch(url, { headers: new Headers(init.headers), body }, patienceMs ?? Infinity);
  };
  syncBuiltinESMExports();
  return () => {
    globalThis.setImmediate = kept.setImmediate;
    Math.random = kept.random;
    crypto.randomUUID = kept.randomUUID;
    crypto.randomBytes = kept.randomBytes;
    (timersPromises as { setTimeout: unknown }).setTimeout = kept.setTimeout;
    globalThis.fetch = kept.fetch;
    AbortSignal.timeout = kept.timeout;
    syncBuiltinESMExports();
  };
}

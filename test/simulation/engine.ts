import { setImmediate } from 'node:timers/promises';
import { Temporal, type Clock } from '../../functions/platform/time.ts';

/** Something that happens at a moment of virtual time. */
interface Due {
  atMs: number;
  /** Of two at the same moment, the one that was put first comes first. */
  order: number;
  /** `undefined` when it was called off. */
  happen: (() => void) | undefined;
}

/** Who waits: an invocation of a function, or an actor outside. Ends, or dies and is never heard of again. */
export interface Waiter {
  /** For the error that names who waits for what never comes. */
  name?: string;
  isOver: boolean;
  /** What it waits for in virtual time. With nothing, it is at work in real time. */
  waits: number;
}

/**
 * Virtual time, and everything that waits for it, in one queue. One thing happens at a time; what it sets going runs
 * until it waits again, so the same seed gives the same history whatever the machine does.
 */
export class Engine implements Clock {
  /** Who runs at present: whatever waits now is theirs. */
  current: Waiter | undefined;
  #nowMs: number;
  /** Asked for many times at one moment. */
  #now: Temporal.Instant;
  #queue: Due[] = [];
  #order = 0;
  /** Waiters that wait for nothing in virtual time, so that time must not move on. */
  #atWork = 0;
  /** Turns of Node's event loop that something waits for. */
  #turns = 0;
  /** Real calls under way (an emulator's). */
  #realCalls = 0;
  #failure: { error: unknown } | undefined;

  constructor(at: string) {
    this.#now = Temporal.Instant.from(at);
    this.#nowMs = this.#now.epochMilliseconds;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  now(): Temporal.Instant {
    if (this.#now.epochMilliseconds !== this.#nowMs)
      this.#now = Temporal.Instant.fromEpochMilliseconds(this.#nowMs);
    return this.#now;
  }

  /**
   * Lets something happen at a moment, or at once when that is past.
   *
   * @returns calls it off
   */
  at(atMs: number, happen: () => void): () => void {
    const due = this.#put(atMs, happen);
    return () => (due.happen = undefined);
  }

  after(ms: number, happen: () => void): void {
    this.#put(this.#nowMs + ms, happen);
  }

  #put(atMs: number, happen: () => void): Due {
    const due: Due = { atMs: Math.max(atMs, this.#nowMs), order: this.#order++, happen };
    // A binary heap: the queue is long, and what comes next is asked for at every step.
    const queue = this.#queue;
    let index = queue.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = queue[parent];
      if (above === undefined || !isBefore(due, above)) break;
      queue[index] = above;
      index = parent;
    }
    queue[index] = due;
    return due;
  }

  /** Runs something that waits from now on; resolves at its end, never at its death. */
  async live<T>(waiter: Waiter, work: () => Promise<T>): Promise<T> {
    if (waiter.waits === 0) this.#atWork += 1;
    // It stays the current one: nothing else runs until it waits, and what it does in between is its own.
    this.current = waiter;
    try {
      return await work();
    } finally {
      this.end(waiter);
    }
  }

  /** Nothing that it waits for comes any more. */
  end(waiter: Waiter): void {
    if (waiter.isOver) return;
    waiter.isOver = true;
    if (waiter.waits === 0) this.#atWork -= 1;
  }

  /**
   * What Node's own timers are here. An adapter that waits within a real call really waits: virtual time stands still
   * until the call is over.
   */
  timeout(ms: number): Promise<void> {
    const { current } = this;
    return current === undefined || this.#realCalls > 0
      ? new Promise((resolve) => setTimeout(resolve, ms))
      : this.sleep(ms, current);
  }

  /** Waits so many milliseconds. Whoever died meanwhile never goes on. */
  sleep(ms: number, waiter: Waiter): Promise<void> {
    return new Promise((resolve) => {
      if (waiter.isOver) return;
      if (waiter.waits++ === 0) this.#atWork -= 1;
      this.after(ms, () => {
        if (waiter.isOver) return;
        if (--waiter.waits === 0) this.#atWork += 1;
        this.current = waiter;
        resolve();
      });
    });
  }

  /**
   * What `setImmediate` lets happen, which must be before virtual time moves on. Node's streams wait for such turns, while
   * another part of the same invocation may wait in virtual time, and so have it counted as not at work.
   */
  turn(happen: () => void): () => void {
    this.#turns += 1;
    return () => {
      this.#turns -= 1;
      happen();
    };
  }

  /**
   * A call that takes real time, during which virtual time stands still. One at a time: of two, the machine would decide
   * which is answered first.
   */
  real<T>(call: Promise<T>): Promise<T> {
    if (this.#realCalls > 0) this.fail(new Error('two real calls are under way at once'));
    this.#realCalls += 1;
    const ended = (): void => {
      this.#realCalls -= 1;
    };
    call.then(ended, ended);
    return call;
  }

  /** Ends the run at its next step. */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /** Lets virtual time pass up to a moment. */
  run(untilMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      // A tick that is asked for among promises comes when every one of them has had its turn.
      const afterPromises = (): void => process.nextTick(step);
      const step = (): void => {
        try {
          if (this.#isAtWork) this.#settle().then(step, reject);
          else if (this.#next(untilMs)) void settled.then(afterPromises);
          else resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      void settled.then(afterPromises);
    });
  }

  /** Lets the next thing happen; `false` when there is none until that moment. */
  #next(untilMs: number): boolean {
    if (this.#failure !== undefined) throw this.#failure.error;
    while (this.#queue[0] !== undefined && this.#queue[0].happen === undefined) this.#pop();
    const next = this.#queue[0];
    if (next?.happen === undefined || next.atMs > untilMs) {
      this.#nowMs = Math.max(this.#nowMs, untilMs);
      return false;
    }
    this.#pop();
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    this.current = undefined;
    next.happen();
    return true;
  }

  get #isAtWork(): boolean {
    return this.#atWork > 0 || this.#realCalls > 0 || this.#turns > 0;
  }

  /** What works in real time (streams, modules, emulators) has come to where it waits again: some rounds of the event loop. */
  async #settle(): Promise<void> {
    let since = performance.now();
    while (this.#isAtWork) {
      await setImmediate();
      // By the machine's clock: how many rounds a module takes to load, depends on what else the machine does.
      if (this.#realCalls > 0) since = performance.now();
      else if (performance.now() - since > patienceMs)
        throw new Error(`${this.current?.name ?? 'something'} waits for what is not virtual`);
    }
  }

  #pop(): void {
    const queue = this.#queue;
    const last = queue.pop();
    if (last === undefined || queue.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = queue[child];
      const right = queue[child + 1];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child += 1;
      const below = queue[child] ?? left;
      if (!isBefore(below, last)) break;
      queue[index] = below;
      index = child;
    }
    queue[index] = last;
  }
}

const settled = Promise.resolve();

/** Real time that what is at work may take until it waits, or ends. */
const patienceMs = 30_000;

const isBefore = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

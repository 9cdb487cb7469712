import type { Temporal } from '../platform/time.ts';

/** Keeps all pollers together from asking one host more often than once a second. */
export interface HostPace {
  /**
   * Takes the next place in the line for a host.
   *
   * @returns milliseconds to wait before the request may be sent
   */
  take(host: string, now: Temporal.Instant): Promise<number>;
}

/** Between two requests to one host, in milliseconds. */
export const hostGapMs = 1000;
/** A line longer than this is a clock that was turned back, not a line. */
const longestLineMs = 60_000;

/** When the request after one at `freeAt` may be sent, and how long from `now` that is. Both epoch milliseconds. */
export function nextPlace(freeAt: number | undefined, now: number): { waitMs: number; freeAt: number } {
  const waitMs = freeAt === undefined || freeAt <= now || freeAt > now + longestLineMs ? 0 : freeAt - now;
  return { waitMs, freeAt: now + waitMs + hostGapMs };
}

/** At most `max` in any `seconds`. */
export interface Limit {
  max: number;
  seconds: number;
}

/** Counts what may happen only so often. */
export interface RateLimits {
  /**
   * Counts one more under a key, unless that would break one of its limits: then nothing is counted.
   *
   * @param key without addresses or IP addresses in the clear
   * @param now epoch seconds
   */
  take(key: string, limits: readonly Limit[], now: number): Promise<'taken' | 'limited'>;
}

/** The moments that still count after `now`, with `now` among them; `undefined` when a limit forbids it. */
export function takeMoment(
  moments: readonly number[],
  limits: readonly Limit[],
  now: number,
): number[] | undefined {
  const isFull = ({ max, seconds }: Limit) =>
    moments.filter((moment) => moment > now - seconds).length >= max;
  if (limits.some(isFull)) return undefined;
  const longest = Math.max(...limits.map(({ seconds }) => seconds));
  return [...moments.filter((moment) => moment > now - longest), now];
}

import { takeMoment, type Limit, type RateLimits } from './rate-limits.ts';

export class MemoryRateLimits implements RateLimits {
  readonly #moments = new Map<string, number[]>();

  async take(key: string, limits: readonly Limit[], now: number): Promise<'taken' | 'limited'> {
    const moments = takeMoment(this.#moments.get(key) ?? [], limits, now);
    if (moments === undefined) return 'limited';
    this.#moments.set(key, moments);
    return 'taken';
  }
}

import type { Temporal } from '../platform/time.ts';
import { nextPlace, type HostPace } from './host-pace.ts';

export class MemoryHostPace implements HostPace {
  readonly #freeAt = new Map<string, number>();

  async take(host: string, now: Temporal.Instant): Promise<number> {
    const { waitMs, freeAt } = nextPlace(this.#freeAt.get(host), now.epochMilliseconds);
    this.#freeAt.set(host, freeAt);
    return waitMs;
  }
}

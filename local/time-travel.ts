import { portal } from '../config/portal.ts';
import { Temporal } from '../functions/platform/time.ts';
import type { Host } from './host.ts';

/** Slots, polls and embargoes fall on half hours; steps of that length pass none of them by unseen. */
const stepMs = 30 * 60_000;
const settleMs = 60_000;

/** Moves the host's clock on in steps, and lets everything that is due at each happen before the next. */
export class TimeTravel {
  readonly #host: Host;
  #to: number | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Where the clock is being moved to, epoch milliseconds. */
  get destination(): number | undefined {
    return this.#to;
  }

  /** @returns false when it is being moved already */
  start(to: Temporal.Instant): boolean {
    if (this.#to !== undefined) return false;
    this.#to = to.epochMilliseconds;
    this.#move(this.#to)
      .catch((error: unknown) => console.error(`The clock stopped on its way: ${String(error)}`))
      .finally(() => (this.#to = undefined));
    return true;
  }

  async #move(to: number): Promise<void> {
    for (let at = Date.now(); at < to;) {
      at = Math.min(to, (Math.floor(at / stepMs) + 1) * stepMs);
      const next = at;
      await this.#host.standStill(() => this.#host.clock.moveTo(next));
      await this.#host.tick();
      await this.#host.settle(settleMs);
    }
  }
}

/** The next moment after `now` at which daily digests start. */
export function nextDigest(now: Temporal.Instant): Temporal.Instant {
  const local = now.toZonedDateTimeISO(portal.timeZone);
  const today = local.withPlainTime(portal.digest.at);
  return (Temporal.ZonedDateTime.compare(today, local) > 0 ? today : today.add({ days: 1 })).toInstant();
}

import { phasesOf } from '../functions/announcements/phases.ts';
import { systemClock, Temporal } from '../functions/platform/time.ts';
import { nextSlot } from '../functions/runs/slots.ts';
import type { Host } from './host.ts';
import type { Stores } from './once.ts';

const settleMs = 60_000;
const minuteMs = 60_000;
/** What is unfinished is looked after a minute later, then after twice as long each time, up to this. */
const maxPauseMs = 60 * minuteMs;

/** Moves the host's clock on from one due moment to the next, and lets all that is due at each happen before it goes on. */
export class TimeTravel {
  readonly #host: Host;
  readonly #stores: Stores;
  #to: number | undefined;

  constructor(host: Host, stores: Stores) {
    this.#host = host;
    this.#stores = stores;
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
    const { runs, articles } = this.#stores;
    let pauseMs = minuteMs;
    let published = await articles.lastNumber();
    while (Date.now() < to) {
      const now = systemClock.now();
      const stops = [to, ...(await this.#dueAfter(now))];
      // Runs close, and digests that follow a publication start, on a later tick.
      const lastNumber = await articles.lastNumber();
      if (lastNumber > published || (await runs.listOpen()).length > 0) {
        stops.push(now.epochMilliseconds + pauseMs);
        pauseMs = Math.min(2 * pauseMs, maxPauseMs);
      } else {
        pauseMs = minuteMs;
      }
      published = lastNumber;
      const next = Math.min(...stops);
      await this.#host.standStill(() => this.#host.clock.moveTo(next));
      await this.#host.tick();
      await this.#host.settle(settleMs);
    }
    await this.#host.lookAtHealth();
  }

  /**
   * Moments after `now` at which something is known to become due, epoch milliseconds. Polls are not among them, except
   * of sources that failed: each stop polls what is due by then, and a ministry's next release is a stop.
   */
  async #dueAfter(now: Temporal.Instant): Promise<number[]> {
    const { announcements, articles } = this.#stores;
    const { ministries, queues, registry } = this.#host;
    const moments = [
      nextSlot('daily', now),
      ...ministries.comingAfter(now).map(({ at }) => at),
      ...(await announcements.list())
        .filter(({ retiredAt }) => retiredAt === undefined)
        .flatMap(phasesOf)
        .flatMap(({ begins, mailsAt }) => [begins, mailsAt]),
      ...(await articles.listHeld()).flatMap(({ until }) => until ?? []).map(instant),
      ...(await registry.list())
        .filter(({ source, state }) => source.active && state.failures > 0 && state.gone !== true)
        .map(({ state }) => instant(state.nextPollAt)),
    ].map(({ epochMilliseconds }) => epochMilliseconds);
    const delayed = Object.values(queues).flatMap((queue) =>
      queue.list().map(({ availableAt }) => availableAt),
    );
    return [...moments, ...delayed].filter((at) => at > now.epochMilliseconds);
  }
}

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

import { decide } from '../../functions/announcements/due-work.ts';
import { MemoryAnnouncements } from '../../functions/announcements/memory-announcements.ts';
import { MemoryStatusChanges } from '../../functions/announcements/memory-status-changes.ts';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { MemoryRuns } from '../../functions/runs/memory-runs.ts';
import { instant, seedRelaunch } from '../support/announcements/seed.ts';
import { PortalInTime } from '../support/announcements/portal-in-time.ts';

// The reopening, with a crash before or after every single call that it makes of its stores, and a new start.

/** Lets the process die at one call: from then on every call fails, until it is started again. */
class Crash {
  calls = 0;
  isArmed = false;
  #dead = false;
  readonly #at: number;
  readonly #when: 'before' | 'after';

  constructor(at: number, when: 'before' | 'after') {
    this.#at = at;
    this.#when = when;
  }

  restart(): void {
    this.#dead = false;
  }

  wrap<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, property) => {
        const method: unknown = Reflect.get(target, property);
        if (typeof method !== 'function') return method;
        return async (...values: unknown[]): Promise<unknown> => {
          if (this.#dead) throw new Error('dead');
          const dies = this.isArmed && this.calls++ === this.#at;
          if (dies && this.#when === 'before') this.#die();
          const result: unknown = await (method as (...all: unknown[]) => Promise<unknown>).apply(
            target,
            values,
          );
          if (dies) this.#die();
          return result;
        };
      },
    });
  }

  #die(): never {
    this.#dead = true;
    throw new Error('crash');
  }
}

interface End {
  published: string[];
  mails: string[];
  status: string[];
  held: number;
  open: number;
}

async function reopen(
  at: number,
  when: 'before' | 'after',
): Promise<{ end: End; calls: number; crashed: boolean }> {
  const stores = {
    articles: new MemoryArticles(),
    announcements: new MemoryAnnouncements(),
    statusChanges: new MemoryStatusChanges(),
    runs: new MemoryRuns(),
  };
  const crash = new Crash(at, when);
  const portal = new PortalInTime('2022-05-20T05:00:00Z', () => ({
    articles: crash.wrap(stores.articles),
    announcements: crash.wrap(stores.announcements),
    statusChanges: crash.wrap(stores.statusChanges),
    runs: crash.wrap(stores.runs),
  }));
  await portal.start();
  await portal.subscribe('a@example.org');
  await portal.subscribe('b@example.org');
  const told =
    ['2022-04-01T10:00:00Z', '2022-04-15T05:00:00Z', '2022-04-26T05:00:00Z', '2022-04-28T05:00:00Z', '2022-04-29T05:00:00Z'] // prettier-ignore
      .map(instant)
      .reduce(
        (announcement, now) => sent(decide(announcement, now).next as typeof announcement),
        seedRelaunch(),
      );
  await stores.announcements.create(told);
  await portal.tickAt('2022-05-20T05:00:00Z');
  for (const guid of ['c', 'a', 'b']) {
    await portal.release(guid, { sourceDate: `2022-05-0${guid.charCodeAt(0) - 96}` });
  }
  await portal.tickAt('2022-05-22T05:00:00Z');

  crash.isArmed = true;
  let crashed = false;
  const moments = ['2022-05-22T22:00:00Z', '2022-05-22T22:01:00Z', '2022-05-23T05:00:00Z'];
  // What a crash lost of a run is queued again after ten minutes.
  for (const minutes of [1, 2, 12, 13, 14]) {
    moments.push(instant('2022-05-23T05:00:00Z').add({ minutes }).toString());
  }
  for (const moment of moments) {
    try {
      await portal.tickAt(moment);
    } catch {
      crashed = true;
      crash.restart();
    }
  }
  crash.isArmed = false;
  const last = await stores.articles.lastNumber();
  const log = await stores.articles.listPublishedBetween('alle', 0, last);
  const published = await stores.articles.getMany(log.map(({ articleId }) => articleId));
  return {
    end: {
      published: published.map(({ headline }) => headline),
      mails: portal.mailer.sent.map(({ to, tags }) => `${to} ${tags['run'] ?? ''}`).toSorted(),
      status: (await stores.statusChanges.list(9)).map(({ status }) => status.state),
      held: (await stores.articles.listHeld()).length,
      open: (await stores.runs.listOpen()).length,
    },
    calls: crash.calls,
    crashed,
  };
}

const sent = <A extends { phases: object; version: number }>(announcement: A): A => ({
  ...announcement,
  phases: Object.fromEntries(
    Object.entries(announcement.phases).map(([id, record]) => [id, { ...(record as object), mail: 'sent' }]),
  ),
});

test('a crash at any point of the reopening, and a new start, come to the same end', async () => {
  const { end, calls, crashed } = await reopen(-1, 'before');
  expect(crashed).toBe(false);
  expect(end).toEqual({
    published: ['a', 'b', 'c'],
    mails: ['a@example.org', 'b@example.org'].flatMap((to) => [
      `${to} announcement-relaunch-2022-04-29-reopen`,
      `${to} digest-daily-2022-05-23`,
    ]),
    status: ['open', 'frozen'],
    held: 0,
    open: 0,
  });
  expect(calls).toBeGreaterThan(50);
  for (let at = 0; at < calls; at++) {
    for (const when of ['before', 'after'] as const) {
      const again = await reopen(at, when);
      expect({ at, when, crashed: again.crashed, ...again.end }).toEqual({ at, when, crashed: true, ...end });
    }
  }
}, 120_000);

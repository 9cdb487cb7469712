import fc from 'fast-check';
import { act, checkWithdraw, moved, withdrawn } from '../../functions/announcements/acts.ts';
import { announcementId, isFreezing, makeAnnouncement } from '../../functions/announcements/announcement.ts';
import { checkMove, checkNew } from '../../functions/announcements/check.ts';
import { dueAnnouncementWork } from '../../functions/announcements/due-work.ts';
import { dayOf, freezeAt } from '../../functions/announcements/freeze.ts';
import { MemoryAnnouncements } from '../../functions/announcements/memory-announcements.ts';
import { isOver, phaseOf } from '../../functions/announcements/phases.ts';
import { heldOrder } from '../../functions/articles/article-store.ts';
import { fileRelease } from '../../functions/articles/file-release.ts';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { publishDue } from '../../functions/articles/publish-due.ts';
import { sourceSchema } from '../../config/sources.schema.ts';
import { isoMillis, type Temporal } from '../../functions/platform/time.ts';
import { freezeDraft, instant } from '../support/announcements/seed.ts';
import { aRelease } from '../support/articles.ts';

// Random calendars over a spring with its change to summer time: whatever editors plan, move and withdraw, whenever
// releases come and for how long the clock is away, a freeze holds and nothing is lost by it.

const runs = Number(process.env['SIMULATION_RUNS'] ?? 25);
const start = instant('2022-03-01T05:00:00Z');
const hours = 24 * 60;
/** Hours from one tick of the clock to the next. */
const step = 2;
const source = sourceSchema.parse({
  id: 'ministry',
  issuer: 'Ministerium',
  url: 'https://ministry.example/feed',
});

type Event = { hour: number } & (
  | { does: 'release'; ageHours: number; embargoHours: number | undefined }
  | { does: 'plan'; inDays: number; forDays: number; reminderDays: number[] }
  | { does: 'move'; which: number; fromDays: number; reopenDays: number }
  | { does: 'withdraw'; which: number }
  | { does: 'outage'; forHours: number }
);

const hour = fc.integer({ min: 0, max: hours - 1 });
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ does: fc.constant('release' as const), hour, ageHours: fc.integer({ min: 0, max: 72 }), embargoHours: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined, freq: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('plan' as const), hour, inDays: fc.integer({ min: 0, max: 30 }), forDays: fc.integer({ min: 1, max: 24 }), reminderDays: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('move' as const), hour, which: fc.nat(3), fromDays: fc.integer({ min: -5, max: 10 }), reopenDays: fc.integer({ min: -10, max: 10 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('withdraw' as const), hour, which: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('outage' as const), hour, forHours: fc.integer({ min: 1, max: 100 }) }) },
  ),
  { minLength: 10, maxLength: 60 },
); // prettier-ignore

interface Told {
  announcementId: string;
  phase: string;
  at: Temporal.Instant;
}

class Spring {
  readonly articles = new MemoryArticles();
  readonly announcements = new MemoryAnnouncements();
  readonly told: Told[] = [];
  /** Was a freeze on when the clock published? By article id. */
  readonly publishedFrozen: string[] = [];
  /** Publications of one tick, in their order. */
  readonly batches: string[][] = [];
  #now = start;
  #last = 0;

  async live(events: readonly Event[]): Promise<void> {
    let awayUntil = start;
    for (let passed = 0; passed < hours; passed += step) {
      this.#now = start.add({ hours: passed });
      for (const [index, event] of events.entries()) {
        if (event.hour < passed || event.hour >= passed + step) continue;
        if (event.does === 'outage') awayUntil = later(awayUntil, this.#now.add({ hours: event.forHours }));
        else await this.#happen(event, index);
      }
      if (isoMillis(this.#now) >= isoMillis(awayUntil)) await this.tick();
    }
    await this.#end();
  }

  /** As the clock does each minute: the same calls in the same order. */
  async tick(): Promise<void> {
    const now = this.#now;
    const announcements = await this.announcements.list();
    await publishDue(this.articles, now, freezeAt(announcements, now) !== undefined);
    await this.#note();
    await dueAnnouncementWork(
      {
        announcements: this.announcements,
        startRun: async ({ announcementId: id, phase }) => {
          const announcement = await this.announcements.get(id);
          const current = announcement && phaseOf(announcement, phase);
          if (current === undefined || isOver(current, now)) throw new Error(`${id} told ${phase} too late`);
          this.told.push({ announcementId: id, phase, at: now });
        },
      },
      announcements,
      now,
    );
  }

  async #happen(event: Exclude<Event, { does: 'outage' }>, index: number): Promise<void> {
    const now = this.#now;
    const all = await this.announcements.list();
    const by = act('anna', now);
    if (event.does === 'release') {
      await fileRelease(
        this.articles,
        aRelease({
          guid: `g${index}`,
          sourceDate: isoMillis(now.subtract({ hours: event.ageHours })),
          embargoUntil:
            event.embargoHours === undefined ? undefined : isoMillis(now.add({ hours: event.embargoHours })),
        }),
        {
          at: now,
          source,
          frozen: freezeAt(all, now) !== undefined,
          firstPoll: false,
          filing: undefined,
          linkIdentifies: true,
        },
      );
      await this.#note();
      return;
    }
    if (event.does === 'plan') {
      const today = dayOf(now);
      const from = today.add({ days: event.inDays });
      const draft = {
        ...freezeDraft(from.toString(), from.add({ days: event.forDays }).toString()),
        reminderDays: event.reminderDays,
      };
      if (checkNew(draft, all, now).length > 0) return;
      const id = `${announcementId(draft, today)}-${index}`;
      await this.announcements.create(
        makeAnnouncement(draft, { id, by: 'anna', at: isoMillis(now), audienceSize: 1 }),
      );
      return;
    }
    const announcement = all[event.which];
    if (announcement === undefined || !isFreezing(announcement)) return;
    if (event.does === 'withdraw') {
      if (checkWithdraw(announcement, now).length === 0)
        await this.announcements.update(withdrawn(announcement, by));
      return;
    }
    const shifted = (date: string, days: number): string =>
      instant(`${date}T12:00:00Z`)
        .add({ hours: 24 * days })
        .toString()
        .slice(0, 10);
    const change = {
      freezeFrom: shifted(announcement.freezeFrom, event.fromDays),
      reopenAt: shifted(announcement.reopenAt, event.reopenDays),
    };
    if (checkMove(announcement, change, all, now).length === 0) {
      await this.announcements.update(moved(announcement, change, by));
    }
  }

  /** Notes what was published since, and whether a freeze was on. */
  async #note(): Promise<void> {
    const last = await this.articles.lastNumber();
    const log = await this.articles.listPublishedBetween('alle', this.#last, last);
    this.#last = last;
    if (log.length === 0) return;
    this.batches.push(log.map(({ articleId }) => articleId));
    if (freezeAt(await this.announcements.list(), this.#now) !== undefined) {
      this.publishedFrozen.push(...log.map(({ articleId }) => articleId));
    }
  }

  /** Long after the last freeze and the last embargo. */
  async #end(): Promise<void> {
    this.#now = start.add({ hours: hours + 24 * 120 });
    await this.tick();
  }
}

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  isoMillis(a) >= isoMillis(b) ? a : b;

async function lived(events: readonly Event[]): Promise<Spring> {
  const spring = new Spring();
  await spring.live(events);
  return spring;
}

test('nothing is published inside a freeze, everything held is published after it in order, and nobody is told twice or too late', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (happens) => {
      const spring = await lived(happens);
      expect(spring.publishedFrozen).toEqual([]);
      expect(await spring.articles.listHeld()).toEqual([]);
      const releases = happens.filter(({ does }) => does === 'release').length;
      expect(await spring.articles.lastNumber()).toBe(releases);
      for (const batch of spring.batches) {
        const articles = await spring.articles.getMany(batch);
        const order = articles.map(({ id, sourceDate }) =>
          heldOrder({
            articleId: id,
            sourceDate,
            because: 'freeze',
            duringFreeze: 'hold',
            correction: false,
          }),
        );
        expect(order).toEqual(order.toSorted());
      }
      // A run refuses a phase that is over by itself.
      const told = spring.told.map(({ announcementId: id, phase }) => `${id} ${phase}`);
      expect(new Set(told).size).toBe(told.length);
    }),
    { numRuns: runs },
  );
}, 300_000);

test('whoever was told of old dates is told of the new ones, unless they are over', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (happens) => {
      const spring = await lived(happens.filter(({ does }) => does !== 'outage'));
      for (const { id, moved: move, withdrawn: end } of (await spring.announcements.list()).filter(
        isFreezing,
      )) {
        const after = (at: string): string[] =>
          spring.told
            .filter((told) => told.announcementId === id && isoMillis(told.at) >= at)
            .map(({ phase }) => phase);
        if (end?.told === true) expect(after(end.at)).toEqual([expect.stringMatching(/^withdrawn-/u)]);
        else if (end === undefined && move?.told === true) expect(after(move.at)).not.toEqual([]);
      }
    }),
    { numRuns: runs },
  );
}, 300_000);

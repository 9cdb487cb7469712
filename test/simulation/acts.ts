import { portal } from '../../config/portal.ts';
import { topics } from '../../config/topics.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { nextSlot } from '../../functions/runs/slots.ts';
import type { Choice } from '../../functions/subscribers/subscriber.ts';
import type { Way } from './cloud.ts';
import type { CmsTrouble } from './cms.ts';
import { day, hour, minute, second } from './engine.ts';
import type { Trouble } from './ministries.ts';
import { Random } from './random.ts';

/**
 * What happens in the world from outside, each act with all that chance decides of it, so that a story stays the same
 * story when acts are left out of it ({@link shrink}).
 */
export type Act = { atMs: number } & (
  | { does: 'publish'; ministry: number; topics: string[]; embargoHours?: number; ageHours: number }
  /** `nth` counts back from the newest. */
  | { does: 'correct' | 'delete' | 'change-link'; ministry: number; nth: number }
  | { does: 'change-guids' | 'move-feed'; ministry: number }
  /** Another ministry takes over a release in its own feed. */
  | { does: 'carry'; ministry: number; from: number; nth: number }
  | { does: 'trouble'; ministry: number; trouble: Trouble; forMs: number }
  | { does: 'plan-freeze'; inDays: number; forDays: number; reminderDays: number[]; relaunch: boolean }
  | { does: 'plan-notice'; forDays: number }
  | { does: 'move-freeze'; fromDays: number; reopenDays: number }
  | { does: 'withdraw-announcement' }
  | { does: 'withdraw-article'; nth: number }
  | { does: 'refile-article'; nth: number; topic: string }
  | { does: 'pause-run'; forMs: number }
  | { does: 'cancel-run' | 'redrive' | 'deploy' }
  | { does: 'ses-paused' | 'quota-low'; forMs: number }
  | { does: 'sign-up'; person: number; choice: Choice; confirmsAfterMs: number | undefined }
  | { does: 'choose'; person: number; choice: Choice }
  | { does: 'pause'; person: number; days: number; catchUp: boolean }
  | { does: 'resume' | 'leave-by-page' | 'leave-by-one-click' | 'erase' | 'complain'; person: number }
  | { does: 'move-address'; person: number; confirmsAfterMs: number }
  | { does: 'mailbox'; person: number; mailbox: 'does-not-exist' | 'is-full'; forMs: number }
  | { does: 'storm'; forMs: number; faultRate: number }
  | { does: 'no-clock'; forMs: number }
  | { does: 'feeds-trouble'; faultRate: number; way: Way; forMs: number }
  | { does: 'cms-trouble'; trouble: CmsTrouble; forMs: number }
);

export interface World {
  seed: number;
  startMs: number;
  days: number;
  subscribers: number;
  /** What the first subscribers chose, who were there before. */
  choices: Choice[];
  acts: Act[];
}

/** The last days of a story in which nobody does anything but publish, so that what is open must come to its end. */
export const calmDays = 9;
export const ministryCount = 4;
/** Nothing but the first polls happens for so long. */
export const quietStart = 6 * hour;

const slugs = topics.map(({ slug }) => slug).slice(0, 8);

/** The story of a seed. */
export function worldOf(options: { seed: number; days: number; subscribers: number }): World {
  const { seed, days, subscribers } = options;
  const random = new Random('world', seed);
  // From the whole of five years, leap day and changes of the clock among them.
  const startMs = Date.UTC(2027, 0, 1) + random.between(0, 5 * 365) * day + random.between(0, 23) * hour;
  const lively = Math.max(1, days - calmDays) * day;
  const acts: Act[] = [];
  /** Puts acts at random moments, one in `everyMs` on average. */
  const often = (
    everyMs: number,
    make: () => Parameters<typeof acts.push>[0] extends infer A ? DistributiveOmit<A, 'atMs'> : never,
  ): void => {
    for (let at = quietStart + random.wait(everyMs); at < lively; at += random.wait(everyMs)) {
      acts.push({ atMs: startMs + Math.round(at), ...make() });
    }
  };
  const ministry = (): number => random.between(0, ministryCount - 1);
  const nth = (): number => Math.floor(random.wait(2));
  // Some people do much, most nothing.
  const person = (): number => Math.floor(subscribers * random.next() ** 2);
  const choice = (): Choice => choiceOf(random);

  for (
    let at = quietStart + random.wait(12 * hour);
    at < days * day - 2 * day;
    at += random.wait(12 * hour)
  ) {
    acts.push({
      atMs: startMs + Math.round(at),
      does: 'publish',
      ministry: ministry(),
      topics: topicsOf(random),
      ageHours: random.chance(0.8) ? 0 : random.between(1, 72),
      ...(at < lively && random.chance(0.1) && { embargoHours: random.between(1, 120) }),
    });
  }
  often(2 * day, () => ({ does: 'correct', ministry: ministry(), nth: nth() }));
  often(12 * day, () => ({ does: 'delete', ministry: ministry(), nth: nth() }));
  often(10 * day, () => ({ does: 'change-link', ministry: ministry(), nth: nth() }));
  often(20 * day, () => ({ does: 'change-guids', ministry: ministry() }));
  often(25 * day, () => ({ does: 'move-feed', ministry: ministry() }));
  often(4 * day, () => {
    const from = ministry();
    return {
      does: 'carry',
      ministry: (from + random.between(1, ministryCount - 1)) % ministryCount,
      from,
      nth: nth(),
    };
  });
  often(3 * day, () => ({
    does: 'trouble',
    ministry: ministry(),
    trouble: random.pick(['down', 'broken-xml', 'busy', 'html'] as const),
    forMs: random.between(10 * minute, 12 * hour),
  }));
  often(14 * day, () => ({
    does: 'plan-freeze',
    inDays: random.between(0, 12),
    forDays: random.between(1, 9),
    reminderDays: [7, 3, 1].filter(() => random.chance(0.5)),
    relaunch: random.chance(0.5),
  }));
  often(20 * day, () => ({ does: 'plan-notice', forDays: random.between(1, 10) }));
  often(15 * day, () => ({
    does: 'move-freeze',
    fromDays: random.between(-3, 5),
    reopenDays: random.between(-3, 5),
  }));
  often(30 * day, () => ({ does: 'withdraw-announcement' }));
  often(8 * day, () => ({ does: 'withdraw-article', nth: nth() }));
  often(12 * day, () => ({ does: 'refile-article', nth: nth(), topic: random.pick(slugs) }));
  often(15 * day, () => ({ does: 'pause-run', forMs: random.between(10 * minute, 8 * hour) }));
  often(25 * day, () => ({ does: 'cancel-run' }));
  often(5 * day, () => ({ does: 'redrive' }));
  often(6 * day, () => ({ does: 'deploy' }));
  often(30 * day, () => ({ does: 'ses-paused', forMs: random.between(10 * minute, 3 * hour) }));
  often(30 * day, () => ({ does: 'quota-low', forMs: random.between(hour, 20 * hour) }));
  often(4 * day, () => ({
    does: 'storm',
    forMs: random.between(20 * minute, 6 * hour),
    faultRate: random.pick([0.005, 0.02, 0.06]),
  }));
  often(9 * day, () => ({
    does: 'no-clock',
    forMs: random.weighted([
      [hour, 6],
      [5 * hour, 3],
      [day, 1],
    ]),
  }));

  const perPerson = (days: number): number => (days * day * 100) / Math.max(1, subscribers);
  often(perPerson(1.5), () => ({
    does: 'sign-up',
    person: person(),
    choice: choice(),
    confirmsAfterMs: random.weighted([
      [minute, 4],
      [10 * hour, 3],
      [6 * day, 1],
      [8 * day, 1],
      [undefined, 1],
    ]),
  }));
  often(perPerson(1.5), () => ({ does: 'choose', person: person(), choice: choice() }));
  often(perPerson(4), () => ({
    does: 'pause',
    person: person(),
    days: random.between(1, 10),
    catchUp: random.chance(0.5),
  }));
  often(perPerson(8), () => ({ does: 'resume', person: person() }));
  often(perPerson(6), () => ({
    does: random.pick(['leave-by-page', 'leave-by-one-click'] as const),
    person: person(),
  }));
  often(perPerson(25), () => ({ does: 'erase', person: person() }));
  often(perPerson(15), () => ({
    does: 'move-address',
    person: person(),
    confirmsAfterMs: random.between(minute, day),
  }));
  often(perPerson(20), () => ({ does: 'complain', person: person() }));
  often(perPerson(8), () => ({
    does: 'mailbox',
    person: person(),
    mailbox: random.pick(['does-not-exist', 'is-full', 'is-full'] as const),
    forMs: random.between(day, 20 * day),
  }));
  often(4 * day, () => ({
    does: 'cms-trouble',
    trouble: random.pick(['down', 'answers-500', 'slow', 'loses-answers'] as const),
    forMs: random.weighted([
      [random.between(10 * minute, 12 * hour), 12],
      [2 * day, 2],
      [4 * day, 1],
    ]),
  }));
  for (const one of acts) {
    // Many read their mail, and click, while digests and announcements are on their way.
    if (one.does !== 'move-address' || !random.chance(0.5)) continue;
    one.atMs = nextMailTime(one.atMs) - 10 * minute;
    one.confirmsAfterMs = 10 * minute + random.between(-3 * second, 6 * second);
  }
  const choices = Array.from({ length: Math.ceil(subscribers * 0.8) }, choice);
  often(5 * day, () => ({
    does: 'feeds-trouble',
    faultRate: random.pick([0.05, 0.3, 1]),
    way: random.pick(['before-call', 'before-call', 'lost-answer', 'repeated', 'slow'] as const),
    forMs: random.between(5 * minute, 5 * hour),
  }));
  // A server that is not mended for days.
  often(25 * day, () => ({
    does: 'trouble',
    ministry: ministry(),
    trouble: random.pick(['down', 'broken-xml', 'html'] as const),
    forMs: random.between(26 * hour, 4 * day),
  }));
  // Some move while they are told that a freeze begins, which is when a move is hardest to follow.
  for (const one of acts.filter((each) => each.does === 'plan-freeze')) {
    const confirmsAtMs = morningOf(one.atMs, one.inDays) + random.between(-3 * second, 6 * second);
    if (one.inDays < 1 || confirmsAtMs - startMs > lively) continue;
    for (let mover = 0; mover < 2; mover++) {
      acts.push({
        atMs: confirmsAtMs - 10 * minute,
        does: 'move-address',
        person: person(),
        confirmsAfterMs: 10 * minute,
      });
    }
  }
  // Many read their mail, and change their mind, while mails are on their way.
  for (const one of acts) {
    const isChange = ['choose', 'pause', 'resume', 'leave-by-page', 'leave-by-one-click'].includes(one.does);
    if (isChange && random.chance(0.4))
      one.atMs = nextMailTime(one.atMs) + random.between(-4 * second, 8 * second);
  }
  acts.sort((a, b) => a.atMs - b.atMs);
  return {
    seed,
    startMs,
    days,
    subscribers,
    choices,
    acts,
  };
}

/** Seven o'clock, so many days later. */
const morningOf = (atMs: number, inDays: number): number =>
  Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO(portal.timeZone)
    .toPlainDate()
    .add({ days: inDays })
    .toZonedDateTime({ timeZone: portal.timeZone, plainTime: '07:00' }).epochMilliseconds;

/** When the next digests and announcements go out. */
const nextMailTime = (atMs: number): number =>
  nextSlot('daily', Temporal.Instant.fromEpochMilliseconds(atMs)).epochMilliseconds;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const topicsOf = (random: Random): string[] => {
  const first = random.pick(slugs);
  const second = random.pick(slugs);
  return random.chance(0.3) && second !== first ? [first, second] : [first];
};

/** Few different wishes, as most people choose one of a few. */
function choiceOf(random: Random): Choice {
  const announcements = random.chance(0.7);
  const some = (): string[] => {
    const [a, b] = [random.between(0, 3), random.between(0, 3)];
    return [...new Set([slugs[2 * a], slugs[2 * b + 1]])].filter((slug) => slug !== undefined).sort();
  };
  const subscriptions = random.weighted<Choice['subscriptions']>([
    [[{ cadence: 'daily', topics: 'alle' }], 4],
    [[{ cadence: 'weekly', topics: 'alle' }], 2],
    [[{ cadence: 'instant', topics: 'alle' }], 1],
    [[{ cadence: 'daily', topics: some() }], 2],
    [
      [
        { cadence: 'instant', topics: [random.pick(slugs)] },
        { cadence: 'weekly', topics: 'alle' },
      ],
      1,
    ],
    [
      [
        { cadence: 'daily', topics: [random.pick(slugs)] },
        { cadence: 'weekly', topics: some() },
      ],
      1,
    ],
    [[], announcements ? 0.5 : 0],
  ]);
  // A topic at two cadences comes at the faster one; the form leaves the slower one out.
  const seen = new Set<string>();
  const distinct = subscriptions.flatMap((one) => {
    if (one.topics === 'alle') return [one];
    const topics = one.topics.filter((topic) => !seen.has(topic));
    for (const topic of topics) seen.add(topic);
    return topics.length === 0 ? [] : [{ ...one, topics }];
  });
  return { subscriptions: distinct, announcements };
}

import type { Clock } from '../../functions/platform/time.ts';
import { addsUp, type Run } from '../../functions/runs/run.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { FaultLayer, type Way } from '../support/dispatch/fault-layer.ts';
import { World, type QueueFaults, type WorldOptions, type WorldStores } from '../support/dispatch/world.ts';
import { aSubscriber } from '../support/subscribers.ts';

/** What goes wrong in one scenario. */
export interface Faults {
  calls?: ReadonlyMap<number, Way>;
  messages?: QueueFaults;
  /** SES's events never arrive. */
  losesEvents?: boolean;
}

/** What a scenario runs on, beside memory. */
export interface Ground {
  stores?: (clock: Clock, shardCount: number) => Partial<WorldStores>;
  storesOf?: WorldOptions['storesOf'];
  /** The readers are there already. */
  isPeopled?: boolean;
}

/** What came of it. `lost`, `doubled` and `unbalanced` should be 0. */
export interface Outcome {
  /** Articles, or announcements, that someone who wanted them never got. */
  lost: number;
  /** Digests of the same run, or the same article twice, to one person; announcements sent twice and not counted. */
  doubled: number;
  /** Announcements that came twice, because the first outcome could not be known. */
  twice: number;
  /** Mails that certificates count as possible duplicates. */
  possibleDuplicates: number;
  /** Runs that did not close, or whose certificate does not say what happened. */
  unbalanced: number;
  /** What the run itself called, before the next day's; and the messages that it received. */
  calls: string[];
  messages: number;
}

export type Scenario = (readers: number, faults?: Faults, ground?: Ground) => Promise<Outcome>;

export const scenarioShards = 2;

const topicsOf = (index: number): 'alle' | string[] =>
  index % 4 === 0
    ? 'alle'
    : ([['familie'], ['jugendarbeit', 'familie'], ['beteiligung', 'jugendarbeit']][index % 3] ?? []);

/** The people of all scenarios. */
export const readersOf = (readers: number): Subscriber[] =>
  Array.from({ length: readers }, (_, index) =>
    aSubscriber(`reader${index}@mail.example`, {
      subscriptions: [{ cadence: 'daily', topics: topicsOf(index), since: 0 }],
    }),
  );

/**
 * One daily run, and the next day's, over `readers` subscribers; faults strike from the first tick of the first day on.
 * What the first digest left open, the second must bring, and nothing may come twice.
 */
export async function digestScenario(
  readers: number,
  faults: Faults = {},
  ground: Ground = {},
): Promise<Outcome> {
  const { world, people } = await worldOf('2026-11-23T12:00:00Z', readers, faults, ground);
  for (const cadence of ['daily', 'weekly', 'instant'] as const) {
    await world.stores.runs.movePointer(cadence, undefined, {
      toNumber: 0,
      slot: '2026-11-23T06:00:00.000Z',
    });
  }
  const articles = [
    await world.publish({ topics: ['familie'] }),
    await world.publish({ topics: ['jugendarbeit', 'familie'] }),
    await world.publish({ topics: ['beteiligung'] }),
  ];
  // Instant runs are the same engine without readers here; they would only dilute the calls.
  await world.stores.runs.movePointer(
    'instant',
    { toNumber: 0, slot: '2026-11-23T06:00:00.000Z' },
    { toNumber: 3, slot: '2026-11-24T05:00:00.000Z' },
  );
  world.skipTo('2026-11-24T06:00:00Z');
  await world.until('2026-11-24T10:00:00Z', 'skip');
  const calls = [...world.faults.calls];
  const messages = world.received;
  articles.push(
    await world.publish({ topics: ['familie'] }),
    await world.publish({ topics: ['beteiligung'] }),
  );
  world.skipTo('2026-11-25T06:00:00Z');
  await world.until('2026-11-25T08:00:00Z', 'skip');

  let lost = 0;
  let doubled = 0;
  for (const person of people) {
    const mails = world.mailsTo(person);
    const got = mails.flatMap(({ articles: ids }) => ids);
    const wanted = articles.filter(({ topics }) => wants(person, topics)).map(({ id }) => id);
    lost += wanted.filter((id) => !got.includes(id)).length;
    doubled += got.length - new Set(got).size;
    doubled += mails.length - new Set(mails.map(({ runId }) => runId)).size;
  }
  const runs = [
    await world.stores.runs.get('digest-daily-2026-11-24'),
    await world.stores.runs.get('digest-daily-2026-11-25'),
  ];
  return {
    lost,
    doubled,
    twice: 0,
    possibleDuplicates: 0,
    unbalanced: runs.filter((run) => !isAccounted(world, run, readers)).length,
    calls,
    messages,
  };
}

/** One phase of an announcement to `readers` subscribers. */
export async function announcementScenario(
  readers: number,
  faults: Faults = {},
  ground: Ground = {},
): Promise<Outcome> {
  const { world, people } = await worldOf('2026-11-24T06:30:00Z', readers, faults, ground);
  for (const cadence of ['daily', 'weekly', 'instant'] as const) {
    await world.stores.runs.movePointer(cadence, undefined, {
      toNumber: 0,
      slot: '2026-11-24T06:00:00.000Z',
    });
  }
  await world.announce();
  await world.until('2026-11-24T12:00:00Z', 'skip');

  const run = await world.stores.runs.get('announcement-relaunch-2027-01-01-advance');
  const counted = run?.certificate?.possibleDuplicates ?? 0;
  const mails = people.map((person) => world.mailsTo(person).length);
  const twice = mails.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  return {
    lost: mails.filter((count) => count === 0).length,
    doubled: Math.max(0, twice - counted),
    twice,
    possibleDuplicates: counted,
    unbalanced: isAccounted(world, run, readers) ? 0 : 1,
    calls: world.faults.calls,
    messages: world.received,
  };
}

async function worldOf(
  at: string,
  readers: number,
  { calls, messages, losesEvents }: Faults,
  { isPeopled, ...stores }: Ground,
): Promise<{ world: World; people: Subscriber[] }> {
  const world = new World({
    at,
    shardCount: scenarioShards,
    faults: new FaultLayer(calls),
    queueFaults: messages,
    ...stores,
  });
  world.losesEvents = losesEvents === true;
  const people = readersOf(readers);
  if (isPeopled !== true) {
    for (const person of people) await world.subscribe(person.address, person);
  }
  return { world, people };
}

const wants = ({ subscriptions }: Subscriber, topics: readonly string[]): boolean =>
  subscriptions.some((own) => own.topics === 'alle' || topics.some((topic) => own.topics.includes(topic)));

/** Closed, adds up, counts everyone, and claims no more and no fewer accepted mails than SES took or may have taken. */
function isAccounted(world: World, run: Run | undefined, readers: number): boolean {
  const certificate = run?.certificate;
  if (run === undefined || certificate === undefined) return false;
  const taken = new Set(world.ses.accepted.filter(({ runId }) => runId === run.id).map(({ sid }) => sid))
    .size;
  return (
    addsUp(certificate) &&
    certificate.candidates === readers &&
    certificate.accepted <= taken &&
    taken <= certificate.accepted + certificate.unknown
  );
}

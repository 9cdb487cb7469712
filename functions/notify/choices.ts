import { allTopics } from '../../config/topics.ts';
import {
  cadences,
  type Cadence,
  type FormerChoice,
  type Subscriber,
  type Subscription,
} from '../subscribers/subscriber.ts';
import type { DigestWindow, NewsItem } from './window.ts';

/** Choices of one person, newest first; the present one has no end. Runs go by the one that was in force when they were made. */
type Choices = readonly [Pick<FormerChoice, 'subscriptions'>, ...FormerChoice[]];
type FormerChoices = readonly [FormerChoice, ...FormerChoice[]];

const choicesOf = ({ subscriptions, former = [] }: Subscriber): Choices => [{ subscriptions }, ...former];

/** Those that a run goes by: the one in force when it was made, and its predecessors. */
function inForce(choices: Choices, { cadence, toNumber }: DigestWindow): Choices {
  const [, ...former] = choices;
  const last = former.findLastIndex(({ until }) => toNumber <= until[cadence]);
  const [first, ...rest] = former.slice(last);
  return last < 0 || first === undefined ? choices : [first, ...rest];
}

const before = ([, first, ...older]: Choices): FormerChoices | undefined =>
  first === undefined ? undefined : [first, ...older];

/** What someone had subscribed to at a cadence when a run was made. */
export const subscriptionFor = (subscriber: Subscriber, run: DigestWindow): Subscription | undefined =>
  inForce(choicesOf(subscriber), run)[0].subscriptions.find(({ cadence }) => cadence === run.cadence);

/** Do former choices make a difference to a run? Not once the runs of all cadences have passed them. */
export const hasChangedBefore = ({ former = [] }: Subscriber, { fromNumber }: DigestWindow): boolean =>
  former.some(({ until, lastNumber }) => Math.max(lastNumber, ...Object.values(until)) >= fromNumber);

/** The lowest publication number that a run may have to reach back to for someone. */
export const reachesBackTo = ({ former = [] }: Subscriber, { fromNumber }: DigestWindow): number =>
  Math.min(fromNumber, ...former.flatMap(({ until }) => Object.values(until)));

/** The cadence at which a choice brings an article: the fastest of those whose topics it has. */
export const cadenceOf = (
  { subscriptions }: Pick<FormerChoice, 'subscriptions'>,
  { number, topics }: NewsItem,
): Cadence | undefined =>
  cadences.find((cadence) =>
    subscriptions.some(
      (one) =>
        one.cadence === cadence &&
        number > one.since &&
        (one.topics === allTopics || topics.some((topic) => one.topics.includes(topic))),
    ),
  );

/**
 * Does a run bring an article to someone? It does if it is the run of the cadence at which the person wants the article,
 * the article is in its window, and no run of a former choice has brought it. The first run after a change also brings
 * what is older than its window, and the former cadence had not come to yet.
 */
export function brings(subscriber: Subscriber, run: DigestWindow, item: NewsItem): boolean {
  const choices = inForce(choicesOf(subscriber), run);
  if (item.number > run.toNumber || wantedAt(choices, item) !== run.cadence) return false;
  const former = before(choices);
  if (former !== undefined && isSettled(former, item)) return false;
  if (item.number > run.fromNumber) return true;
  return former?.[0].until[run.cadence] === run.fromNumber && wantedAt(former, item) !== undefined;
}

/** As {@link cadenceOf}, but not for what was published before the choice and not wanted by the one before it. */
function wantedAt(choices: Choices, item: NewsItem): Cadence | undefined {
  const cadence = cadenceOf(choices[0], item);
  const former = before(choices);
  const isWanted =
    former === undefined || item.number > former[0].lastNumber || wantedAt(former, item) !== undefined;
  return isWanted ? cadence : undefined;
}

/** Has a run of former choices brought an article, or is one about to? */
function isSettled(choices: FormerChoices, item: NewsItem): boolean {
  const former = before(choices);
  if (former !== undefined && isSettled(former, item)) return true;
  const cadence = wantedAt(choices, item);
  if (cadence === undefined) return false;
  const passed = choices[0].until[cadence];
  const began = former?.[0].until[cadence] ?? -1;
  if (item.number > began) return item.number <= passed;
  // The first run after the change before has reached back to it, if there was one.
  return passed > began && former !== undefined && wantedAt(former, item) !== undefined;
}

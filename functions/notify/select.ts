import { allTopics } from '../../config/topics.ts';
import {
  cadences,
  isReachable,
  type Cadence,
  type Subscriber,
  type Subscription,
} from '../subscribers/subscriber.ts';
import { isoMillis, type Temporal } from '../platform/time.ts';
import type { AllowList } from '../mail/allow-list.ts';
import type { Exclusion, Reach } from '../runs/run.ts';
import type { NewsItem, Window } from './window.ts';

/** Whom a digest of a cadence may concern at all: the candidates of its run. */
export const isCandidate = (subscriber: Subscriber, cadence: Cadence): boolean =>
  subscriber.state === 'confirmed' && subscriptionOf(subscriber, cadence) !== undefined;

const subscriptionOf = (subscriber: Subscriber, cadence: Cadence): Subscription | undefined =>
  subscriber.subscriptions.find((subscription) => subscription.cadence === cadence);

/**
 * Finds the articles of each subscriber's digest: `subscribed topics ∩ (max(from, since), to]`, each once however many
 * of its topics are subscribed, and none that a faster cadence of the same person brings.
 *
 * People with the same topics share one answer, so the cost per person does not grow with the window.
 */
export class DigestSelector {
  readonly #cadence: Cadence;
  readonly #window: Window;
  readonly #news: readonly NewsItem[];
  readonly #newsOfWindow: readonly NewsItem[];
  readonly #answers = new Map<string, readonly number[]>();

  /**
   * @param window the run's own
   * @param news of the run's window, and of what lies before it as far as anybody reaches back
   */
  constructor(cadence: Cadence, window: Window, news: readonly NewsItem[]) {
    this.#cadence = cadence;
    this.#window = window;
    this.#news = news;
    this.#newsOfWindow = news.filter(isInAny([window]));
  }

  /** Publication numbers, rising. */
  select(subscriber: Subscriber, reaches: readonly Reach[] = []): readonly number[] {
    const rank = cadences.indexOf(this.#cadence);
    const own = subscriptionOf(subscriber, this.#cadence);
    if (own === undefined) return [];
    const faster = subscriber.subscriptions.filter(({ cadence }) => cadences.indexOf(cadence) < rank);
    if (reaches.length > 0) {
      return numbersOf(this.#news.filter(isInAny([this.#window, ...reaches])), own, faster);
    }

    const key = [own, ...faster].map((subscription) => this.#keyOf(subscription)).join('|');
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      answer = numbersOf(this.#newsOfWindow, own, faster);
      // Each distinct choice of topics is one entry; far more of them than editions would only cost memory.
      if (this.#answers.size >= 20_000) this.#answers.clear();
      this.#answers.set(key, answer);
    }
    return answer;
  }

  #keyOf({ topics, since }: Subscription): string {
    const { fromNumber, toNumber } = this.#window;
    const within = Math.min(Math.max(since, fromNumber), toNumber);
    return `${topics === allTopics ? topics : topics.toSorted().join(',')}>${within}`;
  }
}

const isInAny =
  (windows: readonly Window[]) =>
  ({ number }: NewsItem): boolean =>
    windows.some(({ fromNumber, toNumber }) => fromNumber < number && number <= toNumber);

const numbersOf = (news: readonly NewsItem[], own: Subscription, faster: readonly Subscription[]): number[] =>
  news
    .filter((item) => brings(own, item) && !faster.some((other) => brings(other, item)))
    .map(({ number }) => number);

const brings = ({ topics, since }: Subscription, item: NewsItem): boolean =>
  item.number > since && (topics === allTopics || item.topics.some((topic) => topics.includes(topic)));

/** Why someone who was, or would be, given a digest gets none now. */
export function digestExclusion(
  subscriber: Subscriber | undefined,
  cadence: Cadence,
  now: Temporal.Instant,
  isAllowed: AllowList,
): Exclusion | undefined {
  if (subscriber === undefined || !isCandidate(subscriber, cadence)) return 'left';
  const { pausedUntil } = subscriber;
  if (pausedUntil !== undefined && pausedUntil > isoMillis(now)) return 'paused';
  return reachExclusion(subscriber, isAllowed);
}

/** Why nothing at all may be sent to someone who is confirmed. */
export function reachExclusion(subscriber: Subscriber, isAllowed: AllowList): Exclusion | undefined {
  if (!isReachable(subscriber)) return 'suppressed';
  return isAllowed(subscriber.address) ? undefined : 'not-allow-listed';
}

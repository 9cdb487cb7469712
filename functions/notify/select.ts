import { allTopics } from '../../config/topics.ts';
import { isReachable, type Subscriber } from '../subscribers/subscriber.ts';
import { isoMillis, type Temporal } from '../platform/time.ts';
import type { AllowList } from '../mail/allow-list.ts';
import type { Exclusion, Reach } from '../runs/run.ts';
import { brings, cadenceOf, hasChangedBefore, subscriptionFor } from './choices.ts';
import type { DigestWindow, NewsItem } from './window.ts';

/**
 * Whom a digest run may concern at all: its candidates. Whoever had its cadence when it was made, and wants digests still.
 */
export const isCandidate = (subscriber: Subscriber, run: DigestWindow): boolean =>
  subscriber.state === 'confirmed' &&
  subscriber.subscriptions.length > 0 &&
  subscriptionFor(subscriber, run) !== undefined;

/**
 * Finds the articles of each subscriber's digest: `subscribed topics ∩ (max(from, since), to]`, each once however many
 * of its topics are subscribed, and none that a faster cadence of the same person brings.
 *
 * People with the same topics share one answer, so the cost per person does not grow with the window.
 */
export class DigestSelector {
  readonly #run: DigestWindow;
  readonly #news: () => readonly NewsItem[];
  readonly #newsOfWindow: readonly NewsItem[];
  readonly #answers = new Map<string, readonly number[]>();

  /** @param news of the run's window, and of what lies before it as far as anybody reaches back */
  constructor(run: DigestWindow, news: () => readonly NewsItem[]) {
    this.#run = run;
    this.#news = news;
    this.#newsOfWindow = news().filter(({ number }) => number > run.fromNumber);
  }

  /** Publication numbers, rising. */
  select(subscriber: Subscriber, reaches: readonly Reach[] = []): readonly number[] {
    if (reaches.length > 0 || hasChangedBefore(subscriber, this.#run)) {
      // What an earlier run owes is what it would have brought, as far as it is wanted still.
      const runs = [this.#run, ...reaches];
      return numbersOf(
        this.#news(),
        (item) =>
          runs.some((run) => brings(subscriber, run, item)) && cadenceOf(subscriber, item) !== undefined,
      );
    }
    const key = this.#keyOf(subscriber);
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      answer = numbersOf(this.#newsOfWindow, (item) => brings(subscriber, this.#run, item));
      // Each distinct choice of topics is one entry; far more of them than editions would only cost memory.
      if (this.#answers.size >= 20_000) this.#answers.clear();
      this.#answers.set(key, answer);
    }
    return answer;
  }

  #keyOf({ subscriptions }: Subscriber): string {
    const { fromNumber, toNumber } = this.#run;
    return subscriptions
      .map(({ cadence, topics, since }) => {
        const within = Math.min(Math.max(since, fromNumber), toNumber);
        return `${cadence} ${topics === allTopics ? topics : topics.toSorted().join(',')}>${within}`;
      })
      .join('|');
  }
}

const numbersOf = (news: readonly NewsItem[], isBrought: (item: NewsItem) => boolean): number[] =>
  news.filter(isBrought).map(({ number }) => number);

/** Why someone who was, or would be, given a digest gets none now. */
export function digestExclusion(
  subscriber: Subscriber | undefined,
  run: DigestWindow,
  now: Temporal.Instant,
  isAllowed: AllowList,
): Exclusion | undefined {
  if (subscriber === undefined || !isCandidate(subscriber, run)) return 'left';
  const { pausedUntil } = subscriber;
  if (pausedUntil !== undefined && pausedUntil > isoMillis(now)) return 'paused';
  return reachExclusion(subscriber, isAllowed);
}

/** Why nothing at all may be sent to someone who is confirmed. */
export function reachExclusion(subscriber: Subscriber, isAllowed: AllowList): Exclusion | undefined {
  if (!isReachable(subscriber)) return 'suppressed';
  return isAllowed(subscriber.address) ? undefined : 'not-allow-listed';
}

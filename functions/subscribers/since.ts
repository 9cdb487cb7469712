import type { PublicationLog } from '../articles/article-store.ts';
import { isoMillis, type Temporal } from '../platform/time.ts';
import { keptDays, type RunStore } from '../runs/run-store.ts';
import { cadences, type Choice, type Subscriber, type Subscription } from './subscriber.ts';

export interface SinceParts {
  publications: Pick<PublicationLog, 'lastNumber'>;
  runs: Pick<RunStore, 'pointers'>;
}

/**
 * Former choices that are kept, and for how long: as long as a digest may be owed, which brings what an earlier one would
 * have. More changes than these in that time may cost their author an article, or bring one twice.
 */
const kept = { choices: 8, hours: 24 * keptDays };

/** Subscriptions of someone who had none: they start with what is published from now on. */
export async function startSubscriptions(
  { publications }: Pick<SinceParts, 'publications'>,
  chosen: Choice['subscriptions'],
): Promise<Subscription[]> {
  const since = chosen.length === 0 ? 0 : await publications.lastNumber();
  return chosen.map((one) => ({ ...one, since }));
}

/**
 * Subscriptions as chosen now, with the choice that they replace: so that nothing comes twice and nothing is left out,
 * whatever runs are on their way and whichever cadence brings a topic from now on.
 */
export async function changeSubscriptions(
  parts: SinceParts,
  before: Pick<Subscriber, 'subscriptions' | 'former'>,
  chosen: Choice['subscriptions'],
  at: Temporal.Instant,
): Promise<Pick<Subscriber, 'subscriptions' | 'former'>> {
  const { subscriptions: had } = before;
  const former = await formerAfter(parts, before, at);
  if (had.length === 0) return { subscriptions: await startSubscriptions(parts, chosen), ...former };
  const since = Math.min(...had.map((one) => one.since));
  return {
    subscriptions: chosen.map(({ cadence, topics }) => ({
      cadence,
      topics,
      since: had.find((one) => one.cadence === cadence)?.since ?? since,
    })),
    ...former,
  };
}

/** The line of former choices, with the present one at its head. */
async function formerAfter(
  { publications, runs }: SinceParts,
  { subscriptions, former = [] }: Pick<Subscriber, 'subscriptions' | 'former'>,
  at: Temporal.Instant,
): Promise<Pick<Subscriber, 'former'>> {
  if (subscriptions.length === 0 && former.length === 0) return {};
  const pointers = await runs.pointers();
  const [instant = 0, daily = 0, weekly = 0] = cadences.map((cadence) => pointers[cadence]?.toNumber ?? 0);
  const present = {
    subscriptions,
    until: { instant, daily, weekly },
    lastNumber: await publications.lastNumber(),
    changedAt: isoMillis(at),
  };
  const oldest = isoMillis(at.subtract({ hours: kept.hours }));
  const recent = former.filter(({ changedAt }) => changedAt > oldest);
  return { former: [present, ...recent].slice(0, kept.choices) };
}

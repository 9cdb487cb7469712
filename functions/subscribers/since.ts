import type { PublicationLog } from '../articles/article-store.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { Choice, Subscription } from './subscriber.ts';

export interface SinceParts {
  publications: Pick<PublicationLog, 'lastNumber'>;
  runs: Pick<RunStore, 'pointer'>;
}

/**
 * Subscriptions as chosen, each with the number from which on it counts.
 *
 * A cadence that someone has already goes on where it is. One that replaces others goes on where their last digests
 * ended, so that nothing comes twice and nothing since then is left out. Who had none starts with what is published
 * from now on.
 */
export async function startSubscriptions(
  parts: SinceParts,
  before: readonly Subscription[],
  chosen: Choice['subscriptions'],
): Promise<Subscription[]> {
  const added = chosen.some(({ cadence }) => before.every((had) => had.cadence !== cadence));
  const start = added ? await startOf(parts, before) : 0;
  return chosen.map(({ cadence, topics }) => ({
    cadence,
    topics,
    since: before.find((had) => had.cadence === cadence)?.since ?? start,
  }));
}

async function startOf({ publications, runs }: SinceParts, before: readonly Subscription[]): Promise<number> {
  if (before.length === 0) return publications.lastNumber();
  const covered = await Promise.all(
    before.map(async ({ cadence, since }) => Math.max(since, (await runs.pointer(cadence))?.toNumber ?? 0)),
  );
  return Math.max(...covered);
}

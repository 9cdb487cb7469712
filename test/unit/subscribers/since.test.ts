import { Temporal } from '../../../functions/platform/time.ts';
import { changeSubscriptions } from '../../../functions/subscribers/since.ts';
import type { Cadence, Subscriber } from '../../../functions/subscribers/subscriber.ts';
import { pointersAt } from '../../support/pointers.ts';

const partsAt = (lastNumber: number, pointers: Partial<Record<Cadence, number>>) => ({
  publications: { lastNumber: () => Promise.resolve(lastNumber) },
  runs: { pointers: () => Promise.resolve(pointersAt(pointers)) },
});

/** Daily to weekly before publication 78, and sixteen days later to something else. */
async function changedTwice(pointers: Record<Cadence, number>): Promise<Pick<Subscriber, 'former'>> {
  const daily = [{ cadence: 'daily' as const, topics: 'alle' as const, since: 0 }];
  const weekly = [{ cadence: 'weekly' as const, topics: 'alle' as const }];
  const first = await changeSubscriptions(
    partsAt(78, { instant: 78, daily: 78, weekly: 60 }),
    { subscriptions: daily },
    weekly,
    Temporal.Instant.from('2026-11-01T12:00:00Z'),
  );
  return changeSubscriptions(
    partsAt(90, pointers),
    first,
    [{ cadence: 'instant', topics: 'alle' }],
    Temporal.Instant.from('2026-11-17T12:00:00Z'),
  );
}

test('a former choice is kept while a freeze holds up the runs that would go by it, and forgotten once they passed', async () => {
  // No weekly digest in a freeze: its next window still reaches back to what the daily one has brought.
  const held = await changedTwice({ instant: 78, daily: 78, weekly: 60 });
  expect(held.former?.map(({ subscriptions }) => subscriptions[0]?.cadence)).toEqual(['weekly', 'daily']);
  const passed = await changedTwice({ instant: 90, daily: 90, weekly: 88 });
  expect(passed.former?.map(({ subscriptions }) => subscriptions[0]?.cadence)).toEqual(['weekly']);
});

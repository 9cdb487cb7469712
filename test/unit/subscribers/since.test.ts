import { Temporal } from '../../../functions/platform/time.ts';
import { changeSubscriptions } from '../../../functions/subscribers/since.ts';
import type { Cadence } from '../../../functions/subscribers/subscriber.ts';
import { pointersAt } from '../../support/pointers.ts';

const partsAt = (lastNumber: number, pointers: Partial<Record<Cadence, number>>) => ({
  publications: { lastNumber: () => Promise.resolve(lastNumber) },
  runs: { pointers: () => Promise.resolve(pointersAt(pointers)) },
});

test('a former choice is kept as long as a digest may be owed that goes by it', async () => {
  const since = { topics: 'alle' as const, since: 0 };
  const cadencesAfter = async (second: string): Promise<(Cadence | undefined)[] | undefined> => {
    const first = await changeSubscriptions(
      partsAt(78, { instant: 78, daily: 78, weekly: 60 }),
      { subscriptions: [{ cadence: 'daily', ...since }] },
      [{ cadence: 'weekly', topics: 'alle' }],
      Temporal.Instant.from('2026-11-01T12:00:00Z'),
    );
    const { former } = await changeSubscriptions(
      partsAt(190, { instant: 190, daily: 190, weekly: 188 }),
      first,
      [{ cadence: 'instant', topics: 'alle' }],
      Temporal.Instant.from(second),
    );
    return former?.map(({ subscriptions }) => subscriptions[0]?.cadence);
  };
  expect(await cadencesAfter('2027-01-29T12:00:00Z')).toEqual(['weekly', 'daily']);
  expect(await cadencesAfter('2027-01-31T12:00:00Z')).toEqual(['weekly']);
});

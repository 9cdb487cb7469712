import fc from 'fast-check';
import { brings, hasChangedBefore, reachesBackTo } from '../../../functions/notify/choices.ts';
import { DigestSelector } from '../../../functions/notify/select.ts';
import type { DigestWindow, NewsItem } from '../../../functions/notify/window.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { changeSubscriptions } from '../../../functions/subscribers/since.ts';
import {
  cadences,
  type Cadence,
  type Choice,
  type Subscriber,
} from '../../../functions/subscribers/subscriber.ts';
import { pointersAt } from '../../support/pointers.ts';
import { aSubscriber } from '../../support/subscribers.ts';

// Someone who changes what they want, while articles are published and runs are made, and planned later: every article
// that they wanted all the time comes exactly once, whatever cadence brought it, and nothing else does.

const topics = ['a', 'b', 'c'];
const now = Temporal.Instant.from('2027-03-01T08:00:00Z');
/** More than these within two weeks are not kept. */
const mostChanges = 8;

/** Which topic at which cadence. */
const choice: fc.Arbitrary<Choice['subscriptions']> = fc
  .record({
    a: fc.constantFrom(...cadences, undefined),
    b: fc.constantFrom(...cadences, undefined),
    c: fc.constantFrom(...cadences, undefined),
  })
  .map((at) =>
    cadences.flatMap((cadence) => {
      const own = topics.filter((topic) => at[topic as 'a'] === cadence);
      return own.length === 0 ? [] : [{ cadence, topics: own }];
    }),
  )
  .filter((subscriptions) => subscriptions.length > 0);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.subarray(topics, { minLength: 1 }).map((of) => ({ does: 'publish' as const, topics: of })) },
  { weight: 3, arbitrary: fc.constantFrom(...cadences).map((cadence) => ({ does: 'run' as const, cadence })) },
  { weight: 3, arbitrary: fc.constant({ does: 'plan' as const }) },
  { weight: 2, arbitrary: choice.map((subscriptions) => ({ does: 'change' as const, subscriptions })) },
); // prettier-ignore

test('whatever someone changes, and whenever runs are made and planned, nothing is left out and nothing comes twice', async () => {
  await fc.assert(
    fc.asyncProperty(choice, fc.array(step, { maxLength: 40 }), async (first, steps) => {
      const news: (NewsItem & { wanted: boolean })[] = [];
      const pointers = { instant: 0, daily: 0, weekly: 0 };
      const made: DigestWindow[] = [];
      const got: number[] = [];
      let reader: Subscriber = aSubscriber('ada@mail.example', {
        subscriptions: first.map((one) => ({ ...one, since: 0 })),
      });
      const parts = {
        publications: { lastNumber: () => Promise.resolve(news.length) },
        runs: { pointers: () => Promise.resolve(pointersAt(pointers)) },
      };
      const wants = (item: NewsItem): boolean =>
        reader.subscriptions.some(({ topics: own }) => item.topics.some((topic) => own.includes(topic)));
      const make = (cadence: Cadence): void => {
        made.push({ cadence, fromNumber: pointers[cadence], toNumber: news.length });
        pointers[cadence] = news.length;
      };
      const plan = (): void => {
        const run = made.shift();
        if (run === undefined) return;
        const brought = news.filter((item) => brings(reader, run, item)).map(({ number }) => number);
        if (!hasChangedBefore(reader, run)) {
          expect(brought.every((number) => number > run.fromNumber)).toBe(true);
        }
        expect(brought.every((number) => number > reachesBackTo(reader, run))).toBe(true);
        const known = news.filter(({ number }) => number <= run.toNumber);
        // Of what is not wanted any more, a digest brings nothing.
        const selected = brought.filter((number) =>
          known.some((item) => item.number === number && wants(item)),
        );
        expect(new DigestSelector(run, () => known).select(reader)).toEqual(selected);
        got.push(...brought);
      };
      for (const one of [...steps, { does: 'publish' as const, topics }]) {
        if (one.does === 'publish') {
          const item = { number: news.length + 1, articleId: `${news.length}`, topics: one.topics };
          news.push({ ...item, wanted: wants(item) });
        } else if (one.does === 'run') make(one.cadence);
        else if (one.does === 'plan') plan();
        else if ((reader.former?.length ?? 0) < mostChanges) {
          const next = await changeSubscriptions(parts, reader, one.subscriptions, now);
          reader = { ...reader, ...next };
          for (const item of news) if (!wants(item)) item.wanted = false;
        }
      }
      for (let round = 0; round < 2; round++) for (const cadence of cadences) make(cadence);
      while (made.length > 0) plan();

      expect(got.length).toBe(new Set(got).size);
      const owed = news.filter(({ wanted }) => wanted).map(({ number }) => number);
      expect(got).toEqual(expect.arrayContaining(owed));
    }),
    { numRuns: Number(process.env['CHOICES_RUNS'] ?? 3000) },
  );
});

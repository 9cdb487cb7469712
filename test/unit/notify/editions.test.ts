import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import { splice } from '../../../functions/mail/compose.ts';
import { messageIdOf } from '../../../functions/notify/message-id.ts';
import { EditionShelf, type ReadyEdition } from '../../../functions/notify/editions.ts';
import { MemoryObjectStore } from '../../../functions/platform/memory-object-store.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { tokenLength } from '../../../functions/subscribers/tokens.ts';
import { anArticle } from '../../support/articles.ts';
import { aRun } from '../../support/runs.ts';

const now = Temporal.Instant.from('2026-11-24T06:00:00Z');
const run = aRun({ toNumber: 1, state: 'delivering', shards: 1 });
const never = (): Promise<never> => Promise.reject(new Error('There are no announcements here'));

/** The mail that one reader gets of it. */
const mailOf = (edition: ReadyEdition | 'withdrawn'): string =>
  edition === 'withdrawn'
    ? 'withdrawn'
    : splice(edition.template, {
        address: 'ada@mail.example',
        unsubscribeToken: 'U'.repeat(tokenLength),
        settingsToken: 'S'.repeat(tokenLength),
        messageId: messageIdOf(run.id, 'ada'.padEnd(26, 'a')),
        at: now,
      }).toString('latin1');

test('workers that come at once, and one that comes after a correction, send the same bytes', async () => {
  const articles = new MemoryArticles();
  const article = anArticle({ status: 'held', heldBecause: 'publication-pending' });
  await articles.insert(article, { linkIdentifies: true });
  await articles.publish(article.id, '2026-11-24T05:00:00.000Z');
  const archive = new MemoryObjectStore();
  const worker = () =>
    new EditionShelf({
      articles,
      announcements: { audience: never, edition: never },
      archive,
      sender: { address: 'meldungen@portal.example', baseUrl: new URL('https://portal.example') },
    });
  const [first, second] = await Promise.all([worker(), worker()].map((one) => one.editionOf(run, [1], now)));

  const published = await articles.get(article.id);
  if (published === undefined) throw new Error('it is not stored');
  await articles.revise({ ...published, headline: 'Anders', version: published.version + 1 }, published);
  const later = await worker().editionOf(run, [1], now);

  // Boundaries are made by chance: two that were composed apart would differ.
  expect(mailOf(second ?? 'withdrawn')).toBe(mailOf(first ?? 'withdrawn'));
  expect(mailOf(later)).toBe(mailOf(first ?? 'withdrawn'));
  expect(mailOf(later)).toContain('To: ada@mail.example');
  expect(await archive.list('editions/')).toHaveLength(1);
});

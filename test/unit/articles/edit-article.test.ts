import {
  holdArticle,
  moveArticle,
  releaseArticle,
  withdrawArticle,
} from '../../../functions/articles/edit-article.ts';
import type { Article } from '../../../functions/articles/article.ts';
import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import { publishDue } from '../../../functions/articles/publish-due.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { anArticle } from '../../support/articles.ts';

const now = Temporal.Instant.from('2022-05-10T10:00:00Z');
const anna = { by: 'anna', reason: 'Urgent' };
const { id } = anArticle();

async function articlesWith(changes: Partial<Article> = {}): Promise<MemoryArticles> {
  const articles = new MemoryArticles();
  await articles.insert(anArticle({ heldBecause: 'freeze', ...changes }), { linkIdentifies: true });
  return articles;
}

test('release publishes one article during a freeze, on record', async () => {
  const articles = await articlesWith();
  const { article } = await releaseArticle(articles, id, anna, now);
  expect(article).toMatchObject({
    status: 'live',
    publication: 1,
    acts: [{ act: 'release', at: '2022-05-10T10:00:00.000Z', by: 'anna', reason: 'Urgent' }],
  });
  expect(await articles.listHeld()).toEqual([]);
});

test('a release that stopped before publishing is made up for by the clock, freeze or not', async () => {
  const articles = await articlesWith();
  const stops = Object.assign(Object.create(articles) as MemoryArticles, {
    get: articles.get.bind(articles),
    revise: articles.revise.bind(articles),
    publish: () => Promise.reject(new Error('crash')),
  });
  await expect(releaseArticle(stops, id, anna, now)).rejects.toThrow('crash');
  expect(await publishDue(articles, now, true)).toMatchObject({ published: 1 });
});

test('release shows a correction that waits', async () => {
  const articles = await articlesWith();
  await articles.publish(id, now.toString());
  const live = await articles.get(id);
  if (live === undefined) throw new Error('gone');
  const { headline: _, ...rest } = live;
  const pendingCorrection = {
    content: { ...rest, headline: 'Corrected' },
    link: live.link,
    topics: live.topics,
    contentHash: 'hash-2',
  };
  await articles.revise({ ...live, pendingCorrection, version: live.version + 1 }, live);
  const { article } = await releaseArticle(articles, id, anna, now);
  expect(article).toMatchObject({ headline: 'Corrected', revision: 2, status: 'live' });
  expect(await articles.listHeld()).toEqual([]);
});

test('an embargo is not broken', async () => {
  const articles = await articlesWith({ heldBecause: 'embargo', heldUntil: '2022-05-25T08:00:00.000Z' });
  expect(await releaseArticle(articles, id, anna, now)).toEqual({
    refused: 'its embargo lasts until 2022-05-25T08:00:00.000Z; it is published then',
  });
});

test('hold keeps an article back beyond the freeze, until it is released', async () => {
  const articles = await articlesWith();
  await holdArticle(articles, id, anna, now);
  expect(await publishDue(articles, now, false)).toMatchObject({ published: 0 });
  expect((await releaseArticle(articles, id, anna, now)).article?.status).toBe('live');
  expect(await holdArticle(articles, id, anna, now)).toEqual({
    refused: 'it is live; only what is not published yet can be held',
  });
});

test('move files an article elsewhere, for good', async () => {
  const articles = await articlesWith();
  await articles.publish(id, now.toString());
  const { article } = await moveArticle(articles, id, ['familie'], anna, now);
  expect(article).toMatchObject({ topics: ['familie'], overrides: { topics: ['familie'] } });
  expect(await articles.listNewest('familie', 9)).toHaveLength(1);
  expect(await articles.listNewest('flucht-und-migration', 9)).toEqual([]);
});

test('withdraw takes an article away, freeze or not, and keeps who did it', async () => {
  const articles = await articlesWith();
  await articles.publish(id, now.toString());
  const { article } = await withdrawArticle(articles, id, anna, now);
  expect(article).toMatchObject({ status: 'withdrawn', acts: [{ act: 'withdraw', by: 'anna' }] });
  expect(await articles.listNewest('alle', 9)).toEqual([]);
  expect(await withdrawArticle(articles, id, anna, now)).toEqual({ refused: 'it is withdrawn already' });
});

test("what is not there can't be edited", async () => {
  expect(await releaseArticle(new MemoryArticles(), 'none', anna, now)).toEqual({
    refused: 'there is no such article',
  });
});

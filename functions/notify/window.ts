import { allTopics } from '../../config/topics.ts';
import type { Article } from '../articles/article.ts';
import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import type { Reach, Run } from '../runs/run.ts';

/** An article that digests may carry. */
export interface NewsItem {
  number: number;
  articleId: string;
  topics: readonly string[];
}

export interface Window {
  fromNumber: number;
  toNumber: number;
}

export const windowOf = (run: Run): Window => {
  if (run.fromNumber === undefined || run.toNumber === undefined) throw new Error(`${run.id} has no window`);
  return { fromNumber: run.fromNumber, toNumber: run.toNumber };
};

/** A run's own window and those that somebody's digest reaches back to, as one that holds them all. */
export const widest = (run: Run, reaches: Iterable<Reach>): Window => {
  const window = windowOf(run);
  for (const { fromNumber } of reaches) window.fromNumber = Math.min(window.fromNumber, fromNumber);
  return window;
};

/** What was published in a window and is news: neither quiet nor withdrawn since. By rising number. */
export async function newsIn(
  articles: ArticleStore & PublicationLog,
  { fromNumber, toNumber }: Window,
): Promise<NewsItem[]> {
  const publications = await articles.listPublishedBetween(allTopics, fromNumber, toNumber);
  const news = publications.filter(({ quiet }) => !quiet);
  const byId = new Map(
    (await articles.getMany(news.map(({ articleId }) => articleId))).map((article) => [article.id, article]),
  );
  return news.flatMap(({ number, articleId }) => {
    const article: Article | undefined = byId.get(articleId);
    return article?.status === 'live' ? [{ number, articleId, topics: article.topics }] : [];
  });
}

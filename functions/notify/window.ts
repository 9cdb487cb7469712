import { allTopics } from '../../config/topics.ts';
import type { Article } from '../articles/article.ts';
import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import type { Run } from '../runs/run.ts';

/** An article that digests may carry. */
export interface NewsItem {
  number: number;
  articleId: string;
  topics: readonly string[];
}

/** What of a digest run decides whom it brings what: `(fromNumber, toNumber]`, and for which cadence. */
export type DigestWindow = Required<Pick<Run, 'cadence' | 'fromNumber' | 'toNumber'>>;

export const windowOf = ({ id, cadence, fromNumber, toNumber }: Run): DigestWindow => {
  if (cadence === undefined || fromNumber === undefined || toNumber === undefined) {
    throw new Error(`${id} has no window`);
  }
  return { cadence, fromNumber, toNumber };
};

/** What was published in a window and is news: neither quiet nor withdrawn since. By rising number. */
export async function newsIn(
  articles: ArticleStore & PublicationLog,
  { fromNumber, toNumber }: Pick<DigestWindow, 'fromNumber' | 'toNumber'>,
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

import type { Article, HeldBecause, Origin } from './article.ts';

/** One line of the publication log, or of one topic's part of it. */
export interface Publication {
  number: number;
  articleId: string;
  /** ISO 8601 moment. */
  publishedAt: string;
  quiet: boolean;
}

/** An article that waits. */
export interface Held {
  articleId: string;
  sourceDate: string;
  because: HeldBecause;
  /** ISO 8601; not to be published before. */
  until?: string;
}

/** The articles that we keep, and what is waiting among them. */
export interface ArticleStore {
  get(id: string): Promise<Article | undefined>;
  /** The articles that exist among `ids`, in the order of `ids`. Any number. */
  getMany(ids: readonly string[]): Promise<Article[]>;
  /** Ids by GUID, for those that are filed: `result.get(guid)`. */
  findByGuids(
    sourceId: string,
    guids: readonly string[],
  ): Promise<Map<string, { articleId: string; contentHash: string }>>;
  findByLink(link: string): Promise<string | undefined>;
  /**
   * Stores a new held article together with its GUID and link, in one transaction.
   *
   * @returns `'taken'` when its id, GUID or link is filed already; nothing is written then.
   */
  insert(article: Article): Promise<'inserted' | 'taken'>;
  /**
   * Writes a changed article over revision `expected` of it. Topic rows follow the article's topics; the hash filed
   * under the GUIDs of its origins follows `contentHash`.
   *
   * @returns `'conflict'` when another writer was faster; nothing is written then.
   */
  revise(
    article: Article,
    expected: { revision: number; updatedAt: string },
  ): Promise<'revised' | 'conflict'>;
  /** Files another origin with an article: a changed GUID, or a second source. `'taken'` when the GUID is filed already. */
  addOrigin(articleId: string, origin: Origin, contentHash: string): Promise<'added' | 'taken'>;
  /** All that is held, in the order of `sourceDate`. */
  listHeld(): Promise<Held[]>;
}

/**
 * The log of publications. Numbers are dense and rise in the order of publication; windows over them can't
 * overlap or leave a gap, whatever the clocks say.
 */
export interface PublicationLog {
  /**
   * Makes a held article live under the next number: counter, article and topic rows in one transaction.
   *
   * @param at moment of publication, ISO 8601
   * @returns `'not-held'` when it is live or withdrawn already; nothing is written then.
   */
  publish(
    articleId: string,
    at: string,
  ): Promise<{ outcome: 'published'; number: number } | { outcome: 'not-held' }>;
  /** Takes an article out of every topic, for good. `'already'` when it was withdrawn before. */
  withdraw(articleId: string, at: string): Promise<'withdrawn' | 'already' | 'unknown'>;
  /** The last number given, 0 before the first. Strongly consistent. */
  lastNumber(): Promise<number>;
  /** Publications in a topic (or `alle`) with `after < number ≤ upTo`, by rising number. Withdrawn ones are gone. */
  listPublishedBetween(topic: string, after: number, upTo: number): Promise<Publication[]>;
  /** The newest publications in a topic (or `alle`), by falling number, at most `limit`, all below `before` if given. */
  listNewest(topic: string, limit: number, before?: number): Promise<Publication[]>;
}

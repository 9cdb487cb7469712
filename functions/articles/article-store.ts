import { portal } from '../../config/portal.ts';
import { isoMillis } from '../platform/time.ts';
import { sourceMoment, type Article, type ArticleContent, type HeldBecause, type Origin } from './article.ts';

/** One line of the publication log, or of one topic's part of it. */
export interface Publication {
  number: number;
  articleId: string;
  /** ISO 8601 moment. */
  publishedAt: string;
  quiet: boolean;
}

/** An article, or a correction of one, that waits. */
export interface Held {
  articleId: string;
  sourceDate: string;
  because: HeldBecause;
  /** ISO 8601; not to be published before. */
  until?: string;
  duringFreeze: 'hold' | 'publish';
  /** The article is live already; it is its correction that waits. */
  correction: boolean;
}

/** What waits of an article. Both implementations keep exactly this beside every article that they write. */
export function heldOf(article: Article): Held | undefined {
  const { id: articleId, sourceDate, duringFreeze } = article;
  if (article.status === 'held') {
    const because = article.heldBecause ?? 'publication-pending';
    return { articleId, sourceDate, because, until: article.heldUntil, duringFreeze, correction: false };
  }
  if (article.status === 'live' && article.pendingCorrection !== undefined) {
    return { articleId, sourceDate, because: 'freeze', duringFreeze, correction: true };
  }
  return undefined;
}

/** Sorts what waits by the moment of its source date, then by id. */
export const heldOrder = (held: Held): string =>
  `${isoMillis(sourceMoment(held.sourceDate, portal.timeZone))}#${held.articleId}`;

/** The hash that the next poll compares with: of the newest content that we have taken in, shown or not. */
export const hashTakenIn = (article: Article): string =>
  article.pendingCorrection?.contentHash ?? article.contentHash;

/** Likewise where it stands at its source: what a freeze holds back identifies all the same. */
export const linkTakenIn = (article: Article): string => article.pendingCorrection?.link ?? article.link;

/** What a GUID is filed under. */
export interface Filing {
  articleId: string;
  /** Hash of the content last taken in under this GUID. */
  contentHash: string;
}

/** The articles that we keep, and what is waiting among them. */
export interface ArticleStore {
  /** Strongly consistent. */
  get(id: string): Promise<Article | undefined>;
  /** The articles that exist among `ids`, in the order of `ids`. Any number. */
  getMany(ids: readonly string[]): Promise<Article[]>;
  /** What is filed under GUIDs of one source; those that are not filed are missing. Any number. Strongly consistent. */
  findByGuids(sourceId: string, guids: readonly string[]): Promise<Map<string, Filing>>;
  /** Id of the article filed under a canonical link. Strongly consistent. */
  findByLink(link: string): Promise<string | undefined>;
  /** Id of the article filed under a text of the same identity, whatever its source. Strongly consistent. */
  findByText(content: ArticleContent): Promise<string | undefined>;
  /**
   * Stores a new held article together with its GUID, and with its link and its text when these identify it, in one
   * transaction. A text that says too little to identify anything is not filed.
   *
   * @returns `'taken'` when its id, GUID, link or text is filed already; nothing is written then.
   */
  insert(
    article: Article,
    options: { linkIdentifies: boolean; textIdentifies?: boolean },
  ): Promise<'inserted' | 'taken'>;
  /**
   * Writes a changed article over the one it was made from. Topic rows follow its topics, what is filed under the
   * GUIDs of its first source follows its content hash, and it is filed under a new link, shown or not, as well as under the old one.
   *
   * @param next must have the `version` of `previous` plus one
   * @returns `'conflict'` when another writer was faster; nothing is written then.
   */
  revise(next: Article, previous: Article): Promise<'revised' | 'conflict'>;
  /**
   * Files another origin with an article: a changed GUID, or a second source.
   *
   * @returns `'taken'` when that GUID is filed already, `'conflict'` when another writer was faster.
   */
  addOrigin(article: Article, origin: Origin, contentHash: string): Promise<'added' | 'taken' | 'conflict'>;
  /** All that waits, in the order of {@link heldOrder}. Strongly consistent. */
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
   * @returns `'not-held'` when it is unknown, live or withdrawn; nothing is written then.
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

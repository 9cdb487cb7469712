import { feeds } from '../../config/feeds.ts';
import { portal } from '../../config/portal.ts';
import type { Publication, PublicationLog } from '../articles/article-store.ts';

// Archive pages (RFC 5005, section 4) must not move as the log grows, and must come out the same when made anew from
// the table. So a page is a span of publication numbers, the same for every topic; pages without an article of the
// topic don't exist. The feed itself holds the newest articles down to the end of a page, at least `feedEntries`.

/** The part of the log that feeds are made from. */
export type TopicLog = Pick<PublicationLog, 'listNewest' | 'listPublishedBetween'>;

/** Page that a publication belongs to once it is archived. Pages count from 0. */
export const pageOf = (number: number): number => Math.floor((number - 1) / feeds.archiveSpan);

/** Last publication number of a page. */
export const endOf = (page: number): number => (page + 1) * feeds.archiveSpan;

/** What a topic's feed holds, and the archive behind it. */
export interface Window {
  /** By falling number. */
  publications: Publication[];
  /** Publications up to this number are archived; 0 when there is no archive. */
  archivedUpTo: number;
  newestArchived: number | undefined;
}

export async function readWindow(log: TopicLog, topic: string): Promise<Window> {
  const newest = await log.listNewest(topic, portal.feedEntries);
  const oldest = newest.at(-1);
  if (oldest === undefined || newest.length < portal.feedEntries) {
    return { publications: newest, archivedUpTo: 0, newestArchived: undefined };
  }
  const archivedUpTo = endOf(pageOf(oldest.number) - 1);
  const rest = await log.listPublishedBetween(topic, archivedUpTo, oldest.number - 1);
  return {
    publications: [...newest, ...rest.toReversed()],
    archivedUpTo,
    newestArchived: await pageBefore(log, topic, archivedUpTo + 1),
  };
}

/** The page with the newest publication in a topic below `number`. */
export async function pageBefore(log: TopicLog, topic: string, number: number): Promise<number | undefined> {
  const [publication] = await log.listNewest(topic, 1, number);
  return publication === undefined ? undefined : pageOf(publication.number);
}

/** The page with the oldest publication in a topic above `number` and at most `upTo`. */
export async function pageAfter(
  log: TopicLog,
  topic: string,
  number: number,
  upTo: number,
): Promise<number | undefined> {
  // The log is read by ranges, so they widen until something is found: a sparse topic costs a few reads more.
  for (let from = number, width = feeds.archiveSpan; from < upTo; from += width, width *= 4) {
    const [publication] = await log.listPublishedBetween(topic, from, Math.min(upTo, from + width));
    if (publication !== undefined) return pageOf(publication.number);
  }
  return undefined;
}

import { currentNoticeEntries, isInFeedOf, noticeEntries } from '../announcements/notice-entries.tsx';
import type { AnnouncementStore } from '../announcements/announcement-store.ts';
import { portal } from '../../config/portal.ts';
import { tagUri } from '../articles/article-page.ts';
import type { ArticleStore, Publication } from '../articles/article-store.ts';
import {
  archivePath,
  feedListing,
  feedPath,
  forEachFormat,
  noticesSlug,
  type Addresses,
} from '../articles/feed-directory.ts';
import { allTopics } from '../../config/topics.ts';
import { together } from '../platform/together.ts';
import { permittedOf } from '../sources/rights.ts';
import type { SourceStore } from '../sources/source-store.ts';
import { endOf, pageAfter, pageBefore, readWindow, type TopicLog, type Window } from './archive.ts';
import { entryOf, noticeEntryOf } from './feed-entry.tsx';
import type { FeedEntry, PortalFeed } from './portal-feed.ts';

/** Where feeds are made from. What they say is a function of these and nothing else: not of the time, nor the past. */
export interface FeedSources {
  articles: Pick<ArticleStore, 'getMany'> & TopicLog;
  sources: Pick<SourceStore, 'list'>;
  announcements: Pick<AnnouncementStore, 'list'>;
  baseUrl: URL;
  /** WebSub hub. */
  hub?: string;
}

/** A feed as it is now, with what it holds. */
export async function readFeed(
  parts: FeedSources,
  slug: string,
): Promise<{ feed: PortalFeed; window: Window }> {
  const window =
    slug === noticesSlug
      ? { publications: [], archivedUpTo: 0, newestArchived: undefined }
      : await readWindow(parts.articles, slug);
  const entries = merge(await readEntries(parts, slug, window.publications), await readNotices(parts, slug));
  const { newestArchived } = window;
  const feed: PortalFeed = {
    ...heading(parts, slug, entries),
    self: addresses(parts, (format) => feedPath(slug, format)),
    ...(parts.hub !== undefined && { hub: parts.hub }),
    ...(newestArchived !== undefined && { previousArchive: archiveAddresses(parts, slug, newestArchived) }),
  };
  return { feed, window };
}

/**
 * An archive page with links to its neighbours, or `undefined` when it has no article.
 *
 * @param archivedUpTo the window's, so that the newest page links to no later one
 */
export async function readArchivePage(
  parts: FeedSources,
  slug: string,
  page: number,
  archivedUpTo: number,
): Promise<PortalFeed | undefined> {
  const publications = await parts.articles.listPublishedBetween(slug, endOf(page - 1), endOf(page));
  if (publications.length === 0) return undefined;
  const [entries, previous, next] = await together([
    readEntries(parts, slug, publications.toReversed()),
    pageBefore(parts.articles, slug, endOf(page - 1) + 1),
    pageAfter(parts.articles, slug, endOf(page), archivedUpTo),
  ]);
  return {
    ...heading(parts, slug, entries),
    self: archiveAddresses(parts, slug, page),
    current: addresses(parts, (format) => feedPath(slug, format)),
    ...(previous !== undefined && { previousArchive: archiveAddresses(parts, slug, previous) }),
    ...(next !== undefined && { nextArchive: archiveAddresses(parts, slug, next) }),
  };
}

async function readEntries(
  { articles, sources, baseUrl }: FeedSources,
  slug: string,
  publications: readonly Publication[],
): Promise<FeedEntry[]> {
  const stored = await articles.getMany(publications.map(({ articleId }) => articleId));
  // Withdrawn or moved since its row was read: the change that did it will have the feed written again.
  const shown = stored.filter(
    ({ status, topics }) => status === 'live' && (slug === allTopics || topics.includes(slug)),
  );
  return (await permittedOf(shown, sources)).map((article) => entryOf(article, baseUrl));
}

/** One entry per phase that has begun, newest first. */
async function readNotices({ announcements, baseUrl }: FeedSources, slug: string): Promise<FeedEntry[]> {
  const all = await announcements.list();
  const notices =
    slug === noticesSlug
      ? noticeEntries(all)
      : currentNoticeEntries(all).filter((entry) => isInFeedOf(entry, slug));
  return notices.map((notice) => noticeEntryOf(notice, baseUrl));
}

/** Puts notices among articles by the moment that they began, newest first. Articles keep the order of the log. */
function merge(articles: readonly FeedEntry[], notices: readonly FeedEntry[]): FeedEntry[] {
  const entries: FeedEntry[] = [];
  let next = 0;
  for (const article of articles) {
    for (
      let notice = notices[next];
      notice !== undefined && notice.published >= article.published;
      notice = notices[next]
    ) {
      entries.push(notice);
      next += 1;
    }
    entries.push(article);
  }
  return [...entries, ...notices.slice(next)];
}

function heading(parts: FeedSources, slug: string, entries: readonly FeedEntry[]) {
  const listing = feedListing(slug);
  if (listing === undefined) throw new Error(`There is no feed ${JSON.stringify(slug)}`);
  return {
    id: tagUri(`feeds/${slug}`),
    title: `${listing.label} – ${portal.name}`,
    description: listing.description,
    home: new URL(slug === noticesSlug ? '/hinweise/' : `/themen/${slug}/`, parts.baseUrl).href,
    // An empty feed has not changed since there were ids to give.
    updated: entries.reduce(
      (last, { updated }) => (updated > last ? updated : last),
      `${portal.tagDate}T00:00:00.000Z`,
    ),
    entries,
  };
}

const addresses = ({ baseUrl }: FeedSources, path: (format: keyof Addresses) => string): Addresses =>
  forEachFormat((format) => new URL(path(format), baseUrl).href);

const archiveAddresses = (parts: FeedSources, slug: string, page: number): Addresses =>
  addresses(parts, (format) => archivePath(slug, page, format));

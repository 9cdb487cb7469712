import {
  feedDirectory,
  forEachFormat,
  archivePath,
  feedPath,
  opmlPath,
  type Addresses,
} from '../articles/feed-directory.ts';
import type { Log } from '../platform/log.ts';
import type { ObjectStore } from '../platform/object-store.ts';
import { together } from '../platform/together.ts';
import { portal } from '../../config/portal.ts';
import { endOf, pageAfter, pageBefore, pageOf, type Window } from './archive.ts';
import type { ContentChanges, TopicChange } from './content-changes.ts';
import { readArchivePage, readFeed, type FeedSources } from './feed-documents.ts';
import { bringInLine, putIfDifferent, type Written } from './feed-objects.ts';
import { tellHub } from './hub.ts';
import { writeOpml } from './opml.ts';

export interface SyndicateParts extends FeedSources {
  objects: ObjectStore;
  log: Log;
}

const unchanged: TopicChange = { touched: new Set(), left: 0 };

/**
 * Brings the feeds in line with a batch of changes. Each feed is read and written once per batch, whatever the number
 * of changes, and costs the same however many articles there are.
 *
 * @returns keys of the objects written
 */
export async function syndicate(parts: SyndicateParts, changes: ContentChanges): Promise<Written> {
  const slugs = changes.everyFeed ? feedDirectory.map(({ slug }) => slug) : [...changes.topics.keys()];
  const written = await together([
    ...slugs.map((slug) => updateFeed(parts, slug, changes.topics.get(slug) ?? unchanged)),
    ...(changes.everyFeed ? [writeDirectory(parts)] : []),
  ]);
  return tell(parts, written.flat());
}

/**
 * Makes every object anew from the table: feeds, archive pages, OPML. Objects whose bytes are right stay as they are,
 * and archive pages that should not be there go.
 */
export async function rebuildFeeds(
  parts: SyndicateParts,
  progress: (slug: string) => void = () => undefined,
): Promise<Written> {
  const written: string[] = [...(await writeDirectory(parts))];
  for (const { slug } of feedDirectory) {
    progress(slug);
    const { window } = await readFeed(parts, slug);
    const pages = await archivedPages(parts, slug, window);
    for (const page of pages) written.push(...(await writePage(parts, slug, page, window)));
    written.push(...(await updateFeed(parts, slug, unchanged)));
    const expected = new Set(pages.flatMap((page) => Object.values(archiveKeys(slug, page))));
    for (const key of await parts.objects.list(`feeds/archiv/${slug}-`)) {
      // `jugend-` is also how the pages of a feed `jugend-und-schule` begin.
      if (/-\d+\.[a-z]+$/u.exec(key)?.index === `feeds/archiv/${slug}`.length && !expected.has(key))
        await parts.objects.delete(key);
    }
  }
  return tell(parts, written);
}

async function updateFeed(parts: SyndicateParts, slug: string, change: TopicChange): Promise<Written> {
  const archived: string[] = [];
  let window: Window | undefined;
  const current = await bringInLine(parts.objects, feedKeys(slug), async () => {
    const read = await readFeed(parts, slug);
    window = read.window;
    // Before the feed, which links to them.
    archived.push(
      ...(await addPages(parts, slug, window)),
      ...(await touchPages(parts, slug, window, change.touched)),
    );
    return read.feed;
  });
  if (window !== undefined && change.left > 0) await removePages(parts, slug, window, change.left);
  return [...new Set(archived), ...current];
}

/** Writes the archive pages that the feed has just left behind, oldest first, so that a page is never there without those before it. */
async function addPages(parts: SyndicateParts, slug: string, window: Window): Promise<Written> {
  const missing: number[] = [];
  let page = window.newestArchived;
  while (page !== undefined && !(await exists(parts, slug, page))) {
    missing.unshift(page);
    page = await pageBefore(parts.articles, slug, endOf(page - 1) + 1);
  }
  // The page before them has a next one now.
  if (missing.length > 0 && page !== undefined) missing.unshift(page);
  const written: string[] = [];
  for (const each of missing) written.push(...(await writePage(parts, slug, each, window)));
  return written;
}

/** Writes archive pages whose articles changed, and their neighbours, whose links change when a page comes or goes. */
async function touchPages(
  parts: SyndicateParts,
  slug: string,
  window: Window,
  touched: ReadonlySet<number>,
): Promise<Written> {
  const pages = new Set<number>();
  for (const number of touched) {
    if (number > window.archivedUpTo) continue;
    const page = pageOf(number);
    const before = await pageBefore(parts.articles, slug, endOf(page - 1) + 1);
    const after = await pageAfter(parts.articles, slug, endOf(page), window.archivedUpTo);
    for (const each of [before, page, after]) if (each !== undefined) pages.add(each);
  }
  const written: string[] = [];
  for (const page of pages) written.push(...(await writePage(parts, slug, page, window)));
  return written;
}

/** When articles leave the feed it reaches back into the archive, whose newest pages then are no longer pages of it. */
async function removePages(parts: SyndicateParts, slug: string, window: Window, left: number): Promise<void> {
  const regained = window.publications.slice(Math.max(0, portal.feedEntries - left));
  for (const page of new Set(regained.map(({ number }) => pageOf(number)))) {
    for (const key of Object.values(archiveKeys(slug, page))) await parts.objects.delete(key);
  }
  if (window.newestArchived !== undefined) await writePage(parts, slug, window.newestArchived, window);
}

const writePage = (parts: SyndicateParts, slug: string, page: number, window: Window): Promise<Written> =>
  bringInLine(parts.objects, archiveKeys(slug, page), () =>
    readArchivePage(parts, slug, page, window.archivedUpTo),
  );

/** All archive pages of a feed, oldest first. Reads the feed's whole log. */
async function archivedPages(parts: SyndicateParts, slug: string, window: Window): Promise<number[]> {
  const pages: number[] = [];
  for (let page = window.newestArchived; page !== undefined;) {
    pages.unshift(page);
    page = await pageBefore(parts.articles, slug, endOf(page - 1) + 1);
  }
  return pages;
}

async function exists(parts: SyndicateParts, slug: string, page: number): Promise<boolean> {
  const heads = await together(Object.values(archiveKeys(slug, page)).map((key) => parts.objects.head(key)));
  return heads.every((head) => head !== undefined);
}

const writeDirectory = ({ objects, baseUrl }: SyndicateParts): Promise<Written> =>
  putIfDifferent(objects, keyOf(opmlPath), writeOpml(baseUrl), 'text/x-opml; charset=utf-8');

/** Tells the hub of feeds that changed; archive pages are not subscribed to. */
async function tell({ hub, baseUrl, log }: SyndicateParts, written: Written): Promise<Written> {
  const feeds = written.filter((key) => !key.includes('/archiv/') && key !== keyOf(opmlPath));
  if (hub !== undefined && feeds.length > 0) {
    await tellHub(
      hub,
      feeds.map((key) => new URL(key, baseUrl).href),
      log,
    );
  }
  return written;
}

/** A path without its slash, as the bucket's keys are. */
const keyOf = (path: string): string => path.slice(1);

const feedKeys = (slug: string): Addresses => forEachFormat((format) => keyOf(feedPath(slug, format)));

const archiveKeys = (slug: string, page: number): Addresses =>
  forEachFormat((format) => keyOf(archivePath(slug, page, format)));

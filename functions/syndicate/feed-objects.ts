import { createHash } from 'node:crypto';
import { feedFormats, mediaTypes, type Addresses } from '../articles/feed-directory.ts';
import type { ObjectStore } from '../platform/object-store.ts';
import { together } from '../platform/together.ts';
import { writeFeed, type PortalFeed } from './portal-feed.ts';

/** Attempts before a race that is lost again and again counts as a fault. */
const attempts = 8;

/** How long a reader, or the edge, may keep a feed without asking: with 304s asking is cheap. */
const cacheControl = 'public, max-age=60, stale-while-revalidate=60, stale-if-error=86400';

/** Which objects were written, by key. */
export type Written = readonly string[];

/**
 * Brings the objects of one feed in line with what `read` says now; writes those whose bytes differ.
 *
 * What is stored is looked at before reading, and overwritten only if it still is that. So a writer that read earlier
 * can't undo one that read later; it reads again instead.
 *
 * @param read the feed now, or `undefined` when there must be none
 */
export async function bringInLine(
  objects: ObjectStore,
  keys: Addresses,
  read: () => Promise<PortalFeed | undefined>,
): Promise<Written> {
  const written = new Set<string>();
  for (let attempt = 0; attempt < attempts; attempt++) {
    const heads = await together(feedFormats.map((format) => objects.head(keys[format])));
    const feed = await read();
    if (feed === undefined) {
      await together(feedFormats.map((format) => objects.delete(keys[format])));
      return [];
    }
    const outcomes = await together(
      feedFormats.map(async (format, position) => {
        const head = heads[position];
        const body = writeFeed(feed, format);
        const metadata = {
          sha256: createHash('sha256').update(body).digest('hex'),
          link: linkHeader(feed, format),
          'last-modified': new Date(feed.updated).toUTCString(),
        };
        if (head?.metadata['sha256'] === metadata.sha256) return 'unchanged';
        const outcome = await objects.put(keys[format], body, {
          contentType: `${mediaTypes[format]}; charset=utf-8`,
          cacheControl,
          metadata,
          ...(head === undefined ? { ifNoneMatch: '*' } : { ifMatch: head.etag }),
        });
        if (outcome === 'written') written.add(keys[format]);
        return outcome;
      }),
    );
    if (!outcomes.includes('precondition-failed')) return [...written];
  }
  throw new Error(`${keys.atom} was not written: ${attempts} attempts met another writer`);
}

/** Writes one object if its bytes differ. For what depends on configuration alone, where no writer can be out of date. */
export async function putIfDifferent(
  objects: ObjectStore,
  key: string,
  text: string,
  contentType: string,
): Promise<Written> {
  const body = Buffer.from(text);
  const sha256 = createHash('sha256').update(body).digest('hex');
  if ((await objects.head(key))?.metadata['sha256'] === sha256) return [];
  await objects.put(key, body, { contentType, cacheControl, metadata: { sha256 } });
  return [key];
}

/** Links for readers that don't look inside (RFC 8288); WebSub wants `self` and `hub` there. The edge sends it. */
function linkHeader(feed: PortalFeed, format: keyof Addresses): string {
  const links = [
    `<${feed.self[format]}>; rel="self"`,
    `<${feed.home}>; rel="alternate"; type="text/html"`,
    ...(feed.hub === undefined ? [] : [`<${feed.hub}>; rel="hub"`]),
    ...(feed.previousArchive === undefined ? [] : [`<${feed.previousArchive[format]}>; rel="prev-archive"`]),
  ];
  return links.join(', ');
}

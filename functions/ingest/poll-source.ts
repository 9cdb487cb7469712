import { createHash } from 'node:crypto';
import { fileRelease } from '../articles/file-release.ts';
import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import { sourceMoment } from '../articles/article.ts';
import { portal } from '../../config/portal.ts';
import { Discard } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { ObjectStore } from '../platform/object-store.ts';
import { isoMillis, type Clock, type Temporal } from '../platform/time.ts';
import type { RegisteredSource, SourceState, SourceStore } from '../sources/source-store.ts';
import { NotAFeed, TooLarge } from './feed-errors.ts';
import type { Fetched, Validators } from './fetch-feed.ts';
import { nextAttempt, nextPoll } from './poll-schedule.ts';

export interface PollParts {
  clock: Clock;
  /** Asks a source's server, as `fetchFeed` does: whatever it answers is a value. */
  fetch: (address: string, validators: Validators) => Promise<Fetched>;
  sources: SourceStore;
  articles: ArticleStore & PublicationLog;
  /** Keeps the bodies that Herold failed on. */
  archive: ObjectStore;
  /** Is an editorial freeze on? */
  isFrozen: (at: Temporal.Instant) => Promise<boolean>;
  log: Log;
  /** In [0, 1). */
  random: () => number;
}

export interface Polled {
  outcome: 'filed' | 'not-modified' | 'failed' | 'gone' | 'skipped';
  stored: number;
  corrected: number;
  duplicates: number;
}

const nothing = { stored: 0, corrected: 0, duplicates: 0 };

type Body = Extract<Fetched, { outcome: 'body' }>;

/**
 * Polls one source and files what is new. Whatever the server or the feed does ends as a value and in the source's
 * state; the source recovers by itself.
 *
 * @param messageId tells a message that is delivered again from a new one
 * @throws Discard when Herold failed on the body, once for each body: the message ends in the dead-letter queue, the body
 *   stays in the archive, and the items that could be filed were
 */
export async function pollSource(parts: PollParts, sourceId: string, messageId: string): Promise<Polled> {
  const registered = await parts.sources.get(sourceId);
  if (registered === undefined || !registered.source.active || registered.state.gone === true) {
    return { outcome: 'skipped', ...nothing };
  }
  const { state } = registered;
  const fetched = await parts.fetch(state.url, state);
  const now = parts.clock.now();
  switch (fetched.outcome) {
    case 'body':
      return pollBody(parts, registered, fetched, messageId, now);
    case 'not-modified':
      await parts.sources.recordPoll(sourceId, succeeded(parts, state, fetched, now));
      return { outcome: 'not-modified', ...nothing };
    case 'gone':
      parts.log.error('source is gone', { sourceId, url: state.url });
      await parts.sources.recordPoll(sourceId, {
        gone: true,
        lastError: '410 Gone',
        failures: state.failures + 1,
      });
      return { outcome: 'gone', ...nothing };
    case 'busy':
    case 'failed':
      return fail(
        parts,
        registered,
        fetched.reason,
        now,
        fetched.outcome === 'busy' ? fetched.retryAfterSeconds : undefined,
      );
  }
}

async function pollBody(
  parts: PollParts,
  registered: RegisteredSource,
  fetched: Body,
  messageId: string,
  now: Temporal.Instant,
): Promise<Polled> {
  const { source, state } = registered;
  const bodyHash = createHash('sha256').update(fetched.bytes).digest('hex');
  if (bodyHash === state.bodyHash) {
    await parts.sources.recordPoll(source.id, {
      ...succeeded(parts, state, fetched, now),
      etag: fetched.etag,
      lastModified: fetched.lastModified,
    });
    return { outcome: 'not-modified', ...nothing };
  }
  try {
    // Most polls find nothing new, and end before this: a start need not wait for what reads feeds and HTML.
    const { parseSourceFeed } = await import('./parse-source-feed.ts');
    const { pressReleasesOf } = await import('./press-releases.ts');
    const feed = await parseSourceFeed(fetched.bytes, fetched);
    const { releases, faults, unknownTopics } = pressReleasesOf(feed, source, now);
    const counts = { ...nothing };
    const frozen = await parts.isFrozen(now);
    const filings = await parts.articles.findByGuids(
      source.id,
      releases.map(({ release }) => release.guid),
    );
    for (const { release, linkIdentifies } of releases) {
      const { outcome } = await fileRelease(parts.articles, release, {
        at: now,
        source,
        frozen,
        firstPoll: state.firstPolledAt === undefined,
        filing: filings.get(release.guid),
        linkIdentifies,
      });
      if (outcome === 'stored') counts.stored += 1;
      if (outcome === 'corrected') counts.corrected += 1;
      if (outcome === 'duplicate') counts.duplicates += 1;
    }
    if (unknownTopics.length > 0)
      parts.log.info('categories without a topic', { sourceId: source.id, unknownTopics });
    if (faults[0] !== undefined)
      throw new Error(`${faults.length} items could not be read, first ${faults[0].guid}`, {
        cause: faults[0].error,
      });

    const recentItems = newest(releases.map(({ release }) => release.sourceDate));
    // Validators that came with a body which changes while the server calls it uncacheable may be made up.
    const sound = !fetched.uncacheable || state.bodyHash === undefined;
    await parts.sources.recordPoll(source.id, {
      ...succeeded(parts, { ...state, recentItems }, fetched, now, feed.pace),
      recentItems,
      bodyHash,
      etag: sound ? fetched.etag : undefined,
      lastModified: sound ? fetched.lastModified : undefined,
      ...(counts.stored > 0 && { lastNewItemAt: isoMillis(now) }),
    });
    return { outcome: 'filed', ...counts };
  } catch (error) {
    if (error instanceof NotAFeed || error instanceof TooLarge) {
      return fail(parts, registered, error.message, now);
    }
    return poison(parts, registered, fetched, bodyHash, messageId, now, error as Error);
  }
}

/** What every successful poll changes in a source's state. */
function succeeded(
  parts: PollParts,
  state: SourceState,
  fetched: Extract<Fetched, { url: string }>,
  now: Temporal.Instant,
  pace?: Parameters<typeof nextPoll>[2]['pace'],
): Partial<SourceState> {
  const at = isoMillis(now);
  const asked = { pace, maxAgeSeconds: fetched.maxAgeSeconds };
  return {
    nextPollAt: isoMillis(nextPoll(now, state, asked, parts.random)),
    lastSuccessAt: at,
    failures: 0,
    lastError: undefined,
    ...(state.firstPolledAt === undefined && { firstPolledAt: at }),
    ...(fetched.movedTo !== undefined && { url: fetched.movedTo }),
  };
}

async function fail(
  parts: PollParts,
  { source, state }: RegisteredSource,
  reason: string,
  now: Temporal.Instant,
  retryAfterSeconds?: number,
): Promise<Polled> {
  const failures = state.failures + 1;
  parts.log.warn('source failed', { sourceId: source.id, reason, failures });
  await parts.sources.recordPoll(source.id, {
    failures,
    lastError: reason,
    nextPollAt: isoMillis(nextAttempt(now, failures, retryAfterSeconds, parts.random)),
  });
  return { outcome: 'failed', ...nothing };
}

/** Keeps a body that Herold failed on, and fails its message; a message that comes after it finds it known. */
async function poison(
  parts: PollParts,
  registered: RegisteredSource,
  { bytes, contentType, url }: Body,
  bodyHash: string,
  messageId: string,
  now: Temporal.Instant,
  error: Error,
): Promise<Polled> {
  const key = `poison/${registered.source.id}/${bodyHash}`;
  const put = await parts.archive.put(key, bytes, {
    contentType: contentType ?? 'application/octet-stream',
    metadata: {
      message: messageId,
      url: encodeURI(url).slice(0, 500),
      error: encodeURIComponent(error.message).slice(0, 1000),
    },
    ifNoneMatch: '*',
  });
  const polled = await fail(parts, registered, error.message, now);
  if (put === 'precondition-failed' && (await parts.archive.get(key))?.metadata['message'] !== messageId)
    return polled;
  throw new Discard(
    `Source ${registered.source.id} sent a body that could not be taken in; it is kept as ${key}`,
    {
      cause: error,
    },
  );
}

/** Moments of the newest items, newest first, at most 20. */
const newest = (sourceDates: readonly string[]): string[] =>
  sourceDates
    .map((date) => isoMillis(sourceMoment(date, portal.timeZone)))
    .toSorted()
    .toReversed()
    .slice(0, 20);

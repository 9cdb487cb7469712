import { allTopics } from '../../config/topics.ts';
import type { AnnouncementStore } from '../announcements/announcement-store.ts';
import { editorialStatus, type EditorialStatus } from '../announcements/freeze.ts';
import { articleTag } from '../articles/article-page.ts';
import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import { feedPath } from '../articles/feed-directory.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { ObjectStore } from '../platform/object-store.ts';
import { msOf, type Temporal } from '../platform/time.ts';
import { addsUp, type Run } from '../runs/run.ts';
import type { RunStore } from '../runs/run-store.ts';
import { slotSince } from '../runs/slots.ts';
import { isSilent } from '../sources/health.ts';
import type { RegisteredSource, SourceStore } from '../sources/source-store.ts';

export interface HealthParts {
  sources: SourceStore;
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementStore;
  runs: RunStore;
  feeds: ObjectStore;
  mailer: Pick<Mailer, 'quota'>;
}

/** Is it well? Each list names what is not; empty is well. */
export interface Health {
  frozen: boolean;
  /** Active sources that no poll has reached for too long. */
  pollsOverdue: string[];
  /** Active sources whose polls have failed for a day. */
  sourcesFailing: string[];
  /** Active sources without a new item for longer than they say is usual, and those that are gone for good. */
  sourcesSilent: string[];
  /** Articles that should be live: not frozen, not under embargo, held all the same. */
  publicationsOverdue: string[];
  /** Feeds without the newest article. */
  feedsBehind: string[];
  /** Slots of cadences for which there is no run. */
  runsNotStarted: string[];
  /** Open runs beyond their deadline. */
  runsNotFinished: string[];
  /** Runs that wait for someone. */
  runsPaused: string[];
  /** Closed runs whose certificate does not account for every candidate. */
  certificatesOff: string[];
  /** Of what SES lets the account send in 24 hours. */
  quotaUsedPercent: number;
}

/** The lists of {@link Health}; each is a metric of its length. Sources and runs are named in the log, not in metrics. */
export const healthLists = [
  'pollsOverdue',
  'sourcesFailing',
  'sourcesSilent',
  'publicationsOverdue',
  'feedsBehind',
  'runsNotStarted',
  'runsNotFinished',
  'runsPaused',
  'certificatesOff',
] as const satisfies (keyof Health)[];

/** How long a thing may be due before it is late; a few turns of whatever does it. */
const lateAfter = {
  poll: { minutes: 30 },
  success: { minutes: 24 * 60 },
  publication: { minutes: 10 },
  feed: { minutes: 10 },
  run: { minutes: 15 },
  deadline: { minutes: 15 },
};
const closedRunsLookedAt = 20;

/** Reads from the stores how things stand at `now`. Nothing is counted along the way, so nothing can be miscounted. */
export async function healthAt(parts: HealthParts, now: Temporal.Instant): Promise<Health> {
  const status = editorialStatus(await parts.announcements.list(), now);
  const frozen = status.state === 'frozen';
  const sources = (await parts.sources.list()).filter(({ source }) => source.active);
  const open = await parts.runs.listOpen();
  const closed = await parts.runs.listClosed(closedRunsLookedAt);
  const quota = await parts.mailer.quota();
  const late: Late = (at, allowance) => msOf(at) + allowance.minutes * 60_000 < now.epochMilliseconds;
  return {
    frozen,
    pollsOverdue: idsOf(
      sources.filter(({ state }) => state.gone !== true && late(state.nextPollAt, lateAfter.poll)),
    ),
    sourcesFailing: idsOf(
      sources.filter(
        ({ state }) =>
          state.failures > 0 &&
          late(state.lastSuccessAt ?? state.firstPolledAt ?? state.nextPollAt, lateAfter.success),
      ),
    ),
    sourcesSilent: idsOf(
      sources.filter((registered) => registered.state.gone === true || isSilent(registered, now)),
    ),
    publicationsOverdue: await publicationsOverdue(parts.articles, status, late),
    feedsBehind: await feedsBehind(parts, late),
    runsNotStarted: await runsNotStarted(parts.runs, now),
    runsNotFinished: open.filter(({ deadline }) => late(deadline, lateAfter.deadline)).map(idOf),
    runsPaused: open
      .filter(({ state, paused }) => state === 'paused' && paused?.until === undefined)
      .map(idOf),
    certificatesOff: closed
      .filter(({ certificate }) => certificate === undefined || !addsUp(certificate))
      .map(idOf),
    quotaUsedPercent: Math.round((100 * quota.sentLast24Hours) / quota.maxPer24Hours),
  };
}

/** A moment, and how long it may lie back before something is late. */
type Late = (at: string, allowance: { minutes: number }) => boolean;

const idOf = ({ id }: Run) => id;
const idsOf = (sources: RegisteredSource[]) => sources.map(({ source }) => source.id);

async function publicationsOverdue(
  articles: HealthParts['articles'],
  { state, since }: EditorialStatus,
  late: Late,
): Promise<string[]> {
  // What a freeze held is due when it ends, and not when it was first seen.
  const isOpen = state === 'open' && (since === null || late(since, lateAfter.publication));
  const due = (await articles.listHeld()).filter(
    ({ because, until, duringFreeze }) =>
      because !== 'editor' &&
      (isOpen || duringFreeze === 'publish') &&
      (until === undefined || late(until, lateAfter.publication)),
  );
  const held = await articles.getMany(due.map(({ articleId }) => articleId));
  return held.filter(({ firstSeenAt }) => late(firstSeenAt, lateAfter.publication)).map(({ id }) => id);
}

/** The newest article must be in the feed of all articles; whatever stops the writing of feeds stops that one too. */
async function feedsBehind(
  { articles, feeds }: Pick<HealthParts, 'articles' | 'feeds'>,
  late: Late,
): Promise<string[]> {
  const [newest] = await articles.listNewest(allTopics, 1);
  if (newest === undefined || !late(newest.publishedAt, lateAfter.feed)) return [];
  const key = feedPath(allTopics, 'json').slice(1);
  const feed = await feeds.get(key);
  const shown = Buffer.from(feed?.body ?? []);
  return shown.includes(JSON.stringify(articleTag({ id: newest.articleId }))) ? [] : [key];
}

async function runsNotStarted(runs: RunStore, now: Temporal.Instant): Promise<string[]> {
  const pointers = await runs.pointers();
  return (['daily', 'weekly'] as const).flatMap((cadence) => {
    const pointer = pointers[cadence];
    // Without a pointer nothing has ever been due: the clock makes it on its first tick.
    const slot = pointer && slotSince(cadence, pointer.slot, now.subtract(lateAfter.run));
    return slot === undefined ? [] : [`${cadence} ${slot.toString()}`];
  });
}

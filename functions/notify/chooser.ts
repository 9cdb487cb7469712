import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import type { AllowList } from '../mail/allow-list.ts';
import type { Temporal } from '../platform/time.ts';
import type { AnnouncementContent } from '../runs/announcement-content.ts';
import type { Exclusion, Reach, Run } from '../runs/run.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import { reachesBackTo } from './choices.ts';
import { Owed, type OwedParts } from './owed.ts';
import { digestExclusion, DigestSelector, isCandidate, reachExclusion } from './select.ts';
import { newsIn, windowOf, type NewsItem } from './window.ts';

export interface ChooserParts extends OwedParts {
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementContent;
  isAllowed: AllowList;
}

/** What planning says of one candidate: publication numbers, none for an announcement, or why they get nothing. */
export type Choice = readonly number[] | Exclusion;

/** Decides for a run what each person of a shard gets. */
export interface Chooser {
  /** Called with each page before anyone on it is chosen. */
  prepare(page: readonly Subscriber[]): Promise<void>;
  isCandidate(subscriber: Subscriber): boolean;
  choose(subscriber: Subscriber): Choice;
  /** Windows that this person's digest reaches back to. */
  reachesOf(sid: string): readonly Reach[];
  /** Does someone who is excluded get later what this run would have brought? */
  isOwed(subscriber: Subscriber, why: Exclusion): boolean;
}

export const chooserOf = (
  parts: ChooserParts,
  run: Run,
  shard: number,
  now: Temporal.Instant,
): Promise<Chooser> =>
  run.kind === 'announcement' ? announcementChooser(parts, run) : digestChooser(parts, run, shard, now);

/** Runs know people by the name that they had when the run was made; who moved away and back has it again. */
const hasMovedHere = ({ sid, movedFrom = [] }: Subscriber, run: Run): boolean =>
  (movedFrom.findLast(({ at }) => at > run.createdAt)?.sid ?? sid) !== sid;
const hasMovedAway = (subscriber: Subscriber, run: Run): boolean =>
  subscriber.movedTo !== undefined && subscriber.movedTo.at > run.createdAt && !hasMovedHere(subscriber, run);

async function announcementChooser({ announcements, isAllowed }: ChooserParts, run: Run): Promise<Chooser> {
  const audience = await announcements.audience(run);
  return {
    prepare: () => Promise.resolve(),
    isCandidate: (subscriber) =>
      hasMovedAway(subscriber, run) ||
      (subscriber.state === 'confirmed' && audience(subscriber) && !hasMovedHere(subscriber, run)),
    // Who they are by now, and whether it concerns them still, delivery looks up.
    choose: (subscriber) =>
      hasMovedAway(subscriber, run) ? [] : (reachExclusion(subscriber, isAllowed) ?? []),
    reachesOf: () => [],
    isOwed: () => false,
  };
}

async function digestChooser(
  parts: ChooserParts,
  run: Run,
  shard: number,
  now: Temporal.Instant,
): Promise<Chooser> {
  const window = windowOf(run);
  const owed = await Owed.to(parts, run, shard, now);
  // Read as far back as someone on the pages so far needs it.
  let news: NewsItem[] = [];
  let readFrom = window.toNumber;
  const readBackTo = async (fromNumber: number): Promise<void> => {
    if (fromNumber >= readFrom) return;
    news = [...(await newsIn(parts.articles, { fromNumber, toNumber: readFrom })), ...news];
    readFrom = fromNumber;
  };
  await readBackTo(window.fromNumber);
  const selector = new DigestSelector(window, () => news);
  const select = (subscriber: Subscriber): readonly number[] =>
    selector.select(subscriber, owed.of(subscriber.sid));
  const isConcerned = (subscriber: Subscriber): boolean =>
    isCandidate(subscriber, window) && !hasMovedHere(subscriber, run);
  return {
    prepare: async (page) => {
      for (const subscriber of page) {
        if (subscriber.movedFrom === undefined && owed.of(subscriber.sid).length === 0) continue;
        const exclusion = digestExclusion(subscriber, window, now, parts.isAllowed);
        await owed.keepOpen(subscriber, isConcerned(subscriber) && exclusion === undefined);
      }
      for (const subscriber of page) {
        const reaches = owed.of(subscriber.sid);
        if (subscriber.former === undefined && reaches.length === 0) continue;
        await readBackTo(reachesBackTo(subscriber, window));
        for (const reach of reaches) await readBackTo(reachesBackTo(subscriber, reach));
      }
    },
    isCandidate: (subscriber) => hasMovedAway(subscriber, run) || isConcerned(subscriber),
    choose: (subscriber) => {
      const exclusion = digestExclusion(subscriber, window, now, parts.isAllowed);
      if (exclusion !== undefined) return exclusion;
      const numbers = select(subscriber);
      return numbers.length === 0 ? 'nothing-new' : numbers;
    },
    reachesOf: (sid) => owed.of(sid),
    isOwed: (subscriber, why) =>
      hasMovedAway(subscriber, run) ||
      (why === 'paused' && subscriber.catchUpAfterPause === true && select(subscriber).length > 0),
  };
}

import type { AnnouncementStore } from '../announcements/announcement-store.ts';
import { freezeAt } from '../announcements/freeze.ts';
import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import { publishDue } from '../articles/publish-due.ts';
import type { Queue } from '../platform/queue.ts';
import type { Temporal } from '../platform/time.ts';
import type { PollMessage, SourceStore } from '../sources/source-store.ts';
import { pollDueSources } from './poll-due-sources.ts';

export interface ClockParts {
  sources: SourceStore;
  ingest: Queue<PollMessage>;
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementStore;
}

/** What one tick set going. */
export interface Ticked {
  frozen: boolean;
  polls: number;
  published: number;
  corrected: number;
}

/**
 * Sets going whatever is due at `now`: a function of stored state and the time. A tick that was missed, repeated or
 * run twice at once changes nothing in the end.
 */
export async function tick(parts: ClockParts, now: Temporal.Instant): Promise<Ticked> {
  const frozen = freezeAt(await parts.announcements.list(), now) !== undefined;
  const polls = await pollDueSources(parts, now);
  const { published, corrected } = await publishDue(parts.articles, now, frozen);
  return { frozen, polls, published, corrected };
}

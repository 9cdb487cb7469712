import type { Edition } from '../mail/edition.ts';
import type { Temporal } from '../platform/time.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { Run } from './run.ts';

/** What announcements supply to the runs that carry them; everything else is the same as for digests. */
export interface AnnouncementContent {
  /**
   * Whom a run concerns, among those who are confirmed. Asked once per shard, and again before each batch.
   *
   * @returns `'over'` when it must not be told any more: moved, withdrawn, or its successor has begun
   */
  audience(run: Run, now: Temporal.Instant): Promise<((subscriber: Subscriber) => boolean) | 'over'>;
  /** The one edition of a run. Asked once; what it returns is kept. */
  edition(run: Run): Promise<Edition>;
}

import type { Edition } from '../mail/edition.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { Run } from './run.ts';

/** What announcements supply to the runs that carry them; everything else is the same as for digests. */
export interface AnnouncementContent {
  /**
   * Whom a run concerns, among those who are confirmed: nobody any more when it is overtaken. Asked once per shard, and
   * again before each batch.
   */
  audience(run: Run): Promise<(subscriber: Subscriber) => boolean>;
  /** The one edition of a run. Asked once; what it returns is kept. */
  edition(run: Run): Promise<Edition>;
}

import type { Edition } from '../../mail/edition.ts';
import { Temporal, type Clock } from '../../platform/time.ts';
import type { AnnouncementContent } from '../../runs/announcement-content.ts';
import type { Run } from '../../runs/run.ts';
import type { Subscriber } from '../../subscribers/subscriber.ts';
import { concerns, type Announcement } from '../announcement.ts';
import type { AnnouncementStore } from '../announcement-store.ts';
import { isToTell } from '../due-work.ts';
import { kindOf } from '../phases.ts';
import { announcementEdition } from './announcement-edition.tsx';

export interface AnnouncementMailParts {
  announcements: Pick<AnnouncementStore, 'get'>;
  clock: Clock;
  baseUrl: URL;
}

/** What announcements give to the runs that carry their phases. */
export class AnnouncementMails implements AnnouncementContent {
  readonly #parts: AnnouncementMailParts;

  constructor(parts: AnnouncementMailParts) {
    this.#parts = parts;
  }

  /** Nobody, once the phase's successor has begun or the announcement is withdrawn: a run can take hours. */
  async audience(run: Run): Promise<(subscriber: Subscriber) => boolean> {
    const { announcement, phase } = await this.#read(run);
    return (subscriber) =>
      isToTell(announcement, phase, this.#parts.clock.now()) && concerns(announcement, subscriber);
  }

  async edition(run: Run): Promise<Edition> {
    const { announcement, phase } = await this.#read(run);
    return announcementEdition({
      announcement,
      kind: kindOf(phase),
      record: announcement.phases[phase],
      now: Temporal.Instant.from(run.slot),
      baseUrl: this.#parts.baseUrl,
    });
  }

  async #read({ id, announcementId, phase }: Run): Promise<{ announcement: Announcement; phase: string }> {
    if (announcementId === undefined || phase === undefined) throw new Error(`Run ${id} tells of no phase`);
    const announcement = await this.#parts.announcements.get(announcementId);
    if (announcement === undefined) throw new Error(`Announcement ${announcementId} of run ${id} is gone`);
    return { announcement, phase };
  }
}

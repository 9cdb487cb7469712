import ical, {
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { portal } from '../../config/portal.ts';
import type { FreezingAnnouncement } from './announcement.ts';
import { announcementPath } from './paths.ts';
import { kindWords } from './wording.ts';

/**
 * A freeze as a calendar file (RFC 5545), to be published (RFC 5546, METHOD:PUBLISH): one event over whole days of the portal's zone,
 * its end the day of the reopening. Its UID stays for good; SEQUENCE rises when it moves, so calendars move it instead
 * of showing two. Withdrawn, it is a METHOD:CANCEL for the same UID.
 *
 * The same announcement gives the same bytes.
 */
export function calendarFile(announcement: FreezingAnnouncement, baseUrl: URL): string {
  const { created, moved, withdrawn, sequence } = announcement;
  const changedAt = new Date((withdrawn ?? moved ?? created).at);
  const { name } = kindWords(announcement.kind);
  const calendar = ical({
    prodId: { company: portal.tagAuthority, product: 'Herold', language: 'DE' },
    method: withdrawn === undefined ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL,
  });
  calendar.createEvent({
    id: calendarUid(announcement.id),
    sequence,
    stamp: changedAt,
    created: new Date(created.at),
    lastModified: changedAt,
    allDay: true,
    start: wholeDay(announcement.freezeFrom),
    end: wholeDay(announcement.reopenAt),
    summary: `${name}: ${portal.name}`,
    description: `${announcement.headline}\n\n${announcement.text.trim()}`,
    url: new URL(announcementPath(announcement.id), baseUrl).href,
    status: withdrawn === undefined ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    class: ICalEventClass.PUBLIC,
    // Nobody is busy for 24 days because of it.
    transparency: ICalEventTransparency.TRANSPARENT,
    organizer: { name: portal.publisher.name, email: portal.publisher.email },
  });
  return calendar.toString();
}

export const calendarUid = (id: string): string => `${id}@${portal.tagAuthority}`;

/** The writer takes the UTC day of a `Date` for a whole day. */
const wholeDay = (date: string): Date => new Date(`${date}T00:00:00Z`);

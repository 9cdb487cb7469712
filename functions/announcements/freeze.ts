import { portal } from '../../config/portal.ts';
import { dayIn, isoMillis, momentOf, Temporal } from '../platform/time.ts';
import { freezeInterval, isFreezing, type Announcement, type FreezingAnnouncement } from './announcement.ts';
import { kindWords } from './wording.ts';

/** A freeze that is on. */
export interface Freeze {
  announcement: FreezingAnnouncement;
  from: Temporal.Instant;
  until: Temporal.Instant;
}

/** The freeze that is on at a moment. Freezes never overlap, so there is at most one. */
export function freezeAt(announcements: readonly Announcement[], now: Temporal.Instant): Freeze | undefined {
  for (const announcement of announcements) {
    if (!isFreezing(announcement) || announcement.withdrawn !== undefined) continue;
    const { from, until } = freezeInterval(announcement);
    if (isWithin(now, from, until)) return { announcement, from, until };
  }
  return undefined;
}

/** What `GET /redaktionsstatus` says, and what the webhook tells a CMS. Moments are ISO 8601 in UTC. */
export interface EditorialStatus {
  state: 'open' | 'frozen';
  /** Since when it is so; `null` when it never was otherwise. */
  since: string | null;
  /** Until when: the reopening, or the next freeze; `null` when none is planned. */
  until: string | null;
  /** Why contributions are refused, in German; `null` while they are not. */
  reason: string | null;
  /** Seconds until contributions are taken again; `null` while they are. */
  retryAfter: number | null;
}

export function editorialStatus(
  announcements: readonly Announcement[],
  now: Temporal.Instant,
): EditorialStatus {
  const freeze = freezeAt(announcements, now);
  if (freeze !== undefined) {
    return {
      state: 'frozen',
      since: isoMillis(freeze.from),
      until: isoMillis(freeze.until),
      reason: `${kindWords(freeze.announcement.kind).name}: ${freeze.announcement.headline}`,
      retryAfter: Math.ceil(now.until(freeze.until).total('seconds')),
    };
  }
  const freezing = announcements.filter(isFreezing);
  const ends = freezing
    .flatMap((announcement) => endOf(announcement) ?? [])
    .filter((end) => isNotAfter(end, now));
  const starts = freezing
    .filter(({ withdrawn }) => withdrawn === undefined)
    .map((announcement) => freezeInterval(announcement).from)
    .filter((start) => isNotAfter(now, start));
  const last = ends.toSorted(byTime).at(-1);
  const next = starts.toSorted(byTime)[0];
  return {
    state: 'open',
    since: last === undefined ? null : isoMillis(last),
    until: next === undefined ? null : isoMillis(next),
    reason: null,
    retryAfter: null,
  };
}

/** The day that it is in the portal's zone. */
export const dayOf = (now: Temporal.Instant): Temporal.PlainDate => dayIn(portal.timeZone, now);

/** When a freeze really ended: as planned, or when an editor withdrew it or moved its reopening to the same day. */
function endOf(announcement: FreezingAnnouncement): Temporal.Instant | undefined {
  const { from, until } = freezeInterval(announcement);
  const { withdrawn, moved } = announcement;
  if (withdrawn !== undefined) {
    const end = momentOf(withdrawn.at);
    if (isWithin(end, from, until)) return end;
    return isNotAfter(end, from) ? undefined : until;
  }
  const movedAt = moved === undefined ? until : momentOf(moved.at);
  return isNotAfter(until, movedAt) ? movedAt : until;
}

/** Half-open: `from` belongs to it, `until` does not. */
const isWithin = (at: Temporal.Instant, from: Temporal.Instant, until: Temporal.Instant): boolean =>
  Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) < 0;

const byTime = (a: Temporal.Instant, b: Temporal.Instant): number => Temporal.Instant.compare(a, b);

const isNotAfter = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) <= 0;

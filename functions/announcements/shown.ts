import { Temporal } from '../platform/time.ts';
import { endOf, freezeInterval, isFreezing, type Announcement } from './announcement.ts';
import { hasBegun, phasesOf } from './phases.ts';

/** Those that banner and `/hinweise.json` show at a moment: told of, not over, not withdrawn; the nearest freeze first. */
export const shownAt = (announcements: readonly Announcement[], now: Temporal.Instant): Announcement[] =>
  announcements
    .filter((announcement) => isShown(announcement, now))
    .toSorted((a, b) => Temporal.Instant.compare(turnOf(a), turnOf(b)));

export const isShown = (announcement: Announcement, now: Temporal.Instant): boolean =>
  announcement.withdrawn === undefined &&
  phasesOf(announcement).some((phase) => hasBegun(phase, now)) &&
  Temporal.Instant.compare(now, endOf(announcement)) < 0;

/** Seconds until something shown anywhere changes by itself; at most `atMost`. For `Cache-Control`. */
export function secondsUntilChange(
  announcements: readonly Announcement[],
  now: Temporal.Instant,
  atMost: number,
): number {
  const moments = announcements
    .filter(({ withdrawn }) => withdrawn === undefined)
    .flatMap((announcement) => [...phasesOf(announcement).map(({ begins }) => begins), endOf(announcement)])
    .filter((moment) => Temporal.Instant.compare(moment, now) > 0)
    .map((moment) => Math.ceil(now.until(moment).total('seconds')));
  return Math.min(atMost, ...moments);
}

const turnOf = (announcement: Announcement): Temporal.Instant =>
  isFreezing(announcement) ? freezeInterval(announcement).from : endOf(announcement);

import { portal } from '../../config/portal.ts';
import { Temporal } from '../platform/time.ts';

/** Cadences whose digests start at set times. */
export type SlottedCadence = 'daily' | 'weekly';

const digestTime = Temporal.PlainTime.from(portal.digest.at);

/** The newest slot of a cadence that is not after `now`: so many o'clock in the portal's zone, summer and winter. */
export function newestSlot(cadence: SlottedCadence, now: Temporal.Instant): Temporal.Instant {
  let day = dayOf(now);
  while (!isSlotDay(cadence, day) || Temporal.Instant.compare(slotOn(day), now) > 0) {
    day = day.subtract({ days: 1 });
  }
  return slotOn(day);
}

/** The first slot of a cadence after `now`. */
export function nextSlot(cadence: SlottedCadence, now: Temporal.Instant): Temporal.Instant {
  let day = dayOf(now);
  while (!isSlotDay(cadence, day) || Temporal.Instant.compare(slotOn(day), now) <= 0) {
    day = day.add({ days: 1 });
  }
  return slotOn(day);
}

/** The day that it is in the portal's zone. */
export const dayOf = (at: Temporal.Instant): Temporal.PlainDate =>
  at.toZonedDateTimeISO(portal.timeZone).toPlainDate();

const isSlotDay = (cadence: SlottedCadence, day: Temporal.PlainDate): boolean =>
  cadence === 'daily' || day.dayOfWeek === portal.digest.weeklyOn;

const slotOn = (day: Temporal.PlainDate): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: portal.timeZone, plainTime: digestTime }).toInstant();

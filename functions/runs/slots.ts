import { portal } from '../../config/portal.ts';
import { dayIn, msOf, Temporal } from '../platform/time.ts';

/** Cadences whose digests start at set times. */
export type SlottedCadence = 'daily' | 'weekly';

const digestTime = Temporal.PlainTime.from(portal.digest.at);

/** Half-open: from a slot until the next one. */
interface Slots {
  newest: Temporal.Instant;
  next: Temporal.Instant;
}

/** The newest slot of a cadence that is not after `now`: so many o'clock in the portal's zone, summer and winter. */
export const newestSlot = (cadence: SlottedCadence, now: Temporal.Instant): Temporal.Instant =>
  slotsAround(cadence, now).newest;

/** Hours that lie between two slots, at the least: the day on which summer time begins has 23. */
const leastHoursApart = { daily: 23, weekly: 7 * 24 - 1 } as const satisfies Record<SlottedCadence, number>;

/**
 * The newest slot of a cadence at `now`, if one has come since the slot that was served last. As long as none can have,
 * the time zone is not asked, which costs a start 13 ms. Slots that `config/portal.ts` moves to another weekday come in
 * time; moved to an earlier hour, the first comes as late in the day as it did before.
 *
 * @param served ISO 8601
 */
export function slotSince(
  cadence: SlottedCadence,
  served: string,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const lastMs = msOf(served);
  const isOnItsDay = cadence === 'daily' || new Date(lastMs).getUTCDay() === portal.digest.weeklyOn % 7;
  if (isOnItsDay && lastMs + leastHoursApart[cadence] * 3_600_000 > now.epochMilliseconds) return undefined;
  const newest = newestSlot(cadence, now);
  return newest.epochMilliseconds > lastMs ? newest : undefined;
}

/** The first slot of a cadence after `now`. */
export const nextSlot = (cadence: SlottedCadence, now: Temporal.Instant): Temporal.Instant =>
  slotsAround(cadence, now).next;

/** The last answers: the clock asks each minute, and slots are a day or a week apart. */
const known: Partial<Record<SlottedCadence, Slots>> = {};

function slotsAround(cadence: SlottedCadence, now: Temporal.Instant): Slots {
  const last = known[cadence];
  if (last !== undefined && !isAfter(last.newest, now) && isAfter(last.next, now)) return last;
  let day = dayOf(now);
  while (!isSlotDay(cadence, day) || isAfter(slotOn(day), now)) day = day.subtract({ days: 1 });
  const newest = slotOn(day);
  do day = day.add({ days: 1 });
  while (!isSlotDay(cadence, day));
  return (known[cadence] = { newest, next: slotOn(day) });
}

const isAfter = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) > 0;

/** The day that it is in the portal's zone. */
export const dayOf = (at: Temporal.Instant): Temporal.PlainDate => dayIn(portal.timeZone, at);

const isSlotDay = (cadence: SlottedCadence, day: Temporal.PlainDate): boolean =>
  cadence === 'daily' || day.dayOfWeek === portal.digest.weeklyOn;

const slotOn = (day: Temporal.PlainDate): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: portal.timeZone, plainTime: digestTime }).toInstant();

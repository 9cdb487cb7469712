import { Temporal } from 'temporal-polyfill';
import { Remembered } from './remembered.ts';

export { Temporal };

/** Where logic gets the present moment from. Tests and simulations pass their own. */
export interface Clock {
  now(): Temporal.Instant;
}

/** The machine's clock. Only composition roots use it. */
export const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

/** Epoch seconds, as DynamoDB's TTL wants them. */
export const epochSeconds = (at: Temporal.Instant): number => Math.floor(at.epochMilliseconds / 1000);

/** ISO 8601 in UTC with milliseconds, always of the same width, so that strings sort as the moments do. */
export const isoMillis = (at: Temporal.Instant): string => new Date(at.epochMilliseconds).toISOString();

/** Epoch milliseconds of a moment as it is stored, ISO 8601. */
export function msOf(moment: string): number {
  const ms = Date.parse(moment);
  if (Number.isNaN(ms))
    throw new RangeError(
      `${JSON.stringify(moment)} is no moment; write ${isoMillis(Temporal.Instant.fromEpochMilliseconds(0))}, for example`,
    );
  return ms;
}

/** A moment as it is stored, ISO 8601. */
export const momentOf = (moment: string): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(msOf(moment));

/** First moment of a day in a time zone: 00:00 there, or what comes closest on a day without one. */
export const startOfDay = (date: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  date.toZonedDateTime(timeZone).toInstant();

interface Day {
  date: Temporal.PlainDate;
  /** Half-open, epoch milliseconds. */
  fromMs: number;
  untilMs: number;
}

/** Days of a time zone that were asked for, by the day in UTC that the moment lies in. */
const knownDays = new Remembered<Day[]>();

/**
 * The day that it is in a time zone. Nearly all moments asked for lie in a few days, and asking the zone is slow: what
 * it said is kept.
 */
export function dayIn(timeZone: string, at: Temporal.Instant): Temporal.PlainDate {
  const ms = at.epochMilliseconds;
  const known = knownDays.of(`${timeZone} ${Math.floor(ms / 86_400_000)}`, () => []);
  const day = known.find(({ fromMs, untilMs }) => fromMs <= ms && ms < untilMs);
  if (day !== undefined) return day.date;
  const date = at.toZonedDateTimeISO(timeZone).toPlainDate();
  const fromMs = startOfDay(date, timeZone).epochMilliseconds;
  const untilMs = startOfDay(date.add({ days: 1 }), timeZone).epochMilliseconds;
  known.push({ date, fromMs, untilMs });
  return date;
}

const germanMonths = [
  'Januar', 'Februar', 'März', 'April', 'Mai', 'Juni',
  'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember',
] as const; // prettier-ignore

/** `29. April 2026`. Needs no locale data, so every runtime prints the same. */
export const germanDate = (date: Temporal.PlainDate): string =>
  `${date.day}. ${germanMonths[date.month - 1] ?? ''} ${date.year}`;

/** `29.04.2026`, the form of "Quelle: … vom …". */
export const germanShortDate = (date: Temporal.PlainDate): string =>
  `${String(date.day).padStart(2, '0')}.${String(date.month).padStart(2, '0')}.${date.year}`;

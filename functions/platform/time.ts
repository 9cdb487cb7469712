import { Temporal } from 'temporal-polyfill';

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
export const isoMillis = (at: Temporal.Instant): string => at.toString({ fractionalSecondDigits: 3 });

/** First moment of a day in a time zone: 00:00 there, or what comes closest on a day without one. */
export const startOfDay = (date: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  date.toZonedDateTime(timeZone).toInstant();

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

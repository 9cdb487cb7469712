import type { SourceState } from '../sources/source-store.ts';
import { msOf, Temporal } from '../platform/time.ts';
import type { FeedPace } from './source-feed.ts';

const minute = 60_000;
const shortest = 5 * minute;
const longest = 24 * 60 * minute;
/** How often a source is polled whose rhythm is not known yet, and at least, if it asks for nothing else. */
const usual = 30 * minute;
/** News is to be in the portal within the hour, also from a department that seldom has any; an unchanged poll costs little. */
const slowest = 60 * minute;
const firstRetry = 15 * minute;

const clamp = (ms: number, low: number, high: number): number => Math.min(Math.max(ms, low), high);

/** So that sources that were defined together do not stay together. */
const jittered = (ms: number, random: () => number): number => ms * (0.9 + 0.2 * random());

/**
 * When to poll again after success: four times as often as the source publishes, less often the longer it is silent,
 * never more often than it asks for, and not at hours at which it says that nothing is new.
 *
 * @param asked what feed and server ask for; within [5 minutes, 24 hours]
 */
export function nextPoll(
  now: Temporal.Instant,
  state: Pick<SourceState, 'recentItems'>,
  asked: { pace?: FeedPace | undefined; maxAgeSeconds?: number | undefined },
  random: () => number,
): Temporal.Instant {
  const wished = Math.max((asked.pace?.minutesBetweenPolls ?? 0) * minute, (asked.maxAgeSeconds ?? 0) * 1000);
  const interval = clamp(
    Math.max(jittered(rhythm(now, state.recentItems ?? []), random), wished),
    shortest,
    longest,
  );
  return afterSkipped(now, now.add({ milliseconds: Math.round(interval) }), asked.pace);
}

/** Milliseconds between two polls that suit how often a source publishes. */
function rhythm(now: Temporal.Instant, recentItems: readonly string[]): number {
  const [newest, oldest] = [recentItems[0], recentItems.at(-1)];
  if (newest === undefined || oldest === undefined || recentItems.length < 3) return usual;
  const newestMs = msOf(newest);
  const gap = (newestMs - msOf(oldest)) / (recentItems.length - 1);
  const silence = now.epochMilliseconds - newestMs;
  return clamp(Math.max(gap / 4, silence / 16), 3 * shortest, slowest);
}

/** The first moment not before `next` at which the feed does not skip, at most 24 hours from now. */
function afterSkipped(
  now: Temporal.Instant,
  next: Temporal.Instant,
  pace: FeedPace | undefined,
): Temporal.Instant {
  if (pace === undefined || pace.skipHours.length + pace.skipDays.length === 0) return next;
  const { skipHours, skipDays } = pace;
  const endMs = now.epochMilliseconds + longest;
  const isSkipped = (at: Temporal.ZonedDateTime): boolean =>
    skipHours.includes(at.hour) || skipDays.includes(at.dayOfWeek);
  let at = next.toZonedDateTimeISO('UTC');
  while (at.epochMilliseconds < endMs && isSkipped(at)) {
    at = at.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 });
  }
  return Temporal.Instant.fromEpochMilliseconds(Math.min(at.epochMilliseconds, endMs));
}

/**
 * When to poll again after a failure: 15 minutes, then twice as long each time, at most a day.
 *
 * @param failures those in a row, with this one
 * @param retryAfterSeconds what the server asked for
 */
export function nextAttempt(
  now: Temporal.Instant,
  failures: number,
  retryAfterSeconds: number | undefined,
  random: () => number,
): Temporal.Instant {
  const backoff = jittered(Math.min(firstRetry * 2 ** Math.min(failures - 1, 20), longest), random);
  const wait = clamp(
    retryAfterSeconds === undefined ? backoff : Math.max(retryAfterSeconds * 1000, shortest),
    shortest,
    longest,
  );
  return now.add({ milliseconds: Math.round(wait) });
}

import { Temporal } from '../platform/time.ts';
import {
  freezeInterval,
  isFreezing,
  type Announcement,
  type AnnouncementDraft,
  type FreezingAnnouncement,
  type FreezingDates,
} from './announcement.ts';
import { datesNamedIn } from './dates-in-text.ts';
import { dayOf } from './freeze.ts';
import { hasBegun, phasesOf } from './phases.ts';
import { fullDate } from './wording.ts';

/**
 * What is wrong with a new announcement beside those there are and the day it is made on; each problem with its mend.
 */
export function checkNew(
  draft: AnnouncementDraft,
  others: readonly Announcement[],
  now: Temporal.Instant,
): string[] {
  const today = dayOf(now);
  const problems = pastProblems('announceOn', draft.announceOn, today);
  if (!isFreezing(draft)) {
    problems.push(...pastProblems('lastDay', draft.lastDay, today));
    if (draft.announceOn !== undefined && draft.lastDay < draft.announceOn) {
      problems.push(`lastDay ${draft.lastDay} is before announceOn ${draft.announceOn}; write a later day`);
    }
    return problems;
  }
  problems.push(...pastProblems('freezeFrom', draft.freezeFrom, today), ...periodProblems(draft, others));
  if (draft.announceOn !== undefined && draft.announceOn >= draft.freezeFrom) {
    problems.push(
      `announceOn ${draft.announceOn} is not before freezeFrom ${draft.freezeFrom}; people must hear of it in time`,
    );
  }
  problems.push(...textProblems(draft, draft));
  return problems;
}

/** What an editor wants changed of a planned freeze. What is not given stays. */
export interface Change {
  freezeFrom?: string;
  reopenAt?: string;
  headline?: string;
  text?: string;
}

/** What is wrong with moving an announcement; each problem with its mend. */
export function checkMove(
  announcement: FreezingAnnouncement,
  change: Change,
  others: readonly Announcement[],
  now: Temporal.Instant,
): string[] {
  if (announcement.withdrawn !== undefined) return ['it is withdrawn; make a new announcement'];
  const phases = phasesOf(announcement);
  const begun = (id: string): boolean => phases.some((phase) => phase.id === id && hasBegun(phase, now));
  if (begun('reopen')) return ['it is over; make a new announcement'];

  const today = dayOf(now);
  const dates = { ...announcement, ...change };
  if (dates.freezeFrom === announcement.freezeFrom && dates.reopenAt === announcement.reopenAt) {
    return ["neither date changes; what was sent can't be reworded, so make a new announcement for that"];
  }
  const problems: string[] = [];
  if (dates.freezeFrom !== announcement.freezeFrom) {
    if (begun('freeze')) {
      problems.push(
        `the phase freeze is already sent: it began on ${announcement.freezeFrom}; only reopenAt can still move`,
      );
    } else problems.push(...pastProblems('freezeFrom', dates.freezeFrom, today));
  }
  problems.push(
    ...pastProblems('reopenAt', dates.reopenAt, today),
    ...periodProblems(
      dates,
      others.filter(({ id }) => id !== announcement.id),
    ),
    ...textProblems(dates, dates),
    ...staleTextProblems(dates, announcement, dates),
  );
  return problems;
}

function pastProblems(field: string, date: string | undefined, today: Temporal.PlainDate): string[] {
  if (date === undefined || date >= today.toString()) return [];
  return [`${field} ${date} is in the past; today is ${today.toString()}`];
}

function periodProblems(
  dates: Pick<FreezingDates, 'freezeFrom' | 'reopenAt'>,
  others: readonly Announcement[],
): string[] {
  if (dates.reopenAt <= dates.freezeFrom) {
    return [`reopenAt ${dates.reopenAt} is not after freezeFrom ${dates.freezeFrom}; write a later day`];
  }
  const { from, until } = freezeInterval(dates);
  return others.flatMap((other) => {
    if (!isFreezing(other) || other.withdrawn !== undefined) return [];
    const interval = freezeInterval(other);
    const apart =
      Temporal.Instant.compare(until, interval.from) <= 0 ||
      Temporal.Instant.compare(interval.until, from) <= 0;
    return apart
      ? []
      : [
          `it overlaps the freeze of ${other.id}, ${other.freezeFrom} to ${other.reopenAt}; ` +
            'choose other days, or move that one',
        ];
  });
}

/** A weekday or year in the text that the dates contradict would have people come on the wrong day. */
function textProblems(
  { headline, text }: Pick<AnnouncementDraft, 'headline' | 'text'>,
  dates: Pick<FreezingDates, 'freezeFrom' | 'reopenAt'>,
): string[] {
  const meant = [dates.freezeFrom, dates.reopenAt].map((date) => Temporal.PlainDate.from(date));
  return datesNamedIn(`${headline}\n${text}`).flatMap((named) => {
    const date = meant.find(({ month, day }) => month === named.month && day === named.day);
    const fits =
      date === undefined ||
      ((named.year ?? date.year) === date.year && (named.weekday ?? date.dayOfWeek) === date.dayOfWeek);
    return fits
      ? []
      : [`the text says ${named.words}, but the date is ${fullDate(date)}; correct one of them`];
  });
}

/** After a move, the notice's own words must not go on telling the old dates. */
function staleTextProblems(
  { headline, text }: Pick<AnnouncementDraft, 'headline' | 'text'>,
  old: Pick<FreezingDates, 'freezeFrom' | 'reopenAt'>,
  next: Pick<FreezingDates, 'freezeFrom' | 'reopenAt'>,
): string[] {
  const kept = [next.freezeFrom, next.reopenAt];
  const stale = [old.freezeFrom, old.reopenAt]
    .filter((date) => !kept.includes(date))
    .map((date) => Temporal.PlainDate.from(date));
  return (['headline', 'text'] as const).flatMap((field) =>
    datesNamedIn({ headline, text }[field])
      .filter((named) => stale.some(({ month, day }) => month === named.month && day === named.day))
      .map((named) => `${field} still says ${named.words}; give a new ${field} with the new date`),
  );
}

import { Remembered } from '../platform/remembered.ts';
import { momentOf, Temporal } from '../platform/time.ts';
import {
  freezeInterval,
  isFreezing,
  mailTimeOn,
  noticeEnd,
  type Announcement,
  type FreezingAnnouncement,
} from './announcement.ts';

export type PhaseKind = 'advance' | 'reminder' | 'freeze' | 'reopen' | 'moved' | 'withdrawn';

/** `reminder` of `reminder-14`. */
export const kindOf = (phaseId: string): PhaseKind => phaseId.replace(/-\d+$/u, '') as PhaseKind;

/** One moment of an announcement at which people are told. */
export interface Phase {
  /** `advance`, `reminder-14`, `freeze`, `reopen`, `moved-1`, `withdrawn-2`. */
  id: string;
  kind: PhaseKind;
  /** Surfaces show it from here on. A freeze and a reopening begin at midnight, when they act. */
  begins: Temporal.Instant;
  /** Its mails go out from here on. */
  mailsAt: Temporal.Instant;
  /** Its successor begins: what is not told by then is no longer told. */
  ends?: Temporal.Instant;
}

/**
 * The phases of an announcement in the order in which they follow each other: a pure function of its dates, of its
 * last move and of its withdrawal.
 *
 * Reminders that would not be news, because the advance notice or a move came at the same time or later, don't exist.
 */
export function phasesOf(announcement: Announcement): readonly Phase[] {
  let phases = phasesByAnnouncement.get(announcement);
  if (phases === undefined) {
    phases = datedPhasesOf(announcement);
    phasesByAnnouncement.set(announcement, phases);
  }
  return phases;
}

/** One tick asks several times. */
const phasesByAnnouncement = new WeakMap<Announcement, readonly Phase[]>();

function datedPhasesOf(announcement: Announcement): readonly Phase[] {
  const { withdrawn, sequence } = announcement;
  if (withdrawn?.told === false) return [];
  if (withdrawn !== undefined) return onePhase(`withdrawn-${sequence}`, 'withdrawn', withdrawn.at);
  if (!isFreezing(announcement))
    return onePhase('advance', 'advance', announcement.announceAt, noticeEnd(announcement));
  const { announceAt, freezeFrom, reopenAt, reminderDays, moved } = announcement;
  const dates: FreezeDates = { announceAt, freezeFrom, reopenAt, reminderDays, moved, sequence };
  return knownPhases.of(JSON.stringify(dates), () => chain(phasesOfFreeze(dates)));
}

/** What the phases of a freeze follow from. */
type FreezeDates = Pick<
  FreezingAnnouncement,
  'announceAt' | 'freezeFrom' | 'reopenAt' | 'reminderDays' | 'moved' | 'sequence'
>;

export function phaseOf(announcement: Announcement, id: string): Phase | undefined {
  return phasesOf(announcement).find((phase) => phase.id === id);
}

/** Has a phase's successor begun, so that it must not be told any more? */
export const isOver = ({ ends }: Phase, now: Temporal.Instant): boolean =>
  ends !== undefined && Temporal.Instant.compare(ends, now) <= 0;

export const hasBegun = ({ begins }: Phase, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(begins, now) <= 0;

/** The clock asks each minute, and each date costs a conversion between zones. */
const knownPhases = new Remembered<readonly Phase[]>();

const onePhase = (id: string, kind: PhaseKind, moment: string, end?: Temporal.Instant): readonly Phase[] =>
  knownPhases.of(`${id} ${moment} ${end?.epochMilliseconds ?? ''}`, () => chain([at(id, kind, moment)], end));

function phasesOfFreeze(announcement: FreezeDates): Phase[] {
  const { moved, sequence } = announcement;
  const advance = at('advance', 'advance', announcement.announceAt);
  const { from, until } = freezeInterval(announcement);
  const lastNews = moved === undefined ? advance.begins : later(advance.begins, moved.at);
  const firstDay = Temporal.PlainDate.from(announcement.freezeFrom);
  const reminders = announcement.reminderDays
    .toSorted((a, b) => b - a)
    .map((days): Phase => {
      const mailsAt = mailTimeOn(firstDay.subtract({ days }));
      return { id: `reminder-${days}`, kind: 'reminder', begins: mailsAt, mailsAt };
    })
    .filter(({ begins }) => Temporal.Instant.compare(begins, lastNews) > 0);
  const freeze: Phase = { id: 'freeze', kind: 'freeze', begins: from, mailsAt: mailTimeOn(firstDay) };
  const reopen: Phase = {
    id: 'reopen',
    kind: 'reopen',
    begins: until,
    mailsAt: mailTimeOn(Temporal.PlainDate.from(announcement.reopenAt)),
  };
  if (moved?.told !== true) return [advance, ...reminders, freeze, reopen];
  const move = at(`moved-${sequence}`, 'moved', moved.at);
  return hasBegun(freeze, move.begins)
    ? [advance, ...reminders, freeze, move, reopen]
    : [advance, move, ...reminders, freeze, reopen];
}

const at = (id: string, kind: PhaseKind, moment: string): Phase => {
  const begins = momentOf(moment);
  return { id, kind, begins, mailsAt: begins };
};

const later = (a: Temporal.Instant, b: string): Temporal.Instant =>
  Temporal.Instant.compare(a, momentOf(b)) >= 0 ? a : momentOf(b);

/** Each phase ends when the earliest of those behind it begins. */
function chain(phases: Phase[], end?: Temporal.Instant): Phase[] {
  let next = end;
  return phases
    .toReversed()
    .map((phase) => {
      const ends = next;
      next = next === undefined || Temporal.Instant.compare(phase.begins, next) < 0 ? phase.begins : next;
      return { ...phase, ends };
    })
    .toReversed();
}

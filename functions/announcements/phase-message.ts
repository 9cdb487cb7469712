import { Temporal } from '../platform/time.ts';
import {
  isFreezing,
  type Announcement,
  type FreezingAnnouncement,
  type FreezingDates,
} from './announcement.ts';
import { wasWithdrawnDuring } from './acts.ts';
import { dayOf } from './freeze.ts';
import type { PhaseKind } from './phases.ts';
import {
  asTitle,
  capitalised,
  day,
  dayInDative,
  days,
  dayWithWeekday,
  kindWords,
  paragraphs,
} from './wording.ts';

/** A date as people look it up, beside the one they knew before when it has moved. */
export interface DateRow {
  label: string;
  value: string;
  previous?: string;
}

/** What one phase tells, in German; mails, feeds and pages each put it into their form. */
export interface PhaseMessage {
  title: string;
  paragraphs: string[];
  dates: DateRow[];
}

type Dates = Pick<FreezingDates, 'freezeFrom' | 'reopenAt'>;

/**
 * Words a phase: in the notice's own words as long as they hold, with the dates as they were told.
 *
 * @param now moment of telling: years other than its own are named
 * @param told dates that this phase told of, where they differ from those now in force
 */
export function phaseMessage(
  announcement: Announcement,
  kind: PhaseKind,
  now: Temporal.Instant,
  told?: Partial<Dates>,
): PhaseMessage {
  if (!isFreezing(announcement)) return noticeMessage(announcement, kind);
  const dates = {
    freezeFrom: told?.freezeFrom ?? announcement.freezeFrom,
    reopenAt: told?.reopenAt ?? announcement.reopenAt,
  };
  return freezeMessages[kind](announcement, dates, dayOf(now));
}

/** The rows of a freeze's table of dates. */
export function dateRows(
  { kind }: Pick<FreezingAnnouncement, 'kind'>,
  dates: Dates,
  today: Temporal.PlainDate,
  previous?: Dates,
): DateRow[] {
  const rows: [label: string, value: (dates: Dates) => string][] = [
    [`${kindWords(kind).name} ab`, ({ freezeFrom }) => dayWithWeekday(plain(freezeFrom), today)],
    ['Wieder wie gewohnt ab', ({ reopenAt }) => dayWithWeekday(plain(reopenAt), today)],
    ['Dauer', ({ freezeFrom, reopenAt }) => days(plain(freezeFrom).until(plain(reopenAt)).days)],
  ];
  return rows.map(([label, value]) => ({
    label,
    value: value(dates),
    ...(previous !== undefined && { previous: value(previous) }),
  }));
}

type Wording = (announcement: FreezingAnnouncement, dates: Dates, today: Temporal.PlainDate) => PhaseMessage;

const freezeMessages: Readonly<Record<PhaseKind, Wording>> = {
  advance: (announcement, dates, today) => ({
    title: asTitle(announcement.headline),
    paragraphs: paragraphs(announcement.text),
    dates: dateRows(announcement, dates, today),
  }),

  reminder: (announcement, dates, today) => ({
    title: `Erinnerung: ${asTitle(announcement.headline)}`,
    paragraphs: paragraphs(announcement.text),
    dates: dateRows(announcement, dates, today),
  }),

  freeze: (announcement, dates, today) => {
    const { nominative, pronoun } = kindWords(announcement.kind);
    const lastDay = plain(dates.reopenAt).subtract({ days: 1 });
    return {
      title: `${capitalised(nominative)} hat begonnen`,
      paragraphs: [
        `Seit ${dayInDative(plain(dates.freezeFrom), today)}, gilt ${nominative}. ` +
          `${pronoun} dauert bis einschließlich ${dayWithWeekday(lastDay, today)}.`,
        ...paragraphs(announcement.text),
      ],
      dates: dateRows(announcement, dates, today),
    };
  },

  reopen: (announcement, dates, today) => {
    const { nominative, genitive } = kindWords(announcement.kind);
    return {
      title: `${capitalised(nominative)} ist beendet`,
      paragraphs: [
        `Seit ${dayInDative(plain(dates.reopenAt), today)}, können Sie alle Angebote wieder wie gewohnt nutzen.`,
        `Meldungen, die während ${genitive} eingegangen sind, erscheinen jetzt.`,
      ],
      dates: [],
    };
  },

  moved: (announcement, dates, today) => {
    const { name, nominative } = kindWords(announcement.kind);
    const from = announcement.moved?.from;
    const begun = Temporal.PlainDate.compare(plain(dates.freezeFrom), today) <= 0;
    const reopens = plain(dates.reopenAt);
    return {
      title: begun
        ? `Neuer Termin: ${name} bis einschließlich ${day(reopens.subtract({ days: 1 }), today)}`
        : `Neuer Termin: ${name} ab dem ${day(plain(dates.freezeFrom), today)}`,
      paragraphs: [
        begun
          ? `${capitalised(nominative)} endet an einem anderen Tag als angekündigt: ` +
            `Ab ${dayInDative(reopens, today)}, können Sie alle Angebote wieder wie gewohnt nutzen.`
          : 'Die angekündigten Termine haben sich geändert.',
        ...paragraphs(announcement.text),
      ],
      dates: dateRows(announcement, dates, today, from),
    };
  },

  withdrawn: (announcement, dates, today) => {
    const { name, article, nominative, genitive } = kindWords(announcement.kind);
    const from = plain(dates.freezeFrom);
    return wasWithdrawnDuring(announcement)
      ? {
          title: `${capitalised(nominative)} ist vorzeitig beendet`,
          paragraphs: [
            'Sie können alle Angebote ab sofort wieder wie gewohnt nutzen.',
            `Meldungen, die während ${genitive} eingegangen sind, erscheinen jetzt.`,
          ],
          dates: [],
        }
      : {
          title: `Abgesagt: ${name} ab dem ${day(from, today)}`,
          paragraphs: [
            `${capitalised(article)} ab ${dayInDative(from, today)}, geplante ${name} findet nicht statt.`,
            'Sie können alle Angebote weiter wie gewohnt nutzen.',
          ],
          dates: [],
        };
  },
};

/** A notice has nothing but its words. */
const noticeMessage = ({ headline, text }: Announcement, kind: PhaseKind): PhaseMessage =>
  kind === 'withdrawn'
    ? {
        title: `Zurückgezogen: ${asTitle(headline)}`,
        paragraphs: ['Dieser Hinweis gilt nicht mehr. Wir bitten um Entschuldigung.'],
        dates: [],
      }
    : { title: asTitle(headline), paragraphs: paragraphs(text), dates: [] };

const plain = (date: string): Temporal.PlainDate => Temporal.PlainDate.from(date);

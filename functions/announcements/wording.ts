import { germanDate, type Temporal } from '../platform/time.ts';
import type { Announcement } from './announcement.ts';

const weekdays = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'] as const;

/** `Freitag`. */
export const weekday = (date: Temporal.PlainDate): string => weekdays[date.dayOfWeek - 1] ?? '';

/** `29. April`, with the year where it is not this year's. */
export const day = (date: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  date.year === today.year ? germanDate(date).slice(0, -5) : germanDate(date);

/** `Freitag, 29. April`, with the year where it is not this year's. */
export const dayWithWeekday = (date: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  `${weekday(date)}, ${day(date, today)}`;

/** `Freitag, dem 29. April`, behind "ab" and "seit". */
export const dayInDative = (date: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  `${weekday(date)}, dem ${day(date, today)}`;

/** `Freitag, 29. April 2022`, for what is kept longer than a year. */
export const fullDate = (date: Temporal.PlainDate): string => `${weekday(date)}, ${germanDate(date)}`;

/** `24 Tage`, `1 Tag`. */
export const days = (count: number): string => (count === 1 ? '1 Tag' : `${count} Tage`);

/** A kind in the forms that German sentences need. */
interface KindWords {
  /** `Redaktionsstopp` */
  name: string;
  /** `der`, as in "der geplante Redaktionsstopp" */
  article: string;
  /** `der Redaktionsstopp` */
  nominative: string;
  /** `des Redaktionsstopps` */
  genitive: string;
  /** `Er` */
  pronoun: string;
}

const stop: KindWords = {
  name: 'Redaktionsstopp',
  article: 'der',
  nominative: 'der Redaktionsstopp',
  genitive: 'des Redaktionsstopps',
  pronoun: 'Er',
};

const words: Readonly<Record<Announcement['kind'], KindWords>> = {
  relaunch: stop,
  freeze: stop,
  pause: {
    name: 'Redaktionspause',
    article: 'die',
    nominative: 'die Redaktionspause',
    genitive: 'der Redaktionspause',
    pronoun: 'Sie',
  },
  notice: {
    name: 'Hinweis',
    article: 'der',
    nominative: 'der Hinweis',
    genitive: 'des Hinweises',
    pronoun: 'Er',
  },
};

export const kindWords = (kind: Announcement['kind']): KindWords => words[kind];

/** A sentence's first letter in upper case. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A headline as a title of its own: verbatim, but for a colon that leads on to a text that isn't there. */
export const asTitle = (headline: string): string => headline.replace(/\s*:\s*$/u, '');

/** The paragraphs of a plain text. */
export const paragraphs = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

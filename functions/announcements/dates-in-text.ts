import { Temporal } from '../platform/time.ts';

/** A day that a German text names. */
export interface NamedDate {
  /** As it stands there: `Montag, den 23. Mai`. */
  words: string;
  /** Characters before it. */
  index: number;
  day: number;
  month: number;
  year?: number;
  /** ISO: 1 is Monday. */
  weekday?: number;
}

const months = [
  ['januar', 'jan', 'jänner'],
  ['februar', 'feb', 'feber'],
  ['märz', 'mär', 'mrz'],
  ['april', 'apr'],
  ['mai'],
  ['juni', 'jun'],
  ['juli', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'okt'],
  ['november', 'nov'],
  ['dezember', 'dez'],
];
const weekdays = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag'];

const monthWords = months
  .flat()
  .toSorted((a, b) => b.length - a.length)
  .join('|');
const pattern = new RegExp(
  String.raw`(?<!\p{L}|\d)(?:(?<weekday>${weekdays.join('|')}|sonnabend),?\s+(?:(?:den|dem)\s+)?)?` +
    String.raw`(?<day>\d{1,2})\.\s*(?:(?<word>${monthWords})\b\.?|(?<number>\d{1,2})\.(?!\d(?!\d)))(?:\s*(?<year>\d{4})(?!\d))?`,
  'giu',
);

/** Every day named in a text, in its order: `29. April`, `29.04.2022`, `Montag, dem 23. Mai 2022`; not `1.2.3`. */
export function datesNamedIn(text: string): NamedDate[] {
  const found: NamedDate[] = [];
  for (const match of text.matchAll(pattern)) {
    const { weekday, day, word, number, year } = match.groups ?? {};
    const month =
      word === undefined
        ? Number(number)
        : months.findIndex((forms) => forms.includes(word.toLowerCase())) + 1;
    // 4 is a leap year: the 29th of February is a day as long as no year says otherwise.
    if (!isDay(Number(year ?? 4), month, Number(day))) continue;
    found.push({
      words: match[0].trim(),
      index: match.index,
      day: Number(day),
      month,
      year: year === undefined ? undefined : Number(year),
      weekday: weekday === undefined ? undefined : weekdayNumber(weekday.toLowerCase()),
    });
  }
  return found;
}

const weekdayNumber = (name: string): number => (name === 'sonnabend' ? 6 : weekdays.indexOf(name) + 1);

function isDay(year: number, month: number, day: number): boolean {
  try {
    Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

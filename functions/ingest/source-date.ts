import { portal } from '../../config/portal.ts';
import { dayIn, isoMillis, momentOf, Temporal } from '../platform/time.ts';

/** A date as a source wrote it. */
export interface SourceDate {
  /** `YYYY-MM-DD` where a day is meant, else ISO 8601 in UTC with milliseconds. */
  value: string;
  /** What had to be assumed, for `source check`. */
  guessed?: string;
}

const months: Record<string, number> = Object.fromEntries(
  [
    ['jan', 'januar', 'january', 'jän', 'jänner', 'jaenner'],
    ['feb', 'februar', 'february', 'feber', 'febr'],
    ['mar', 'mär', 'mrz', 'märz', 'maerz', 'march', 'mae'],
    ['apr', 'april'],
    ['may', 'mai'],
    ['jun', 'juni', 'june', 'juno'],
    ['jul', 'juli', 'july', 'julei'],
    ['aug', 'august'],
    ['sep', 'sept', 'september'],
    ['oct', 'okt', 'oktober', 'october'],
    ['nov', 'november'],
    ['dec', 'dez', 'dezember', 'december'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);
const monthName = Object.keys(months)
  .sort((a, b) => b.length - a.length)
  .join('|');

/** Minutes east of UTC. German names are not here: they mean the clock on the wall, whatever the season. */
const zones: Record<string, number | undefined> = {
  z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, bst: 60, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360,
  pst: -480, pdt: -420, eet: 120, eest: 180,
}; // prettier-ignore
const berlinZones = new Set(['mez', 'mesz', 'cet', 'cest', 'met', 'mest', 'europe/berlin']);

const isoDay = /(?<![\d.])(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/;
const isoBasic = /(?<!\d)(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})(?=T|$)/i;
const germanNumeric = /(?<!\d)(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4}|\d{2})(?!\d)/;
const dayMonthName = new RegExp(
  String.raw`(?<!\d)(?<day>\d{1,2})(?:\.|st|nd|rd|th)?[\s-]*(?<monthName>${monthName})\.?[\s,-]*(?<year>\d{4}|\d{2})(?![\d:])`,
  'i',
);
const monthNameDay = new RegExp(
  String.raw`\b(?<monthName>${monthName})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(?<time>\d{1,2}:\d{2}(?::\d{2})?)\s+(?:[a-z]{2,4}\s+)?)?(?<year>\d{4})`,
  'i',
);
const slashed = /(?<!\d)(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<year>\d{4})(?!\d)/;
const slashedIso = /(?<!\d)(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})(?!\d)/;

const clockTime =
  /(?<![\d.:+-])(?<hour>\d{1,2})(?:(?:[:.](?<minute>\d{2}))(?::(?<second>\d{2}))?(?:[.,]\d{1,9})?(?:\s*(?<half>am|pm)\b)?|(?=\s*uhr\b))/i;
const offset = /(?<sign>[+\u2212-])(?<hours>\d{2}):?(?<minutes>\d{2})?(?!\d)/;

/**
 * Reads a date as ministries write them: ISO 8601, RFC 822, and German in words or digits. What has no zone is the time
 * on Berlin's clocks; what has no time, or says midnight, is that whole day.
 *
 * Never hands anything to `Date.parse`, to which `12.03.2024` is the third of December.
 *
 * @returns `undefined` for what is no date, or none that exists
 */
export function parseSourceDate(text: string): SourceDate | undefined {
  const source = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().slice(0, 120);
  const found = findDay(source);
  if (found === undefined) return undefined;
  const { day, rest, guessed } = found;
  const time = clockTime.exec(rest)?.groups;
  const hour = hourOf(time);
  if (time === undefined || hour === undefined) return dated(isoDate(day), guessed);
  const minute = Number(time['minute'] ?? 0);
  const second = Math.min(Number(time['second'] ?? 0), 59);
  if (hour > 24 || minute > 59) return dated(isoDate(day), 'the time does not exist');
  // Whole days are often sent as midnight, and with an offset that is wrong twice a year.
  if (hour % 24 === 0 && minute === 0 && second === 0) {
    return dated(isoDate(hour === 24 ? { ...day, day: day.day + 1 } : day), guessed);
  }
  const zone = zoneOf(rest.slice(rest.indexOf(time['hour'] ?? '')));
  if (zone.offsetMinutes !== undefined) {
    const ms = Date.UTC(day.year, day.month - 1, day.day, hour, minute - zone.offsetMinutes, second);
    return dated(new Date(ms).toISOString(), guessed);
  }
  const local = Temporal.PlainDateTime.from({ ...day, hour, minute, second });
  return dated(isoMillis(local.toZonedDateTime(portal.timeZone).toInstant()), guessed ?? zone.guessed);
}

const dated = (value: string, guessed: string | undefined): SourceDate => ({
  value,
  ...(guessed !== undefined && { guessed }),
});

/** The day in the portal's time zone that a source date falls on. */
export const dayOfSourceDate = (value: string): Temporal.PlainDate =>
  value.includes('T') ? dayIn(portal.timeZone, momentOf(value)) : Temporal.PlainDate.from(value);

interface Day {
  year: number;
  month: number;
  day: number;
}

/** Days beyond the month's end belong to the next one. */
const isoDate = ({ year, month, day }: Day): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

interface Found {
  day: Day;
  /** The text after the day, with a time that stood before the year. */
  rest: string;
  guessed?: string | undefined;
}

function findDay(source: string): Found | undefined {
  for (const pattern of [isoDay, isoBasic, germanNumeric, dayMonthName, monthNameDay, slashedIso]) {
    const match = pattern.exec(source);
    const groups = match?.groups;
    if (match === null || groups === undefined) continue;
    const month = groups['month'] ?? months[(groups['monthName'] ?? '').toLowerCase()];
    const day = dayFrom(groups['year'], month, groups['day']);
    if (day === undefined) continue;
    const before = groups['time'] === undefined ? '' : `${groups['time']} `;
    return { day, rest: before + source.slice(match.index + match[0].length).replace(/^T/i, ' ') };
  }
  const match = slashed.exec(source);
  if (match?.groups === undefined) return undefined;
  const { first, second, year } = match.groups;
  const dayFirst = dayFrom(year, second, first);
  const day = dayFirst ?? dayFrom(year, first, second);
  if (day === undefined) return undefined;
  return {
    day,
    rest: source.slice(match.index + match[0].length),
    guessed: dayFirst === undefined ? 'month before day' : 'day before month',
  };
}

function dayFrom(
  year: string | undefined,
  month: string | number | undefined,
  day: string | undefined,
): Day | undefined {
  const short = Number(year);
  // RFC 2822, section 4.3
  const full = year?.length === 2 ? (short < 50 ? 2000 + short : 1900 + short) : short;
  if (full < 1970 || full > 2200) return undefined;
  const found = { year: full, month: Number(month), day: Number(day) };
  // The 31st of February would come back as the 3rd of March.
  const padded = `${full}-${String(found.month).padStart(2, '0')}-${String(found.day).padStart(2, '0')}`;
  return isoDateOrNothing(found) === padded ? found : undefined;
}

const isoDateOrNothing = (day: Day): string | undefined =>
  Number.isNaN(day.month) ? undefined : isoDate(day);

function hourOf(time: Record<string, string | undefined> | undefined): number | undefined {
  if (time?.['hour'] === undefined) return undefined;
  const hour = Number(time['hour']);
  const half = time['half']?.toLowerCase();
  if (half === 'pm' && hour < 12) return hour + 12;
  if (half === 'am' && hour === 12) return 0;
  return hour;
}

function zoneOf(afterDay: string): { offsetMinutes?: number; guessed?: string } {
  const afterTime = afterDay.replace(/^[\d:.,]+/, '');
  const numeric = offset.exec(afterTime)?.groups;
  if (numeric !== undefined) {
    const minutes = Number(numeric['hours']) * 60 + Number(numeric['minutes'] ?? 0);
    if (minutes <= 14 * 60) return { offsetMinutes: numeric['sign'] === '+' ? minutes : -minutes };
    return { guessed: `the offset ${numeric['hours'] ?? ''} does not exist; Berlin’s time was taken` };
  }
  for (const [word] of afterTime.matchAll(/[a-z]+(?:\/[a-z]+)?/gi)) {
    const name = word.toLowerCase();
    if (berlinZones.has(name)) return {};
    const offsetMinutes = zones[name];
    if (offsetMinutes !== undefined) return { offsetMinutes };
  }
  return { guessed: 'no time zone; Berlin’s was taken' };
}

import { Temporal } from '../platform/time.ts';
import { dayOfSourceDate, parseSourceDate } from './source-date.ts';

/** A day with its year after "am", or after a label of its own. A day that something is due by is no day of an event. */
const namedDay =
  /(?<!(?:bis|spätestens) )\b(?:am|(?:Termin|Datum|Wann)\s?:)\s{0,3}(?:(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)(?:tag|woch|abend)\s?,?\s?)?(?:de[mn]\s)?(\d{1,2}\.\s?(?:\d{1,2}\.|\p{L}{3,9})\s?\d{4})(?!\d)/giu;

/** Characters of a text in which an invitation names its day. */
const beginning = 5000;

/**
 * The day on which what a press invitation invites to takes place. Certain only where its text names one day, with the
 * year, that is not over when the source sends it.
 *
 * @param text headline, lead and body
 * @param sourceDate when the source said it
 * @returns `YYYY-MM-DD`
 */
export function eventDateOf(text: string, sourceDate: string): string | undefined {
  const sent = dayOfSourceDate(sourceDate);
  const days = new Set<string>();
  for (const [, said = ''] of text.slice(0, beginning).matchAll(namedDay)) {
    const day = parseSourceDate(said)?.value;
    if (day !== undefined && Temporal.PlainDate.compare(day, sent) >= 0) days.add(day);
  }
  const [first] = days;
  return days.size === 1 ? first : undefined;
}

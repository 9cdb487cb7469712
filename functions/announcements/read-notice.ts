import type { FreezingKind } from './announcement.ts';
import { readAnnouncement, type Reading } from './announcement-file.ts';
import { datesNamedIn, type NamedDate } from './dates-in-text.ts';

/**
 * Reads a notice as it stands on a page: icon's text, headline, text, with dates that lack their year. Nothing of it is
 * reworded; what is read is shown to the editor before anything is made of it.
 *
 * @param year of the freeze's first day, for dates that name none
 */
export function readNotice(pasted: string, year?: number): Reading {
  const lines = pasted
    .normalize('NFC')
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const icon = iconIn(lines[0] ?? '');
  const [headline, ...rest] = icon === undefined ? lines : lines.slice(1);
  const text = rest.join('\n');
  const base = {
    severity: 'warning',
    icon,
    headline,
    text: text === '' ? undefined : text,
  };
  const named = datesNamedIn(text === '' ? (headline ?? '') : text);
  const kind = kindOf(`${headline ?? ''}\n${text}`);
  if (kind === undefined) {
    const last = named.at(-1);
    return readAnnouncement({
      ...base,
      kind: 'notice',
      lastDay: last && dated(last, year),
    });
  }
  const freeze = near(named, text, /redaktions(stopp|schluss|pause)|gesperrt/iu) ?? named[0];
  const reopen =
    near(named, text, /wieder|gewohnt|geöffnet/iu, freeze) ?? named.findLast((date) => date !== freeze);
  const freezeFrom = freeze && dated(freeze, year);
  let reopenAt = reopen && dated(reopen, year);
  // "ab dem 20. Dezember … ab dem 6. Januar": the year turns in between.
  if (year !== undefined && reopen?.year === undefined && reopenAt && freezeFrom && reopenAt < freezeFrom) {
    reopenAt = reopen && dated(reopen, year + 1);
  }
  return readAnnouncement({ ...base, kind, freezeFrom, reopenAt });
}

/** "Achtung Icon" is an image's text that was copied along. It says Achtung; that it is an icon is no news. */
function iconIn(line: string): string | undefined {
  const match = /^(?<says>\p{L}[\p{L} -]{1,38}?)[\s-]*(?:icon|symbol|piktogramm)$/iu.exec(line);
  return match?.groups?.['says'];
}

function kindOf(text: string): FreezingKind | undefined {
  if (/\brelaunch/iu.test(text)) return 'relaunch';
  if (/redaktionspause/iu.test(text)) return 'pause';
  return /redaktionsstopp/iu.test(text) ? 'freeze' : undefined;
}

/** The first date in a sentence that also has a word like this. */
function near(
  named: readonly NamedDate[],
  text: string,
  word: RegExp,
  other?: NamedDate,
): NamedDate | undefined {
  return named.find((date) => date !== other && word.test(sentenceAround(text, date)));
}

/** A full stop behind a number belongs to a date, not to the end of a sentence. */
function sentenceAround(text: string, { index, words }: NamedDate): string {
  const before =
    text
      .slice(0, index)
      .split(/(?<!\d)[.!?](?=\s)|\n/u)
      .at(-1) ?? '';
  const after = text.slice(index + words.length).split(/(?<!\d)[.!?](?=\s|$)|\n/u)[0] ?? '';
  return before + words + after;
}

/** `2022-04-29`, or as it stands there when no year is known: then it is refused for that. */
function dated({ day, month, year, words }: NamedDate, otherwise?: number): string {
  const known = year ?? otherwise;
  if (known === undefined) return words;
  return [String(known), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}

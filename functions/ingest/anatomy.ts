import type { ArticleContent } from '../articles/article.ts';
import { portal } from '../../config/portal.ts';
import { isoMillis, startOfDay, Temporal } from '../platform/time.ts';
import { blocksOf, type Block, type InlineImage } from './blocks.ts';
import { absoluteWeb, cleanText } from './html.ts';
import { creditOfLine } from './image-credit.ts';
import { parseSourceDate } from './source-date.ts';

/** What a full text says beside its text. */
export interface Anatomy {
  kicker?: string | undefined;
  /** Teaser, where the text has one before its first paragraph or the source sent one. */
  lead: string;
  body?: ArticleContent['body'];
  /** Without an address where the text only names who made it. */
  image?: { url?: string; alt: string; credit?: string };
  issuer?: string | undefined;
  /** From "Quelle: … vom …" or "Erstveröffentlichung: …". */
  sourceDate?: string | undefined;
  contact?: string | undefined;
  embargoUntil?: string | undefined;
  /** For `source check`. */
  notes: string[];
}

const day = String.raw`(\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zäÄ]{3,9})\s?\d{4})`;
const quelle = new RegExp(String.raw`^Quelle\s?:\s*(.{2,250}?)(?:,?\s+vom\s+${day})?\s*\.?$`, 'i');
const firstPublished = new RegExp(
  String.raw`^(?:Erstveröffentlichung|Erstmals veröffentlicht|Veröffentlicht)(?:\s+am)?\s*:?\s*${day}`,
  'i',
);
const version =
  /^(?:(?:Erstveröffentlichung|Erstmals veröffentlicht|Letzte Aktualisierung|Aktualisierung|Aktualisiert|Stand)(?:\s+am)?\s*:|Veröffentlicht am\s)/i;
const embargoLine = /^\W{0,3}(?:Achtung\W{1,3})?(?:Sperrfrist|Sperrvermerk|Embargo|Frei ab)\b/i;
const contactHeading =
  /^(?:(?:Presse|Medien)?(?:kontakt|stelle|sprecher(?:in|:in|\*in)?)|(?:Ihre?\s)?Ansprechpartner(?:in|:in|\*in|innen)?|Ansprechperson(?:en)?|(?:Für )?(?:Presse)?(?:Rück|An)fragen|Medienkontakt|Kontakt für (?:die )?(?:Presse|Medien|Rückfragen)|Herausgeber(?:in)?)\b[^.]{0,60}(?::|$)/i;
/** Lines of the page around a text, that leak into feeds. */
const pageFurniture =
  /^[\W_]*(?:(?:zum )?seitenanfang|nach oben|back to top|to top|(?:seite |artikel )?(?:drucken|teilen|vorlesen|empfehlen|weiterempfehlen)|weiterlesen|mehr(?: erfahren| lesen| dazu)?|weitere informationen|zurück(?: zur (?:übersicht|startseite|liste))?|(?:auf |bei )?(?:facebook|twitter|x|whatsapp|mastodon|linkedin|xing)(?: teilen)?|e-mail|pdf|download|the post .{0,300} appeared first on .{0,200}|der beitrag .{0,300} erschien zuerst auf .{0,200})[\W_]*$/i;
const leakedAlt =
  /^(?:[\p{L}-]{2,20}\s){1,2}(?:Icon|Symbol|Piktogramm|Logo)$|^(?:Icon|Symbol)\s?:?\s[\p{L} -]{2,30}$/u;
const siteNotice =
  /\b(?:Relaunch|Redaktionsstopp|Wartungsarbeiten|neue[rnms]? (?:Internetauftritt|Webauftritt|Website|Look)|(?:Portal|Website|Seite) (?:ist|wird|steht) .{0,60}(?:nicht erreichbar|überarbeitet|nicht zur Verfügung))\b/i;
const notices = /^(?:Unter der bekannten Adresse|Ab dem \d{1,2}\. \p{L}+ können Sie)/u;

const standsAlone = (line: string): boolean =>
  quelle.test(line) ||
  version.test(line) ||
  embargoLine.test(line) ||
  contactHeading.test(line) ||
  pageFurniture.test(line) ||
  leakedAlt.test(line) ||
  creditOfLine(line) !== undefined;

/**
 * Reads the anatomy of a release from its teaser and its full text, in HTML of any shape: what is text, and what stands
 * beside it. Words of the release itself are never changed, only left out where they are none of it.
 *
 * @param base what relative addresses are relative to; absolute
 */
export function anatomyOf(
  item: { headline: string; teaserHtml: string | undefined; textHtml: string | undefined },
  base: string,
): Anatomy {
  const notes: string[] = [];
  const text = blocksOf(item.textHtml ?? item.teaserHtml ?? '', base, standsAlone);
  const teaser = item.textHtml === undefined ? undefined : blocksOf(item.teaserHtml ?? '', base, standsAlone);
  const found: Anatomy = { lead: '', notes };

  let blocks = afterHeadline(text.blocks, item.headline, found);
  const images = [...text.images, ...(teaser?.images ?? [])];
  blocks = takeImage(blocks, images, [...text.captions, ...(teaser?.captions ?? [])], base, found);
  blocks = takeMarks(blocks, found);
  blocks = takeContact(blocks, found);
  takeLead(
    blocks,
    teaser?.blocks.filter((block) => !isAside(block)),
    found,
  );
  return found;
}

const isAside = ({ text, heading }: Block): boolean =>
  heading || standsAlone(text) || siteNotice.test(text) || notices.test(text);

/** What stands above the headline, if the text repeats it: notices of the site, and last the kicker. */
function afterHeadline(blocks: readonly Block[], headline: string, found: Anatomy): Block[] {
  const same = words(headline).join(' ');
  const at = blocks.slice(0, 12).findIndex(({ text }) => same !== '' && words(text).join(' ') === same);
  if (at < 0) return [...blocks];
  const above = blocks[at - 1]?.text;
  if (above !== undefined && above.length <= 60 && !/[.!?:]$/.test(above) && !leakedAlt.test(above)) {
    found.kicker = above;
  }
  if (at > 0) found.notes.push(`${at} blocks above the headline are not part of the text`);
  return blocks.slice(at + 1);
}

function takeImage(
  blocks: readonly Block[],
  images: readonly InlineImage[],
  captions: readonly string[],
  base: string,
  found: Anatomy,
): Block[] {
  const credit = [...captions, ...blocks.map(({ text }) => text)]
    .map(creditOfLine)
    .find((line) => line !== undefined);
  const alts = new Set(images.map(({ alt }) => alt).filter((alt) => alt !== ''));
  const caption = captions.find((line) => line !== '' && creditOfLine(line) === undefined);
  const rest = blocks.filter(({ text, beforeMark }, index) => {
    if (creditOfLine(text) !== undefined) return false;
    // Where a page was copied as text, the alternative stands above the credit in one paragraph.
    const leaked =
      beforeMark &&
      index < 3 &&
      text.length <= 250 &&
      creditOfLine(blocks[index + 1]?.text ?? '') !== undefined;
    if (!leaked && !alts.has(text)) return true;
    alts.add(text);
    found.notes.push(`the image’s text alternative was in the text: ${text}`);
    return false;
  });
  const [alt = caption ?? ''] = alts;
  const url = images.map(({ src }) => absoluteWeb(src, base)).find((address) => address !== undefined);
  if (url !== undefined || credit !== undefined) {
    found.image = { ...(url !== undefined && { url }), alt, ...(credit !== undefined && { credit }) };
  }
  return rest;
}

/** Takes out lines that say something about the release, and lines of the page around it. */
function takeMarks(blocks: readonly Block[], found: Anatomy): Block[] {
  let underIcon = false;
  return blocks.filter((block, index) => {
    const { text } = block;
    const line = text.replaceAll('\n', ' ');
    if (leakedAlt.test(line)) {
      underIcon = true;
      found.notes.push(`a leaked text alternative is not part of the text: ${line}`);
      return false;
    }
    if (underIcon && (siteNotice.test(line) || notices.test(line))) {
      found.notes.push(`a notice of the site is not part of the text: ${line.slice(0, 60)}`);
      return false;
    }
    underIcon = false;
    if (pageFurniture.test(line)) return false;
    if (embargoLine.test(line) || (index === 0 && /\bSperrfrist\b/i.test(line.slice(0, 200)))) {
      found.embargoUntil ??= embargoOf(line);
      return line.length > 250;
    }
    if (version.test(line)) {
      const date = firstPublished.exec(line)?.[1];
      found.sourceDate ??= date === undefined ? undefined : parseSourceDate(date)?.value;
      return false;
    }
    const [, issuer, date] = quelle.exec(line) ?? [];
    if (issuer === undefined || (date === undefined && index < blocks.length - 4)) return true;
    found.issuer = cleanText(issuer);
    if (date !== undefined) found.sourceDate = parseSourceDate(date)?.value ?? found.sourceDate;
    return false;
  });
}

/**
 * The moment that a Sperrfrist ends, from the line that names it. "bis einschließlich" a day means the next one.
 */
export function embargoOf(line: string): string | undefined {
  const said = line.slice(0, 300);
  const after = said.slice(said.search(/Sperrfrist|Sperrvermerk|Embargo|Frei ab/i));
  const date = parseSourceDate(after);
  if (date === undefined) return undefined;
  if (date.value.includes('T')) return date.value;
  const from = Temporal.PlainDate.from(date.value).add({
    days: /einschlie(?:ß|ss)lich/i.test(after) ? 1 : 0,
  });
  return isoMillis(startOfDay(from, portal.timeZone));
}

/** Contacts are the last thing in a text, and short. */
function takeContact(blocks: readonly Block[], found: Anatomy): Block[] {
  const at = blocks.findIndex(
    ({ text }, index) => index > 0 && contactHeading.test(text.split('\n')[0] ?? ''),
  );
  const tail = at < 0 ? [] : blocks.slice(at);
  const length = tail.reduce((sum, { text }) => sum + text.length, 0);
  if (at < 0 || length > 1500 || tail.length > 15) return [...blocks];
  found.contact = tail.map(({ text }) => text).join('\n');
  return blocks.slice(0, at);
}

/** Characters of a first paragraph that are shown as lead where a source has none. */
const longestLead = 600;

function takeLead(blocks: readonly Block[], teaser: readonly Block[] | undefined, found: Anatomy): void {
  const [first, ...rest] = blocks;
  const sent = withoutEllipsis(teaser?.map(({ text }) => text.replaceAll('\n', ' ')).join(' ') ?? '');
  let body = blocks;
  if (sent !== '' && sent.length <= 2 * longestLead) {
    found.lead = sent;
    if (first !== undefined && !first.heading && isNearDuplicate(sent, first.text)) {
      body = rest;
      // A teaser that was cut off is the beginning of the paragraph, which is whole.
      if (startsLike(sent, first.text)) found.lead = first.text.replaceAll('\n', ' ');
    }
  } else if (first !== undefined && !first.heading && !first.html.startsWith('<ul')) {
    const paragraph = first.text.replaceAll('\n', ' ');
    found.lead = paragraph.length <= longestLead ? paragraph : firstSentences(paragraph);
    if (found.lead === paragraph) body = rest;
  }
  if (body.length > 0 && (teaser !== undefined || blocks.length > 1)) {
    found.body = {
      html: body.map(({ html }) => html).join('\n'),
      text: body.map(({ text }) => text).join('\n\n'),
    };
  }
}

const withoutEllipsis = (text: string): string =>
  text
    .replace(/\s*(?:\[?(?:…|\.\.\.)\]?\s*(?:(?:mehr|weiterlesen|weiter)\W*)?)$/i, ' …')
    .replace(/^\s…$/, '')
    .trim();

/** Whole sentences up to {@link longestLead}; a cut is marked. */
function firstSentences(paragraph: string): string {
  const head = paragraph.slice(0, longestLead);
  const end = Math.max(
    head.lastIndexOf('. '),
    head.lastIndexOf('! '),
    head.lastIndexOf('? '),
    head.lastIndexOf('.“ '),
  );
  if (end > 80) return head.slice(0, end + 1);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), 80))} …`;
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function startsLike(teaser: string, paragraph: string): boolean {
  const all = words(teaser);
  // The last word of a teaser that was cut off may be half of one.
  const said = teaser.endsWith('…') ? all.slice(0, -1) : all;
  const whole = words(paragraph.slice(0, 3000));
  return said.length > 0 && said.every((word, index) => whole[index] === word);
}

/** Do two paragraphs say the same in nearly the same words? At least four of five pairs of words are shared. */
export function isNearDuplicate(a: string, b: string): boolean {
  if (startsLike(a, b)) return words(a).length >= 5 || words(a).length === words(b).length;
  const [first, second] = [pairs(a), pairs(b)];
  if (first.size === 0 || second.size === 0) return false;
  const shared = [...first].filter((pair) => second.has(pair)).length;
  return shared / Math.max(first.size, second.size) >= 0.8;
}

const pairs = (text: string): Set<string> => {
  const list = words(text.slice(0, 3000));
  return new Set(list.slice(1).map((word, index) => `${list[index] ?? ''} ${word}`));
};

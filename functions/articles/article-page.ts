import { portal } from '../../config/portal.ts';
import { dayIn, germanShortDate, momentOf, Temporal } from '../platform/time.ts';
import type { Article, ArticleContent } from './article.ts';

/** `tag:` URI (RFC 4151) of something of ours. The same whatever the portal's address, so readers never see it as new. */
export const tagUri = (specific: string): string =>
  `tag:${portal.tagAuthority},${portal.tagDate}:${specific}`;

export const articleTag = ({ id }: Pick<Article, 'id'>): string => tagUri(`artikel/${id}`);

/**
 * Path of an article's page: `/artikel/kinder-staerken-<id>/`. The id alone finds the article; the words before it may
 * change with a correction, and old ones redirect.
 */
export const articlePath = ({ id, headline }: Pick<Article, 'id' | 'headline'>): string =>
  `/artikel/${[slugOf(headline), id].filter((part) => part !== '').join('-')}/`;

/** The id at the end of the last part of an article's path, whatever stands before it. */
export const articleIdOf = (lastPart: string): string | undefined =>
  /(?:^|-)([a-z2-7]{16})$/u.exec(lastPart)?.[1];

const germanLetters: Readonly<Record<string, string>> = {
  ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', œ: 'oe', ø: 'oe', å: 'a', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i',
}; // prettier-ignore

/** The words of a German text for an address, as people expect them (ä → ae, ß → ss); at most 80 characters. */
export function slugOf(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæœøåłđðþı]/gu, (letter) => germanLetters[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > 80) break;
    slug = longer;
  }
  return slug === '' ? (words[0] ?? '').slice(0, 80) : slug;
}

/** The day of "Quelle: … vom …" in the portal's time zone. */
export const sourceDay = ({ sourceDate }: Pick<ArticleContent, 'sourceDate'>): Temporal.PlainDate =>
  sourceDate.includes('T')
    ? dayIn(portal.timeZone, momentOf(sourceDate))
    : Temporal.PlainDate.from(sourceDate);

/** `29.03.2015`, as "Quelle: … vom …" ends. */
export const sourceDayText = (content: Pick<ArticleContent, 'sourceDate'>): string =>
  germanShortDate(sourceDay(content));

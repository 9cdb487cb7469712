import type { Source } from '../../config/sources.ts';
import { sourceSchema } from '../../config/sources.schema.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { portal } from '../../config/portal.ts';
import type { Release } from './release.ts';
import { bundesstelle } from './releases/bundesstelle.ts';
import { hafenstadt } from './releases/hafenstadt.ts';
import { nordmark } from './releases/nordmark.ts';
import { rheinberg } from './releases/rheinberg.ts';
import { seenland } from './releases/seenland.ts';

/** What kind of feed a ministry runs; together they have what real ones have. */
export type Character =
  /** RSS 2.0 with the full text, images and their credits. */
  | 'full-text'
  /** RSS 2.0 with a teaser alone: no GUID, no language, no category. */
  | 'teaser'
  | 'atom'
  /** RSS 2.0 in ISO-8859-1, umlauts as bytes in one place and as HTML entities in the next. */
  | 'latin-1'
  /** RSS 2.0 with ETag and Last-Modified, answered with 304; and with 503 now and then. */
  | 'moody';

export interface Ministry {
  /** Source id, and first part of its addresses. */
  id: string;
  office: string;
  character: Character;
  fullText: Source['fullText'];
  images: Source['images'];
  /** Newest first; the first {@link laterReleases} of them appear while it runs. */
  releases: readonly Release[];
}

export const ministries: readonly Ministry[] = [
  {
    id: 'nordmark',
    office: 'Ministerium für Bildung, Jugend und Familie Nordmark',
    character: 'full-text',
    fullText: 'allowed',
    images: 'reference',
    releases: nordmark,
  },
  {
    id: 'hafenstadt',
    office: 'Senatsverwaltung für Jugend, Familie und Integration Hafenstadt',
    character: 'teaser',
    fullText: 'never',
    images: 'never',
    releases: hafenstadt,
  },
  {
    id: 'seenland',
    office: 'Ministerium für Soziales, Integration und Gleichstellung Seenland',
    character: 'atom',
    fullText: 'allowed',
    images: 'reference',
    releases: seenland,
  },
  {
    id: 'rheinberg',
    office: 'Staatsministerium für Familie, Arbeit und Soziales Rheinberg',
    character: 'latin-1',
    fullText: 'never',
    images: 'never',
    releases: rheinberg,
  },
  {
    id: 'bundesstelle',
    office: 'Bundesstelle für Kinder- und Jugendfragen',
    character: 'moody',
    fullText: 'allowed',
    images: 'reference',
    releases: bundesstelle,
  },
];

/** A release, dated. */
export interface Dated extends Release {
  publishedAt: Temporal.Instant;
}

/** Releases of each ministry that are not there yet at the first start. */
const laterReleases = 3;
/**
 * Minutes from the first start until the later ones appear, newest first: some within the first minutes, some on the
 * next day, and the rest while the demo's relaunch keeps the portal frozen, if it is announced by then.
 */
const minutesUntil = [
  [25_060, 45, 2],
  [25_910, 90, 5],
  [27_500, 240, 9],
  [28_940, 1200, 15],
  [30_875, 1680, 25],
] as const;

/**
 * The releases of a ministry that are out at `now`, newest first: one a working day up to the day before `began`, the
 * later ones on from there. The same `began` always gives the same moments.
 */
export function releasesAt(ministry: Ministry, began: Temporal.Instant, now: Temporal.Instant): Dated[] {
  const nth = ministries.indexOf(ministry);
  return ministry.releases
    .map((release, index): Dated => {
      const publishedAt =
        laterReleasesOf(ministry, began)[index] ?? workingMoment(began, index - laterReleases + 1, nth);
      return { ...release, publishedAt };
    })
    .filter(({ publishedAt }) => Temporal.Instant.compare(publishedAt, now) <= 0);
}

/** When the later releases of a ministry come out, newest first. */
export const laterReleasesOf = (ministry: Ministry, began: Temporal.Instant): Temporal.Instant[] =>
  (minutesUntil[ministries.indexOf(ministry)] ?? []).map((minutes) => began.add({ minutes }).round('minute'));

/** Some time between nine and four o'clock on the `nth` working day before `began`. */
function workingMoment(began: Temporal.Instant, daysBefore: number, nth: number): Temporal.Instant {
  let day = began.toZonedDateTimeISO(portal.timeZone).toPlainDate();
  for (let left = daysBefore; left > 0;) {
    day = day.subtract({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  const minute = 9 * 60 + ((daysBefore * 95 + nth * 130) % (7 * 60));
  const time = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
  return day.toZonedDateTime({ timeZone: portal.timeZone, plainTime: time }).toInstant();
}

/** The source by which Herold knows a ministry that is played at `origin`. */
export const sourceOf = (ministry: Ministry, origin: string): Source =>
  sourceSchema.parse({
    id: ministry.id,
    issuer: ministry.office,
    url: feedUrl(ministry, origin),
    fullText: ministry.fullText,
    images: ministry.images,
    firstContact: 'announce',
  });

export const feedUrl = (ministry: Ministry, origin: string): string => `${origin}/${ministry.id}/feed.xml`;
export const pageUrl = (ministry: Ministry, release: Release, origin: string): string =>
  `${origin}/${ministry.id}/presse/${release.slug}`;
export const imageUrl = (ministry: Ministry, release: Release, origin: string): string =>
  `${origin}/${ministry.id}/bilder/${release.slug}.svg`;

import { portal } from '../../config/portal.ts';
import { allTopics, topics } from '../../config/topics.ts';

export const feedFormats = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof feedFormats)[number];

/** An address, or whatever else there is one of, for each format. */
export type Addresses = Readonly<Record<FeedFormat, string>>;

export const formatNames: Addresses = { rss: 'RSS', atom: 'Atom', json: 'JSON Feed' };

export const mediaTypes: Addresses = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

/** The feed of notices: announcements of freezes, relaunches and the like, and nothing else. */
export const noticesSlug = 'hinweise';

/** One of our feeds, as people choose it. */
export interface FeedListing {
  slug: string;
  label: string;
  description: string;
}

/** All feeds in the order in which people see them. */
export const feedDirectory: readonly FeedListing[] = [
  {
    slug: allTopics,
    label: 'Alle Meldungen',
    description: 'Alle Pressemitteilungen der Ministerien zur Kinder- und Jugendhilfe',
  },
  ...topics.map(({ slug, label }) => ({
    slug,
    label,
    description: `Pressemitteilungen der Ministerien zum Thema ${label}`,
  })),
  {
    slug: noticesSlug,
    label: 'Hinweise',
    description: `Hinweise der Redaktion zum ${portal.name}`,
  },
];

export const feedListing = (slug: string): FeedListing | undefined =>
  feedDirectory.find((listing) => listing.slug === slug);

/** Path of a feed, and with `feeds/` at its front its key in the bucket. */
export const feedPath = (slug: string, format: FeedFormat): string => `/feeds/${slug}.${format}`;

/** Path of an archive page (RFC 5005) of a feed. Pages count from 0, by publication number. */
export const archivePath = (slug: string, page: number, format: FeedFormat): string =>
  `/feeds/archiv/${slug}-${page}.${format}`;

export const opmlPath = '/feeds/feeds.opml';

export const forEachFormat = (of: (format: FeedFormat) => string): Addresses => ({
  rss: of('rss'),
  atom: of('atom'),
  json: of('json'),
});

import { allTopics } from '../../config/topics.ts';
import { articlePath } from '../articles/article-page.ts';
import { feedDirectory } from '../articles/feed-directory.ts';
import type { ReadingParts } from './reading.ts';

/** Publication numbers in one sitemap. The protocol allows 50,000 addresses, a function's answer 6 MB and its time. */
const span = 1000;

/** The sitemap index (https://www.sitemaps.org/protocol.html): one sitemap of pages, and one per thousand publications. */
export async function sitemapIndex({ articles, baseUrl }: ReadingParts): Promise<string> {
  const parts = Math.ceil((await articles.lastNumber()) / span);
  const paths = [
    '/sitemap-seiten.xml',
    ...Array.from({ length: parts }, (_, part) => `/sitemap-${part}.xml`),
  ];
  const entries = paths.map((path) => `<sitemap><loc>${new URL(path, baseUrl).href}</loc></sitemap>`);
  return document('sitemapindex', entries);
}

export function pageSitemap({ baseUrl }: ReadingParts): string {
  const paths = ['/', '/feeds/', ...feedDirectory.map(({ slug }) => `/feeds/${slug}/`)];
  const topicPaths = feedDirectory
    .filter(({ slug }) => slug !== 'hinweise')
    .map(({ slug }) => `/themen/${slug}/`);
  return document(
    'urlset',
    [...paths, ...topicPaths].map((path) => `<url><loc>${new URL(path, baseUrl).href}</loc></url>`),
  );
}

export async function articleSitemap({ articles, baseUrl }: ReadingParts, part: number): Promise<string> {
  const publications = await articles.listPublishedBetween(allTopics, part * span, (part + 1) * span);
  const stored = await articles.getMany(publications.map(({ articleId }) => articleId));
  return document(
    'urlset',
    stored
      .filter(({ status }) => status === 'live')
      .map(
        (article) =>
          `<url><loc>${new URL(articlePath(article), baseUrl).href}</loc><lastmod>${article.updatedAt}</lastmod></url>`,
      ),
  );
}

// Addresses are percent-encoded by URL and hold no query, so nothing in them needs escaping.
const document = (root: string, entries: readonly string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</${root}>\n`;

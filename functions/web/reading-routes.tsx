import { Hono, type Context } from 'hono';
import { etag } from 'hono/etag';
import { portal } from '../../config/portal.ts';
import { articleIdOf, articlePath } from '../articles/article-page.ts';
import { feedListing, noticesSlug } from '../articles/feed-directory.ts';
import { ArticlePage, articleHead } from './article-page.tsx';
import { ErrorPage, withdrawn } from './error-pages.tsx';
import { FeedDirectoryPage, FeedPage } from './feed-pages.tsx';
import { FrontPage } from './front-page.tsx';
import { ImprintPage, PrivacyPage } from './legal-pages.tsx';
import { readFront, readStory, readTopic, type ReadingParts } from './reading.ts';
import { articleSitemap, pageSitemap, sitemapIndex } from './sitemap.ts';
import { TopicPage } from './topic-page.tsx';

/** What the frame of all pages knows, and leaves for the routes. */
export interface PageEnv {
  Variables: {
    /** How long a page that is the same for everyone may be kept. */
    freshForSeconds: number;
  };
}

/** Crawlers are not in a hurry. */
const sitemapCacheControl = 'public, max-age=3600';

/** The pages that everyone reads: news, feeds, imprint, and what search engines want to know of them. */
export function readingRoutes(parts: ReadingParts): Hono<PageEnv> {
  const { baseUrl } = parts;
  const routes = new Hono<PageEnv>();
  const page = async (c: Context<PageEnv>, next: () => Promise<void>): Promise<void> => {
    await next();
    if (c.res.ok) c.header('Cache-Control', `public, max-age=${c.var.freshForSeconds}`);
  };
  const xml = (c: Context, body: string): Response =>
    c.body(body, 200, {
      'Content-Type': 'application/xml; charset=utf-8',
      'Cache-Control': sitemapCacheControl,
    });

  routes.get('/', etag(), page, async (c) =>
    c.render(<FrontPage {...await readFront(parts)} />, {
      title: portal.name,
      path: '/',
      description: 'Pressemitteilungen der Ministerien zur Kinder- und Jugendhilfe, nach Themen geordnet.',
    }),
  );

  routes.get('/themen/', (c) => c.redirect('/', 301));
  routes.get('/themen/:slug', (c) => c.redirect(`/themen/${encodeURIComponent(c.req.param('slug'))}/`, 301));
  routes.get('/themen/:slug/', etag(), page, async (c) => {
    const listing = feedListing(c.req.param('slug'));
    if (listing === undefined || listing.slug === noticesSlug) return c.notFound();
    const { slug, label } = listing;
    const before = c.req.query('vor');
    if (before !== undefined && !/^[1-9]\d{0,11}$/u.test(before)) return c.notFound();
    const list = await readTopic(parts, slug, before === undefined ? undefined : Number(before));
    return c.render(<TopicPage slug={slug} label={label} {...list} paged={before !== undefined} />, {
      title: before === undefined ? label : `${label}: ältere Meldungen`,
      path: `/themen/${slug}/`,
      description: `${listing.description}.`,
      feedOf: listing,
    });
  });

  routes.get('/artikel/:last', (c) =>
    c.redirect(`/artikel/${encodeURIComponent(c.req.param('last'))}/`, 301),
  );
  routes.get('/artikel/:last/', etag(), page, async (c) => {
    const id = articleIdOf(c.req.param('last'));
    const story = id === undefined ? undefined : await readStory(parts, id);
    if (story === undefined || story.status === 'held') return c.notFound();
    const path = articlePath(story);
    if (story.status === 'withdrawn') {
      c.status(410);
      return c.render(<ErrorPage {...withdrawn} />, { title: withdrawn.heading, path, robots: 'noindex' });
    }
    if (c.req.path !== path) return c.redirect(path, 301);
    return c.render(<ArticlePage story={story} />, {
      title: story.headline,
      path,
      ...(story.lead !== '' && { description: story.lead }),
      head: articleHead(story, baseUrl),
    });
  });

  routes.get('/feeds', (c) => c.redirect('/feeds/', 301));
  routes.get('/feeds/', etag(), page, (c) =>
    c.render(<FeedDirectoryPage />, {
      title: 'Feeds',
      path: '/feeds/',
      description: 'Alle Feeds des Portals: RSS, Atom und JSON Feed zu jedem Thema.',
    }),
  );
  routes.get('/feeds/:slug/', etag(), page, async (c) => {
    const listing = feedListing(c.req.param('slug'));
    if (listing === undefined) return c.notFound();
    const { stories } = listing.slug === noticesSlug ? { stories: [] } : await readTopic(parts, listing.slug);
    return c.render(<FeedPage listing={listing} baseUrl={baseUrl} stories={stories.slice(0, 5)} />, {
      title: `Feed: ${listing.label}`,
      path: `/feeds/${listing.slug}/`,
      description: `${listing.description}, als RSS, Atom und JSON Feed.`,
      feedOf: listing,
    });
  });

  routes.get(portal.imprintPath, etag(), page, (c) =>
    c.render(<ImprintPage />, { title: 'Impressum', path: portal.imprintPath }),
  );
  routes.get(portal.privacyPath, etag(), page, (c) =>
    c.render(<PrivacyPage />, { title: 'Datenschutz', path: portal.privacyPath }),
  );

  routes.get('/sitemap.xml', async (c) => xml(c, await sitemapIndex(parts)));
  routes.get('/sitemap-seiten.xml', (c) => xml(c, pageSitemap(parts)));
  routes.get('/:file{sitemap-[0-9]{1,6}\\.xml}', async (c) => {
    const part = Number(/\d+/u.exec(c.req.param('file'))?.[0]);
    return xml(c, await articleSitemap(parts, part));
  });
  routes.get('/robots.txt', (c) =>
    c.text(`User-agent: *\nDisallow:\n\nSitemap: ${new URL('/sitemap.xml', baseUrl).href}\n`, 200, {
      'Cache-Control': sitemapCacheControl,
    }),
  );
  return routes;
}

import * as z from 'zod';
import { checked } from './checked.ts';
import { topics } from './topics.ts';

const slug = z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words joined by hyphens');

const schema = z.strictObject({
  /** Topic slugs of old → those of now. Their pages and feeds redirect for good. */
  topics: z.record(
    slug.refine(
      (old) => topics.every((topic) => topic.slug !== old),
      'is a topic of now, so it can’t redirect',
    ),
    z.enum(topics.map((topic) => topic.slug)),
  ),
  /** Whole old paths → paths of now. An article whose id is in its old path needs no line. */
  paths: z.record(z.string().startsWith('/'), z.string().startsWith('/')),
});

/**
 * Addresses that people have bookmarked or subscribed to, and that moved. Redirects are permanent (301): a line stays
 * for as long as anyone may hold the old address, which is for good.
 */
export const redirects = checked('config/redirects.ts', schema, {
  topics: { migration: 'flucht-und-migration', kita: 'kindertagesbetreuung' },
  paths: { '/rss': '/feeds/alle.rss', '/rss.xml': '/feeds/alle.rss', '/feed': '/feeds/alle.rss' },
});

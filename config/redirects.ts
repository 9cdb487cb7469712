import type * as z from 'zod';
import type { redirectsSchema } from './redirects.schema.ts';

/**
 * Addresses that people have bookmarked or subscribed to, and that moved. Redirects are permanent (301): a line stays
 * for as long as anyone may hold the old address, which is for good.
 */
export const redirects = {
  topics: { migration: 'flucht-und-migration', kita: 'kindertagesbetreuung' },
  paths: { '/rss': '/feeds/alle.rss', '/rss.xml': '/feeds/alle.rss', '/feed': '/feeds/alle.rss' },
} as const satisfies z.infer<typeof redirectsSchema>;

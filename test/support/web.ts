import type { Hono } from 'hono';
import { MemoryAnnouncements } from '../../functions/announcements/memory-announcements.ts';
import type { Announcement } from '../../functions/announcements/announcement.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { createApp } from '../../functions/web/app.tsx';
import type { PageEnv } from '../../functions/web/reading-routes.tsx';
import type { anArticle } from './articles.ts';
import { silentLog } from './feeds.ts';
import { publishedArticles } from './sample-articles.ts';
import { memorySubscriberParts } from './subscriber-parts.ts';

/** The portal's pages over memory. */
export async function aPortal({
  releases = [],
  announcements = [],
  now = '2026-04-10T10:00:00.000Z',
  baseUrl = 'https://portal.example',
}: {
  releases?: readonly Parameters<typeof anArticle>[0][];
  announcements?: readonly Announcement[];
  now?: string;
  baseUrl?: string;
}) {
  const { articles, sources } = await publishedArticles(releases);
  const store = new MemoryAnnouncements();
  for (const announcement of announcements) await store.create(announcement);
  const clock = { now: () => Temporal.Instant.from(now) };
  const app: Hono<PageEnv> = createApp({
    articles,
    sources,
    announcements: store,
    clock,
    subscriptions: { ...memorySubscriberParts(), clock, networkDetail: 'prefix' },
    baseUrl: new URL(baseUrl),
    log: silentLog,
  });
  return { app, articles, sources };
}

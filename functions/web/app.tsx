import { Hono } from 'hono';
import type { AnnouncementStore } from '../announcements/announcement-store.ts';
import { secondsUntilChange } from '../announcements/shown.ts';
import type { Log } from '../platform/log.ts';
import type { Clock } from '../platform/time.ts';
import { assets } from './assets.ts';
import { broken, ErrorPage, notFound } from './error-pages.tsx';
import { renderInPage } from './layout.tsx';
import { NoticeBanner } from './notices/notice-banner.tsx';
import { noticeRoutes } from './notices/notice-routes.tsx';
import { readingRoutes, type PageEnv } from './reading-routes.tsx';
import type { ReadingParts } from './reading.ts';
import { redirectRoutes } from './redirects.ts';
import { securityHeaders } from './security-headers.ts';
import { subscriptionRoutes, type SubscriptionParts } from './subscriptions/subscription-routes.tsx';

export interface WebParts extends ReadingParts {
  log: Log;
  announcements: Pick<AnnouncementStore, 'list'>;
  clock: Clock;
  subscriptions: SubscriptionParts;
}

/** Pages that everyone reads are kept at the edge for a minute. */
const freshForSeconds = 60;

/** The portal's pages, as one HTTP application. */
export function createApp(parts: WebParts): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  app.use(securityHeaders(parts.baseUrl));
  for (const { path, contentType, cacheControl, body } of assets) {
    app.get(path, (c) =>
      c.body(body, 200, {
        'Content-Type': contentType,
        'Cache-Control': cacheControl,
      }),
    );
  }
  app.use(async (c, next) => {
    const now = parts.clock.now();
    const announcements = await parts.announcements.list();
    renderInPage(<NoticeBanner announcements={announcements} now={now} baseUrl={parts.baseUrl} />)(c);
    // A page is out of date when its banner is.
    c.set('freshForSeconds', secondsUntilChange(announcements, now, freshForSeconds));
    await next();
    // Pages that are the same for everyone say so themselves.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  app.route('/', redirectRoutes());
  app.route('/', readingRoutes(parts));
  app.route('/', noticeRoutes(parts));
  app.route('/', subscriptionRoutes(parts.subscriptions));
  app.notFound((c) => {
    c.status(404);
    return c.render(<ErrorPage {...notFound} />, {
      title: notFound.heading,
      path: c.req.path,
      robots: 'noindex',
    });
  });
  app.onError((error, c) => {
    parts.log.error('a page failed', { method: c.req.method, path: c.req.path, error });
    c.status(500);
    return c.render(<ErrorPage {...broken} />, {
      title: broken.heading,
      path: c.req.path,
      robots: 'noindex',
    });
  });
  return app;
}

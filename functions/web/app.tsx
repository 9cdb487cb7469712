import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { Log } from '../platform/log.ts';
import { assets } from './assets.ts';
import { broken, ErrorPage, notFound } from './error-pages.tsx';
import { renderInPage } from './layout.tsx';
import { readingRoutes } from './reading-routes.tsx';
import type { ReadingParts } from './reading.ts';
import { redirectRoutes } from './redirects.ts';
import { securityHeaders } from './security-headers.ts';

export interface WebParts extends ReadingParts {
  log: Log;
  /** The notice banner of the moment; nothing when there is none. */
  banner?: () => Promise<Child>;
}

/** The portal's pages, as one HTTP application. */
export function createApp(parts: WebParts): Hono {
  const app = new Hono();
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
    renderInPage(await parts.banner?.())(c);
    await next();
    // Pages that are the same for everyone say so themselves.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  app.route('/', redirectRoutes());
  app.route('/', readingRoutes(parts));
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

import { Hono } from 'hono';
import { assets } from './assets.ts';
import { renderInPage } from './layout.tsx';
import { securityHeaders } from './security-headers.ts';

export interface WebParts {
  /** Scheme and host that readers use; links that leave the site (feeds, JSON-LD) are made from it. */
  baseUrl: URL;
}

/** The portal's pages, as one HTTP application. */
export function createApp(parts: WebParts): Hono {
  const app = new Hono();
  app.use(securityHeaders(parts.baseUrl));
  app.use(async (c, next) => {
    renderInPage(undefined)(c);
    await next();
    // Pages that are the same for everyone say so themselves.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  for (const { path, contentType, body } of assets) {
    app.get(path, (c) =>
      c.body(body, 200, {
        'Content-Type': contentType,
        'Cache-Control': 'public, max-age=31536000, immutable',
      }),
    );
  }
  return app;
}

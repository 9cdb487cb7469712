import { Hono } from 'hono';
import { redirects } from '../../config/redirects.ts';

/** Where an old path leads now, if it is one. */
export function redirectOf(path: string): string | undefined {
  const exact = (redirects.paths as Readonly<Record<string, string>>)[path];
  if (exact !== undefined) return exact;
  const [, folder, slug, rest] = /^\/(themen|feeds)\/([a-z-]+)(\.(?:rss|atom|json)|\/?)$/u.exec(path) ?? [];
  const topic = (redirects.topics as Readonly<Record<string, string>>)[slug ?? ''];
  if (folder === undefined || rest === undefined || topic === undefined) return undefined;
  return `/${folder}/${topic}${rest === '' ? '/' : rest}`;
}

/** Old addresses, which lead to the new ones for good. Ids are not touched by any of it, so nothing shows as new. */
export function redirectRoutes(): Hono {
  const routes = new Hono();
  routes.use(async (c, next) => {
    const path = redirectOf(c.req.path);
    if (path === undefined) return next();
    return c.redirect(path, 301);
  });
  return routes;
}

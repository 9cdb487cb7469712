import { Hono } from 'hono';
import { redirects } from '../../config/redirects.ts';

// Not looked up in the objects themselves: `constructor` is in every one of them.
const paths: ReadonlyMap<string, string> = new Map(Object.entries(redirects.paths));
const topics: ReadonlyMap<string, string> = new Map(Object.entries(redirects.topics));

/** Where an old path leads now, if it is one. */
export function redirectOf(path: string): string | undefined {
  const exact = paths.get(path);
  if (exact !== undefined) return exact;
  const [, folder, slug, rest] = /^\/(themen|feeds)\/([a-z-]+)(\.(?:rss|atom|json)|\/?)$/u.exec(path) ?? [];
  const topic = topics.get(slug ?? '');
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

import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { portal } from '../../config/portal.ts';
import { edgeKeyHeader } from './env.ts';
import { renderInPage } from './layout.tsx';
import { securityHeaders } from './security-headers.ts';

/**
 * An application that answers only what came by way of the edge, so past the firewall and with an address in
 * `X-Forwarded-For` that can be believed. The edge proves itself by a key in a header, which it sets over whatever a
 * reader sent in it.
 *
 * @param keys any of them is good: two while they are changed (docs/operations.md, "The edge’s key")
 */
export function edgeOnly(
  app: Pick<Hono, 'fetch'>,
  keys: readonly string[],
  baseUrl: URL,
): Pick<Hono, 'fetch'> {
  const known = keys.map(digest);
  const isKnown = (key: string): boolean => {
    const given = digest(key);
    // All are looked at, whichever fits.
    return known.map((one) => timingSafeEqual(one, given)).includes(true);
  };
  const refusal = refusalPage(baseUrl);
  return {
    fetch: (request, ...rest) =>
      isKnown(request.headers.get(edgeKeyHeader) ?? '')
        ? app.fetch(request, ...rest)
        : refusal.fetch(request, ...rest),
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function refusalPage(baseUrl: URL): Hono {
  const page = new Hono();
  page.use(securityHeaders(baseUrl));
  page.all('*', (c) => {
    renderInPage(null)(c);
    c.status(403);
    c.header('Cache-Control', 'no-store');
    const heading = 'Hier geht es nicht weiter';
    return c.render(
      <div class="column">
        <h1>{heading}</h1>
        <p>
          Diese Adresse ist nicht für Besuche gedacht. Das {portal.name} erreichen Sie unter{' '}
          <a href={baseUrl.href}>{baseUrl.host}</a>.
        </p>
      </div>,
      { title: heading, path: c.req.path, robots: 'noindex' },
    );
  });
  return page;
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { barePage, barePageStyle } from '../../config/bare-page.ts';
import { portal } from '../../config/portal.ts';
import { edgeKeyHeader } from './env.ts';
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

/** Where nothing is answered, no stylesheet is either, and no link of the portal's frame leads anywhere. */
function refusalPage(baseUrl: URL): Hono {
  const html = barePage({
    heading: 'Hier geht es nicht weiter',
    text: `Diese Adresse ist nicht für Besuche gedacht. Das ${portal.name} erreichen Sie hier:`,
    link: { href: baseUrl.href, label: baseUrl.host },
  });
  const page = new Hono();
  page.use(securityHeaders(baseUrl, barePageStyle));
  page.all('*', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.html(html, 403);
  });
  return page;
}

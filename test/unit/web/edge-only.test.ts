import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { edgeOnly } from '../../../functions/web/edge-only.ts';

const app = new Hono().all('*', (c) => c.text('die Seite'));
const site = edgeOnly(app, ['neu', 'alt'], new URL('https://portal.example/'));

const ask = (headers: Record<string, string>, init: RequestInit = {}) =>
  Promise.resolve(site.fetch(new Request('https://api.example/anmeldung', { ...init, headers })));

test.each(['neu', 'alt'])('what carries a key of the edge (%s) is answered', async (key) => {
  expect(await (await ask({ 'x-herold-edge-key': key })).text()).toBe('die Seite');
});

test.each([
  ['none', {}],
  ['an empty one', { 'x-herold-edge-key': '' }],
  ['a wrong one', { 'x-herold-edge-key': 'neu2' }],
  ['both at once', { 'x-herold-edge-key': 'neu,alt' }],
])('who comes without the edge’s key (%s) is told in German where the portal is', async (_, headers) => {
  for (const method of ['GET', 'POST']) {
    const answer = await ask(headers, { method });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      403,
      'text/html; charset=UTF-8',
      'no-store',
    ]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain('lang="de"');
    // All that it needs is in it: whatever else it asked for would be refused as well.
    expect(page).not.toMatch(/<link|<script|src=|href="\//);
    const style = /<style>(.*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
    expect(page).toContain('<a href="https://portal.example/">portal.example</a>');
    expect(page).not.toContain('die Seite');
  }
});

import { redirects } from '../../../config/redirects.ts';
import { topics } from '../../../config/topics.ts';
import { articlePath } from '../../../functions/articles/article-page.ts';
import { digestId } from '../../../functions/platform/ids.ts';
import { seedRelaunch } from '../../support/announcements/seed.ts';
import { sampleReleases } from '../../support/sample-articles.ts';
import { aPortal } from '../../support/web.ts';

const releases = sampleReleases('https://sachsen.example/network.jpg');
const seedId = digestId('sachsen', 'vernetzung');
const seedPath = `/artikel/saechsische-migrantenorganisationen-vernetzen-sich-${seedId}/`;

const get = async (path: string, options: Parameters<typeof aPortal>[0] = { releases }, headers = {}) => {
  const { app } = await aPortal(options);
  const response = await app.request(path, { headers });
  return { response, html: await response.text() };
};

describe('the article page', () => {
  test('shows the parts in the portal’s order: kicker, headline, image with credit, lead, text, Quelle', async () => {
    const { html } = await get(seedPath);
    const parts = [
      '<p class="kicker">Flucht und Migration</p>',
      '<h1>„Sächsische Migrantenorganisationen vernetzen sich“</h1>',
      'alt="Jemand hat das Wort „Network“ und zwei Männchen auf ein Blatt Papier gemalt."',
      'Bild: © PHOTOMORPHIC PTE. LTD. - Fotolia.com',
      '<p class="lead">Ziel der gleichnamigen Konferenz',
      'erklärt Petra Köpping',
      'Quelle: <a href="https://ministry.example/vernetzung">',
      '<time datetime="2015-03-29">29.03.2015</time>',
      'Im Portal seit <time datetime="2026-03-01">1. März 2026</time>',
    ];
    const places = parts.map((part) => html.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('without the right to the full text leads to the source', async () => {
    const { html } = await get(`/artikel/x-${digestId('land', 'elterngeld')}/`, { releases }, {});
    expect(html).toBe('');
    const path = articlePath({ id: digestId('land', 'elterngeld'), headline: releases[5]?.headline ?? '' });
    expect((await get(path)).html).toContain('Vollständige Mitteilung bei der Quelle lesen');
  });

  test('tells search engines where the text belongs', async () => {
    const { html } = await get(seedPath);
    expect(html).toContain('<link rel="canonical" href="https://ministry.example/vernetzung"/>');
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/u.exec(html)?.[1];
    expect(JSON.parse(data ?? '')).toMatchObject({
      '@type': 'NewsArticle',
      headline: '„Sächsische Migrantenorganisationen vernetzen sich“',
      isBasedOn: 'https://ministry.example/vernetzung',
      mainEntityOfPage: `https://portal.example${seedPath}`,
    });
  });

  test('can’t be left by a headline that looks like markup', async () => {
    const headline = '</script><script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
    const { html } = await get(articlePath({ id: digestId('land', 'x'), headline }), {
      releases: [{ guid: 'x', headline, lead: headline, kicker: headline, issuer: headline }],
    });
    expect(html).not.toMatch(/<script>alert|<img src=x/u);
    expect(html).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  });

  test('is found under every old address that ends with its id', async () => {
    for (const path of [`/artikel/alte-ueberschrift-${seedId}/`, `/artikel/${seedId}/`]) {
      const { response } = await get(path);
      expect([response.status, response.headers.get('Location')]).toEqual([301, seedPath]);
    }
    expect((await get(seedPath.slice(0, -1))).response.status).toBe(301);
  });

  test('is gone once withdrawn, and not there while held', async () => {
    const { app, articles } = await aPortal({ releases });
    await articles.withdraw(seedId, '2026-04-01T00:00:00.000Z');
    const response = await app.request(seedPath);
    expect(response.status).toBe(410);
    expect(await response.text()).not.toContain('Petra Köpping');
    expect((await app.request('/artikel/nicht-da-aaaaaaaaaaaaaaaa/')).status).toBe(404);
  });
});

describe('the front page', () => {
  test('opens with the newest, and has every topic that has something', async () => {
    const { html } = await get('/');
    expect(html.indexOf('Sprach-Kitas')).toBeLessThan(html.indexOf('Schulsozialarbeit wird verstetigt'));
    expect(html).toContain('id="thema-kindertagesbetreuung"');
    expect(html).not.toContain('id="thema-unzugeordnet"');
  });

  test('is a page before the first article too', async () => {
    expect((await get('/', {})).html).toContain('Noch keine Meldungen');
  });
});

test('a topic’s pages lead back to its first article, each once', async () => {
  const many = Array.from({ length: 45 }, (_, index) => ({
    guid: `n-${index}`,
    headline: `Meldung ${index}`,
    topics: ['familie'],
  }));
  const { app } = await aPortal({ releases: many });
  const seen: string[] = [];
  for (let path: string | undefined = '/themen/familie/'; path !== undefined;) {
    const html: string = await (await app.request(path)).text();
    seen.push(...[...html.matchAll(/<h2><a[^>]*>(Meldung \d+)</gu)].map(([, title]) => title ?? ''));
    path = /<a href="([^"]*\?vor=\d+)"/u.exec(html)?.[1];
  }
  expect(seen).toEqual(many.map(({ headline }) => headline).toReversed());
});

test.each(['/', '/themen/familie/', '/feeds/', '/feeds/familie/', seedPath, '/impressum', '/datenschutz'])(
  '%s is kept for a minute, answers 304, is strict, and offers feeds',
  async (path) => {
    const { response, html } = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=60');
    const csp = response.headers.get('Content-Security-Policy');
    expect(csp).toContain("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:;");
    expect(csp).not.toContain('unsafe');
    expect(html).toMatch(/^<!doctype html><html lang="de">/u);
    expect(html).toContain('<link rel="alternate" type="application/rss+xml"');
    expect(html).not.toMatch(/ style="| on[a-z]+="/u);
    const again = await get(path, { releases }, { 'If-None-Match': response.headers.get('ETag') ?? '' });
    expect([again.response.status, again.html]).toEqual([304, '']);
  },
);

test('pages carry the notice in force, and are kept no longer than it holds', async () => {
  const announcements = [seedRelaunch()];
  const { response, html } = await get('/', { releases, announcements, now: '2022-04-28T21:59:40Z' });
  expect(html).toContain('Relaunch - Am 23. Mai ist es soweit:');
  expect(html).toContain('Achtung');
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=20');
});

describe('old addresses', () => {
  test.each(Object.entries(redirects.topics))('of topic %s lead to %s', async (old, now) => {
    for (const path of [`/themen/${old}/`, `/feeds/${old}/`, `/feeds/${old}.rss`, `/feeds/${old}.json`]) {
      const { response } = await get(path);
      expect([response.status, response.headers.get('Location')]).toEqual([301, path.replace(old, now)]);
    }
  });

  test.each(Object.entries(redirects.paths))('%s leads to %s', async (old, now) => {
    const { response } = await get(old);
    expect([response.status, response.headers.get('Location')]).toEqual([301, now]);
  });
});

test('what does not exist says so in German, with the right status', async () => {
  for (const path of [
    '/gibt-es-nicht',
    '/themen/gibt-es-nicht/',
    '/themen/familie/?vor=0',
    '/themen/hinweise/',
    '/feeds/x.rss',
  ]) {
    const { response, html } = await get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(html).toContain('Diese Seite gibt es nicht');
  }
});

test('a fault shows a calm page and no trace of itself', async () => {
  const { app, articles } = await aPortal({ releases });
  articles.listNewest = () => Promise.reject(new Error('the table is away'));
  const response = await app.request('/');
  expect(response.status).toBe(500);
  const html = await response.text();
  expect(html).toContain('Das hat nicht geklappt');
  expect(html).not.toContain('the table is away');
});

test('the sitemap leads to every page and article', async () => {
  const { html: index } = await get('/sitemap.xml');
  const parts = [...index.matchAll(/<loc>https:\/\/portal\.example([^<]*)</gu)].map(([, path]) => path ?? '');
  const pages = await Promise.all(parts.map(async (path) => (await get(path)).html));
  const all = pages.join('');
  expect(all).toContain(`<loc>https://portal.example${seedPath}</loc>`);
  for (const { slug } of topics) expect(all).toContain(`<loc>https://portal.example/themen/${slug}/</loc>`);
  expect((await get('/robots.txt')).html).toContain('Sitemap: https://portal.example/sitemap.xml');
});

test('the directory of feeds works without script: addresses are links, buttons wait for one', async () => {
  const { html } = await get('/feeds/familie/');
  expect(html).toContain('<a href="/feeds/familie.atom"');
  expect(html).toMatch(
    /<button type="button" class="quiet" hidden="" data-copy="https:\/\/portal\.example\/feeds\/familie\.rss" aria-label="RSS-Adresse kopieren">/u,
  );
});

test('the stylesheet is kept for good under a name that changes with it', async () => {
  const { html } = await get('/');
  const path = /href="(\/assets\/[^"]*\.css)"/u.exec(html)?.[1] ?? '';
  const { response } = await get(path);
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { getRequestListener } from '@hono/node-server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { digestId } from '../../functions/platform/ids.ts';
import { seedRelaunch } from '../support/announcements/seed.ts';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { sampleReleases } from '../support/sample-articles.ts';
import { aPortal } from '../support/web.ts';

const image =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="#7d8f96"/></svg>';
const article = `/artikel/saechsische-migrantenorganisationen-vernetzen-sich-${digestId('sachsen', 'vernetzung')}/`;
const paths = [
  '/',
  '/themen/kindertagesbetreuung/',
  article,
  '/feeds/',
  '/feeds/familie/',
  '/hinweise/relaunch-2022-04-29/',
  '/impressum',
  '/datenschutz',
  '/gibt-es-nicht',
];
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
/** Colours are the same on all pages, so the dark is looked at on those that have most of them. */
const screens: [name: string, options: BrowserContextOptions, paths: string[]][] = [
  ['a desktop', desktop, paths],
  ['a phone', { viewport: { width: 360, height: 740 }, hasTouch: true }, paths],
  ['a desktop in the dark', { ...desktop, colorScheme: 'dark' }, ['/', article, '/feeds/familie/']],
];

describeInChromium('the portal in a browser', () => {
  let browser: Browser;
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { app } = await aPortal({
      releases: sampleReleases(`${base}/bild.svg`),
      announcements: [seedRelaunch()],
      now: '2022-04-10T10:00:00.000Z',
      baseUrl: base,
    });
    const pages = getRequestListener(app.fetch);
    server.on('request', (request, response) => {
      if (request.url === '/bild.svg') response.setHeader('Content-Type', 'image/svg+xml').end(image);
      else void pages(request, response);
    });
    browser = await launchChromium();
  }, 30_000);

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const open = async (
    path: string,
    options: BrowserContextOptions,
  ): Promise<{ page: Page; complaints: string[] }> => {
    const page = await (await browser.newContext(options)).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
    });
    await page.goto(base + path);
    return { page, complaints };
  };

  describe.each(screens)('on %s', (_, options, shown) => {
    test.each(shown)('%s is accessible, fits, and breaks no policy', async (path) => {
      const { page, complaints } = await open(path, options);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  // A browser on a busy machine takes its time.
  jest.setTimeout(20_000);

  test('with the keyboard alone: past the navigation, into the newest article, to its source', async () => {
    const { page } = await open('/', desktop);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Zum Inhalt');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/artikel\//u);
    const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.href ?? ""');
    for (
      let presses = 0;
      presses < 40 && !(await focused()).startsWith('https://ministry.example/');
      presses++
    ) {
      await page.keyboard.press('Tab');
    }
    expect(await focused()).toMatch(/^https:\/\/ministry\.example\//u);
    await page.context().close();
  });

  test('a feed’s address is copied where that is possible', async () => {
    const { page } = await open('/feeds/familie/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'RSS-Adresse kopieren' }).click();
    await page.getByText('Adresse kopiert').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${base}/feeds/familie.rss`);
    await page.context().close();
  });

  test('and is a plain link where no script runs', async () => {
    const { page } = await open('/feeds/familie/', { javaScriptEnabled: false });
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('link', { name: /^RSS-Adresse/u }).getAttribute('href')).toBe(
      '/feeds/familie.rss',
    );
    await page.context().close();
  });
});

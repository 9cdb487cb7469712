import AxeBuilder from '@axe-core/playwright';
import { getRequestListener } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { act, moved } from '../../functions/announcements/acts.ts';
import { announcementEdition } from '../../functions/announcements/mail/announcement-edition.tsx';
import type { PhaseKind } from '../../functions/announcements/phases.ts';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { instant, seedRelaunch } from '../support/announcements/seed.ts';
import { aPortal } from '../support/web.ts';

// What people see of a freeze while it lasts, after it has moved once.
const now = '2022-05-10T10:00:00.000Z';
const relaunch = moved(
  seedRelaunch({
    phases: {
      advance: { begunAt: '2022-04-01T10:00:00.000Z', mail: 'sent', mailAt: '2022-04-01T10:00:00.000Z' },
    },
  }),
  {
    reopenAt: '2022-05-30',
    headline: 'Relaunch - Am 30. Mai ist es soweit:',
    text: 'Ab dem 30. Mai wieder.',
  },
  act('anna', instant('2022-05-09T10:00:00Z')),
);

describeInChromium('notices in a browser', () => {
  let browser: Browser;
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { app } = await aPortal({ announcements: [relaunch], now, baseUrl: base });
    const pages = getRequestListener(app.fetch);
    server.on('request', (request, response) => void pages(request, response));
    browser = await launchChromium();
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** Mail programs show a mail within their own landmarks, so it has none: of a mail, WCAG's criteria count. */
  const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

  const violations = async (
    open: (page: Awaited<ReturnType<Browser['newPage']>>) => Promise<unknown>,
    dark: boolean,
    tags?: string[],
  ) => {
    const context = await browser.newContext({ colorScheme: dark ? 'dark' : 'light' });
    const page = await context.newPage();
    await open(page);
    const axe = new AxeBuilder({ page });
    const { violations: found } = await (tags === undefined ? axe : axe.withTags(tags)).analyze();
    await context.close();
    return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  };

  test.each(['/hinweise/', '/hinweise/relaunch-2022-04-29/', '/redaktionsstatus'])(
    '%s has no barrier that axe finds, by day and by night',
    async (path) => {
      for (const dark of [false, true])
        expect(await violations((page) => page.goto(base + path), dark)).toEqual([]);
    },
    30_000,
  );

  test('the fragment that a CMS includes makes its page no worse', async () => {
    const fragment = await (await fetch(`${base}/hinweise.html`)).text();
    const host = `<!doctype html><html lang="de"><title>CMS</title><main><h1>CMS</h1>${fragment}</main></html>`;
    expect(await violations((page) => page.setContent(host), false)).toEqual([]);
  }, 30_000);

  test('its links lead to the portal, from wherever they stand', async () => {
    const fragment = await (await fetch(`${base}/hinweise.html`)).text();
    expect([...fragment.matchAll(/href="([^"]+)"/gu)].every(([, href]) => href?.startsWith(base))).toBe(true);
  });

  test.each<PhaseKind>(['advance', 'freeze', 'reopen', 'moved', 'withdrawn'])(
    'the mail of %s has no barrier that axe finds, by day and by night',
    async (kind) => {
      const { html } = announcementEdition({
        announcement: relaunch,
        kind,
        now: instant(now),
        baseUrl: new URL(base),
      });
      for (const dark of [false, true])
        expect(await violations((page) => page.setContent(html), dark, wcag)).toEqual([]);
    },
    30_000,
  );
});

import { AxeBuilder } from '@axe-core/playwright';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { RunningHost } from '../support/running-host.ts';

jest.setTimeout(120_000);

describeInChromium('sign up, confirm, change, pause, leave and come back', () => {
  let host: RunningHost;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    host = await RunningHost.start();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    host.stop();
  });
  afterEach(() => context.close());

  const open = async (options: { javaScriptEnabled?: boolean } = {}): Promise<void> => {
    context = await browser.newContext({ ...options, locale: 'de-DE', baseURL: host.url });
    page = await context.newPage();
  };
  const text = () => page.locator('main').innerText();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const linkIn = async (address: string, path: string): Promise<string> => {
    const { text: body = '' } = await host.mailTo(address);
    return new RegExp(`${host.url}/${path}\\?t=\\S+`).exec(body)?.[0] ?? `no link to ${path} in: ${body}`;
  };
  const fillIn = async (address: string): Promise<void> => {
    await page.goto('/anmeldung?thema=familie');
    await page.getByLabel('E-Mail-Adresse', { exact: true }).fill(address);
    await page.getByLabel('Jugendarbeit', { exact: true }).selectOption('wöchentlich');
    await page.getByLabel('Informieren Sie mich').check();
    await page.getByLabel('Ja, ich möchte').check();
    await page.waitForTimeout(3200); // people take their time
    await press('Anmelden');
  };

  test.each([true, false])('the whole way, with script: %s', async (javaScriptEnabled) => {
    await open({ javaScriptEnabled });
    const address = `ada-${javaScriptEnabled}@example.org`;
    await fillIn(address);
    expect(await text()).toContain('Bitte sehen Sie in Ihr Postfach');

    await page.goto(await linkIn(address, 'bestaetigung'));
    await press('Bestätigen');
    expect(await text()).toContain('Vielen Dank, das ist bestätigt');
    expect(await text()).toContain('täglich: Familie und Eltern');

    await page.getByRole('link', { name: 'Jetzt zu Ihren E-Mail-Einstellungen' }).click();
    await page.getByLabel('Beteiligung und Demokratie').selectOption('sofort');
    await press('Auswahl speichern');
    expect(await page.getByRole('status').innerText()).toBe('Ihre Auswahl ist gespeichert.');
    expect(await page.getByLabel('Beteiligung und Demokratie').inputValue()).toBe('instant');

    const inAMonth = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    await page.getByLabel('Wieder Meldungen ab').fill(inAMonth);
    await press('Pause einlegen');
    expect(await text()).toContain('Pause bis zum');
    await press('Pause beenden');
    expect(await text()).toContain('Die Pause ist beendet.');

    await press('Von allem abmelden');
    expect(await text()).toContain('Sie sind abgemeldet');
    const unsubscribe = await page.locator('input[name=t]').first().getAttribute('value');
    await press('Rückgängig machen');
    expect(await text()).toContain('Alles ist wieder wie zuvor.');

    // As a mailbox provider does it (RFC 8058), twice.
    for (let time = 0; time < 2; time++) {
      const answer = await fetch(`${host.url}/abmeldung?t=${unsubscribe ?? ''}`, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    await page.goto(`/abmeldung?t=${unsubscribe ?? ''}`);
    expect(await text()).toContain('Sie sind abgemeldet');
    expect(await context.cookies()).toEqual([]);
  });

  test('by keyboard alone', async () => {
    await open();
    const address = 'tastatur@example.org';
    await page.goto('/anmeldung');
    const tabTo = async (selector: string): Promise<void> => {
      for (let step = 0; step < 60; step++) {
        if ((await page.locator(`${selector}:focus`).count()) === 1) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`the Tab key does not reach ${selector}`);
    };
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // to the content
    await tabTo('#adresse');
    await page.keyboard.type(address);
    await tabTo('#alle');
    await page.keyboard.press('ArrowDown');
    await tabTo('#einwilligung');
    await page.keyboard.press('Space');
    await page.waitForTimeout(3200);
    await tabTo('main button');
    await page.keyboard.press('Enter');
    await page.getByText('Bitte sehen Sie in Ihr Postfach').waitFor();
    await page.goto(await linkIn(address, 'bestaetigung'));
    await tabTo('main button');
    await page.keyboard.press('Enter');
    await page.getByText('Vielen Dank, das ist bestätigt').waitFor();
    expect(await text()).toContain('wöchentlich: alle Themen');
  });

  test('every page, and every mail, is free of what axe finds', async () => {
    await open();
    const address = 'axe@example.org';
    const findings: string[] = [];
    const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const look = async (tags = [...wcag, 'best-practice']): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      findings.push(
        ...violations.map(
          ({ id, nodes }) => `${page.url()}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`,
        ),
      );
    };
    await page.goto('/anmeldung');
    await look();
    await page.getByLabel('E-Mail-Adresse', { exact: true }).fill('kein-thema@example.org');
    await page.getByLabel('Alle Themen', { exact: true }).selectOption('nicht');
    await page.getByLabel('Ja, ich möchte').check();
    await press('Anmelden');
    await page.getByRole('alert').waitFor();
    await look();
    await fillIn(address);
    await look();
    await page.goto(await linkIn(address, 'bestaetigung'));
    await look();
    await press('Bestätigen');
    await look();
    await page.getByRole('link', { name: 'Jetzt zu Ihren E-Mail-Einstellungen' }).click();
    await look();
    await press('Von allem abmelden');
    await look();
    await press('Rückgängig machen');
    await look();
    for (const path of ['/einstellungen', '/datenauskunft', '/abmeldung', '/bestaetigung?t=x']) {
      await page.goto(path);
      await look();
    }
    const { html } = await host.mailTo(address);
    await page.setContent(html || '');
    await look(wcag); // landmarks are the mail program's
    expect(findings).toEqual([]);
  });

  test('no address is in any log, nor in any row outside the subscribers table', async () => {
    await open();
    const address = 'spurlos@example.org';
    await fillIn(address);
    const link = await linkIn(address, 'bestaetigung');
    await page.goto(link);
    await press('Bestätigen');
    await page.getByRole('link', { name: 'Jetzt zu Ihren E-Mail-Einstellungen' }).click();
    await press('Von allem abmelden');

    const token = link.slice(link.indexOf('?t=') + 3);
    const logs = host.logs();
    expect(logs).toContain('"transactional"');
    for (const secret of [/spurlos/i, token, '?t=', '203.0.113', 'adresse='])
      expect(logs).not.toMatch(secret);

    const environment = host.environment();
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint: environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '' }),
    );
    const rowsOf = async (table: string): Promise<string[]> => {
      const rows: string[] = [];
      const pages = paginateScan({ client }, { TableName: environment[table] ?? '' });
      for await (const { Items } of pages) rows.push(...(Items ?? []).map((row) => JSON.stringify(row)));
      return rows;
    };
    for (const table of ['CONTENT_TABLE', 'DISPATCH_TABLE', 'SUBSCRIBERS_TABLE']) {
      const rows = await rowsOf(table);
      expect(rows).not.toEqual([]);
      expect(rows.filter((row) => /spurlos/i.test(row) || row.includes(token))).toEqual([]);
    }
    client.destroy();
  });
});

import fc from 'fast-check';
import { epochSeconds } from '../../../../functions/platform/time.ts';
import { sidOf } from '../../../../functions/subscribers/sid.ts';
import { suppress } from '../../../../functions/subscribers/suppress.ts';
import { makeToken } from '../../../../functions/subscribers/tokens.ts';
import { anArticle } from '../../../support/articles.ts';
import { formsOf, mainText, repeatedIds } from '../../../support/html-forms.ts';
import { testKeyring } from '../../../support/subscriber-parts.ts';
import { testPepper } from '../../../support/subscribers.ts';
import { SubscriptionSite } from '../../../support/subscription-site.ts';

jest.setTimeout(30_000);

const ada = 'Ada@example.org';
const sid = sidOf(ada, testPepper);
let site: SubscriptionSite;
const row = () => site.parts.store.get(sid, epochSeconds(site.now));
const history = () => site.parts.store.history(sid, epochSeconds(site.now));
const events = async () => (await history()).map(({ event }) => event);
const unsubscribePath = () => `/abmeldung?t=${makeToken(testKeyring, 'unsubscribe', sid, site.now)}`;
const settingsPath = () => `/einstellungen?t=${makeToken(testKeyring, 'settings', sid, site.now)}`;

beforeEach(() => {
  site = new SubscriptionSite();
});

describe('Anmeldung', () => {
  test('asks for nothing that is not chosen, and takes a topic from its link', async () => {
    const [form] = formsOf((await site.get('/anmeldung?thema=jugendarbeit')).body);
    expect(form?.fields).toMatchObject({ alle: '', 'thema-jugendarbeit': 'daily', 'thema-familie': '' });
    expect(form?.fields).not.toHaveProperty('hinweise');
    expect(form?.fields).not.toHaveProperty('einwilligung');
    const [other] = formsOf((await site.get('/anmeldung?thema=%3Cscript%3E')).body);
    expect(other?.fields['alle']).toBe('daily');
  });

  test('changes nothing before the confirmation', async () => {
    const answer = await site.signUp(ada);
    expect(answer.status).toBe(200);
    expect(mainText(answer.body)).toContain('Bitte sehen Sie in Ihr Postfach');
    expect(await row()).toMatchObject({ state: 'pending', subscriptions: [], announcements: false });
  });

  test('answers alike whether an address is known, new, limited or entered by a robot', async () => {
    await site.subscribe(ada);
    site.wait({ minutes: 16 });
    const known = await site.signUp(ada);
    const unknown = await site.signUp('bob@example.org');
    const limited = await site.signUp(ada);
    const robot = await site.signUp('eve@example.org', { website: 'https://spam.example' });
    for (const answer of [unknown, limited, robot]) {
      expect(answer.body).toBe(known.body);
      expect(answer.status).toBe(known.status);
      expect([...answer.headers]).toEqual([...known.headers]);
    }
    await site.deliver();
    expect(site.mailer.sentTo(ada)).toHaveLength(2);
    expect(site.mailer.sentTo('bob@example.org')).toHaveLength(1);
    expect(site.mailer.sentTo('eve@example.org')).toHaveLength(0);
  });

  test('sends one mail per 15 minutes and address, and five in any 24 hours', async () => {
    const sentAt: number[] = [];
    for (let attempt = 0; attempt < 2 * 24 * 6; attempt++) {
      await site.signUp(ada);
      const before = site.mailer.sent.length;
      await site.deliver();
      if (site.mailer.sent.length > before) sentAt.push(epochSeconds(site.now));
      site.wait({ minutes: 10 });
    }
    expect(sentAt.length).toBeGreaterThan(9);
    for (const [index, at] of sentAt.entries()) {
      expect(at - (sentAt[index - 1] ?? 0)).toBeGreaterThanOrEqual(15 * 60);
      expect(at - (sentAt[index - 5] ?? 0)).toBeGreaterThanOrEqual(24 * 60 * 60);
    }
  });

  test('a network can fill in only so many forms', async () => {
    for (let person = 0; person < 25; person++) await site.signUp(`person-${person}@example.org`);
    await site.deliver();
    expect(site.mailer.sent).toHaveLength(20);
  });

  test.each([
    ['', 'Bitte geben Sie Ihre E-Mail-Adresse ein.'],
    ['ada', 'Bitte prüfen Sie die Adresse.'],
    ['ada@example.org\r\nBcc: eve@example.org', 'Bitte prüfen Sie die Adresse.'],
    ['"a b"@example.org', 'Bitte prüfen Sie die Adresse.'],
    ['jürgen@example.org', 'Vor dem @ können wir leider keine Umlaute'],
    [`${'a'.repeat(65)}@example.org`, 'Diese Adresse ist zu lang.'],
  ])('says what is wrong with the address %j', async (address, text) => {
    const answer = await site.signUp(address);
    expect(answer.status).toBe(422);
    expect(mainText(answer.body)).toContain(text);
    expect(answer.body).toContain('aria-invalid="true"');
    expect(site.parts.mails.sent).toEqual([]);
  });

  test('keeps what was filled in when something is missing', async () => {
    const answer = await site.signUp(ada, { einwilligung: '', 'thema-familie': 'instant', alle: '' });
    expect(answer.status).toBe(422);
    expect(mainText(answer.body)).toContain('Bitte stimmen Sie zu');
    expect(formsOf(answer.body)[0]?.fields).toMatchObject({
      adresse: ada,
      'thema-familie': 'instant',
      alle: '',
    });
    const nothing = await site.signUp(ada, { alle: '' });
    expect(mainText(nothing.body)).toContain('Bitte wählen Sie mindestens ein Thema');
  });

  test('wants its form from our page, and filled in at the pace of people', async () => {
    const fields = { adresse: ada, einwilligung: '2026-11', alle: 'daily' };
    expect((await site.post('/anmeldung', fields)).status).toBe(422);
    const page = await site.get('/anmeldung');
    site.wait({ seconds: 1 });
    const hasty = await site.submit(page, 'Anmelden', fields);
    expect(hasty.status).toBe(422);
    site.wait({ hours: 13 });
    const stale = await site.submit(page, 'Anmelden', fields);
    expect(stale.status).toBe(422);
    expect(await row()).toBeUndefined();
    site.wait({ seconds: 4 });
    expect((await site.submit(stale, 'Anmelden', { einwilligung: '2026-11' })).status).toBe(200);
    expect(await row()).toBeDefined();
  });

  test('IDN domains are one address, however they are typed', async () => {
    await site.signUp('info@Bücher.example');
    const idn = sidOf('INFO@xn--bcher-kva.example', testPepper);
    expect(await site.parts.store.get(idn, 0)).toMatchObject({ address: 'info@xn--bcher-kva.example' });
  });
});

describe('Bestätigung', () => {
  test('the link alone changes nothing, the button does, and a second press neither', async () => {
    await site.signUp(ada, { 'thema-familie': 'instant', hinweise: 'ja' });
    const link = await site.linkIn(ada, 'bestaetigung');
    const page = await site.get(link);
    expect(mainText(page.body)).toContain('sofort: Familie und Eltern');
    expect((await row())?.state).toBe('pending');
    const confirmed = await site.submit(page, 'Bestätigen');
    expect(mainText(confirmed.body)).toContain('Vielen Dank, das ist bestätigt');
    const stored = await row();
    expect(stored).toMatchObject({
      state: 'confirmed',
      address: ada,
      subscriptions: [
        { cadence: 'instant', topics: ['familie'], since: 0 },
        { cadence: 'daily', topics: 'alle', since: 0 },
      ],
      announcements: true,
    });
    expect(stored).not.toHaveProperty('request');
    expect(stored).not.toHaveProperty('expiresAt');
    expect(mainText((await site.submit(page, 'Bestätigen')).body)).toContain('bereits bestätigt');
    expect(mainText((await site.get(link)).body)).toContain('bereits bestätigt');
    expect((await row())?.version).toBe(stored?.version);
    expect((await history()).at(-1)).toMatchObject({
      event: 'confirmed',
      network: '203.0.113.0/24',
      requestNetwork: '203.0.113.0/24',
      wording: { version: '2026-11', text: expect.stringContaining('mit einem Klick abbestellen') as string },
      mailHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  test('ten presses at the same time confirm once', async () => {
    await site.signUp(ada);
    const page = await site.get(await site.linkIn(ada, 'bestaetigung'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => site.submit(page, 'Bestätigen')));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await events()).filter((event) => event === 'confirmed')).toHaveLength(1);
  });

  test('a sign-up can be confirmed for seven days, and then vanishes', async () => {
    await site.signUp(ada);
    const link = await site.linkIn(ada, 'bestaetigung');
    const page = await site.get(link);
    site.wait({ hours: 7 * 24 });
    for (const answer of [await site.get(link), await site.submit(page, 'Bestätigen')]) {
      expect(answer.status).toBe(410);
      expect(mainText(answer.body)).toContain('Diese Anmeldung ist verfallen');
    }
    expect(await row()).toBeUndefined();
  });

  test('what is confirmed is what was shown', async () => {
    await site.signUp(ada);
    const page = await site.get(await site.linkIn(ada, 'bestaetigung'));
    site.wait({ minutes: 16 });
    await site.signUp(ada, { alle: '', 'thema-familie': 'weekly' });
    const answer = await site.submit(page, 'Bestätigen');
    expect(answer.status).toBe(422);
    expect(mainText(answer.body)).toContain('wöchentlich: Familie und Eltern');
    expect((await row())?.state).toBe('pending');
    expect((await site.submit(answer, 'Bestätigen')).status).toBe(200);
    expect((await row())?.subscriptions).toMatchObject([{ cadence: 'weekly', topics: ['familie'] }]);
  });

  test('a sign-up in the name of a subscriber changes nothing unless they confirm it', async () => {
    await site.subscribe(ada);
    site.wait({ minutes: 16 });
    await site.signUp(ada, { alle: '', 'thema-familie': 'weekly' });
    expect((await row())?.subscriptions).toMatchObject([{ cadence: 'daily', topics: 'alle' }]);
    site.wait({ hours: 24 * 8 });
    expect((await row())?.state).toBe('confirmed');
  });

  test('a new confirmation lifts a bounce, and a complaint only with the own wish of the person', async () => {
    await site.subscribe(ada);
    for (const because of ['bounce', 'complaint'] as const) {
      await suppress(site.parts.store, sid, because, site.now);
      site.wait({ minutes: 16 });
      await site.signUp(ada);
      const page = await site.get(await site.linkIn(ada, 'bestaetigung'));
      if (because === 'complaint') {
        expect((await site.submit(page, 'Bestätigen')).status).toBe(422);
        expect((await row())?.suppressed).toBe('complaint');
      }
      expect((await site.submit(page, 'Bestätigen', { wunsch: 'ja' })).status).toBe(200);
      expect(await row()).not.toHaveProperty('suppressed');
    }
  });
});

describe('Einstellungen', () => {
  test('without a token, an address gets a link by mail, and only if it is subscribed', async () => {
    await site.subscribe(ada);
    const page = await site.get('/einstellungen');
    const known = await site.submit(page, 'Link anfordern', { adresse: 'ADA@example.org' });
    const unknown = await site.submit(page, 'Link anfordern', { adresse: 'bob@example.org' });
    expect(unknown.body).toBe(known.body);
    const settings = await site.get(await site.linkIn(ada, 'einstellungen'));
    expect(mainText(settings.body)).toContain('Für Ada@example.org');
    expect(site.mailer.sentTo('bob@example.org')).toEqual([]);
    expect(repeatedIds(settings.body)).toEqual([]);
  });

  test('topics and cadences change, and a cadence kept goes on where it was', async () => {
    await site.subscribe(ada);
    await site.parts.publications.insert(anArticle(), {
      linkIdentifies: true,
    });
    const page = await site.get(settingsPath());
    const answer = await site.submit(page, 'Auswahl speichern', {
      'thema-familie': 'instant',
      hinweise: 'ja',
    });
    expect(mainText(answer.body)).toContain('Ihre Auswahl ist gespeichert.');
    expect(await row()).toMatchObject({
      subscriptions: [
        { cadence: 'instant', topics: ['familie'] },
        { cadence: 'daily', topics: 'alle', since: 0 },
      ],
      announcements: true,
    });
    const version = (await row())?.version;
    await site.submit(page, 'Auswahl speichern', { 'thema-familie': 'instant', hinweise: 'ja' });
    expect((await row())?.version).toBe(version);
    const nothing = await site.submit(page, 'Auswahl speichern', { alle: '' });
    expect(nothing.status).toBe(422);
  });

  test('a pause ends by itself on its day, or by hand', async () => {
    await site.subscribe(ada);
    const page = await site.get(settingsPath());
    for (const day of ['2026-04-01', '2027-04-02', '2026-02-30', 'morgen', '']) {
      expect((await site.submit(page, 'Pause einlegen', { pause: day })).status).toBe(422);
    }
    const paused = await site.submit(page, 'Pause einlegen', { pause: '2026-08-01' });
    expect((await row())?.pausedUntil).toBe('2026-07-31T22:00:00.000Z');
    expect(mainText(paused.body)).toContain('Bis zum 1. August 2026');
    await site.submit(paused, 'Pause beenden');
    expect(await row()).not.toHaveProperty('pausedUntil');
    expect((await events()).slice(-2)).toEqual(['paused', 'resumed']);
  });

  test('what a pause keeps back is sent afterwards to those who want it, and to no one else', async () => {
    await site.subscribe(ada);
    const page = await site.get(settingsPath());
    const plain = await site.submit(page, 'Pause einlegen', { pause: '2026-08-01' });
    expect(await row()).not.toHaveProperty('catchUpAfterPause');
    expect(mainText(plain.body)).toContain('lesen Sie im Portal');
    const curious = await site.submit(plain, 'Pause einlegen', { pause: '2026-08-01', nachholen: 'ja' });
    expect((await row())?.catchUpAfterPause).toBe(true);
    expect(mainText(curious.body)).toContain('holen wir mit der ersten Mail danach nach');
    // Another date keeps the choice, unless the tick is taken away.
    await site.submit(curious, 'Pause einlegen', { pause: '2026-09-01' });
    expect((await row())?.catchUpAfterPause).toBe(true);
    await site.submit(curious, 'Pause einlegen', { pause: '2026-09-01', nachholen: '' });
    expect(await row()).not.toHaveProperty('catchUpAfterPause');
    await site.submit(curious, 'Pause beenden');
    expect(await row()).not.toHaveProperty('pausedUntil');
  });

  test('a change of address is confirmed at the new one and told to the old one', async () => {
    await site.subscribe(ada, { hinweise: 'ja' });
    const page = await site.get(settingsPath());
    const same = await site.submit(page, 'Adresse ändern', { adresse: 'ada@EXAMPLE.org' });
    expect(same.status).toBe(422);
    await site.submit(page, 'Adresse ändern', { adresse: 'ada@neu.example' });
    expect((await row())?.state).toBe('confirmed');
    const confirmation = await site.get(await site.linkIn('ada@neu.example', 'bestaetigung'));
    const answers = await Promise.all([
      site.submit(confirmation, 'Bestätigen'),
      site.submit(confirmation, 'Bestätigen'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await row()).toMatchObject({ state: 'left', address: '' });
    await site.deliver();
    expect(site.mailer.sentTo(ada)).toHaveLength(2);
    const moved = await site.parts.store.get(sidOf('ada@neu.example', testPepper), 0);
    expect(moved).toMatchObject({
      state: 'confirmed',
      announcements: true,
      subscriptions: [{ topics: 'alle' }],
    });
    expect(moved).not.toHaveProperty('formerAddress');
    expect((await site.get(settingsPath())).status).toBe(410);
  });

  test('who signs up at a new address before the old one was told gets what they signed up for', async () => {
    await site.subscribe(ada, { alle: 'daily' });
    await site.submit(await site.get(settingsPath()), 'Adresse ändern', { adresse: 'ada@neu.example' });
    await site.submit(await site.get(await site.linkIn('ada@neu.example', 'bestaetigung')), 'Bestätigen');
    const moved = () => site.parts.store.get(sidOf('ada@neu.example', testPepper), 0);
    expect(await moved()).toHaveProperty('formerAddress');
    site.parts.mails.drain();
    site.wait({ hours: 25 });
    await site.subscribe('ada@neu.example', { alle: 'weekly', hinweise: 'ja' });
    expect(await moved()).toMatchObject({ subscriptions: [{ cadence: 'weekly' }], announcements: true });
  });

  test('all that we hold comes as a file', async () => {
    await site.subscribe(ada);
    const answer = await site.submit(await site.get(settingsPath()), 'Daten herunterladen');
    expect(answer.headers.get('Content-Disposition')).toContain('attachment');
    const copy = JSON.parse(answer.body) as { subscriber: { address: string }; consentLedger: object[] };
    expect(copy.subscriber.address).toBe(ada);
    expect(copy.consentLedger).toHaveLength(3);
  });

  test('erasure needs a tick, leaves the least, and is final', async () => {
    await site.subscribe(ada);
    const page = await site.get(settingsPath());
    expect((await site.submit(page, 'Alles löschen')).status).toBe(422);
    expect((await site.submit(page, 'Alles löschen', { loeschen: 'ja' })).status).toBe(200);
    expect(await row()).toBeUndefined();
    expect(JSON.stringify(await history())).not.toMatch(/example\.org|203\.0|alle|Klick/);
    expect((await site.submit(page, 'Alles löschen', { loeschen: 'ja' })).status).toBe(200);
    expect((await events()).filter((event) => event === 'erased')).toHaveLength(1);
    expect((await site.get(settingsPath())).status).toBe(410);
  });
});

describe('Abmeldung', () => {
  const oneClick = { 'List-Unsubscribe': 'One-Click' };

  test('one click of a mailbox provider ends everything, again and years later', async () => {
    await site.subscribe(ada, { hinweise: 'ja' });
    const path = unsubscribePath();
    site.wait({ hours: 24 * 365 * 5 });
    expect((await site.get(path)).status).toBe(200);
    expect((await row())?.state).toBe('confirmed');
    for (let time = 0; time < 2; time++) expect((await site.post(path, oneClick)).status).toBe(200);
    expect(await row()).toMatchObject({
      state: 'left',
      address: '',
      subscriptions: [],
      announcements: false,
    });
    expect((await history()).at(-1)).toMatchObject({ event: 'left', reason: 'one-click' });
    expect((await events()).filter((event) => event === 'left')).toHaveLength(1);
  });

  test('one click works as multipart too', async () => {
    await site.subscribe(ada);
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    expect((await site.request(unsubscribePath(), { method: 'POST', body })).status).toBe(200);
    expect((await row())?.state).toBe('left');
  });

  test('a topic can be left alone, and the rest stays', async () => {
    await site.subscribe(ada, { hinweise: 'ja' });
    const page = await site.get(unsubscribePath());
    expect(page.body).not.toContain('example.org');
    const answer = await site.submit(page, 'Familie und Eltern abbestellen');
    expect(mainText(answer.body)).toContain('Das ist abbestellt.');
    const { subscriptions = [] } = (await row()) ?? {};
    expect(subscriptions[0]?.topics).not.toContain('familie');
    expect(subscriptions[0]?.topics).toContain('jugendarbeit');
    const without = await site.submit(answer, 'Hinweise abbestellen');
    expect((await row())?.announcements).toBe(false);
    expect(mainText(without.body)).not.toContain('Hinweise zum Portal');
  });

  test('a way back on the same page restores what was, for a day', async () => {
    await site.subscribe(ada, { hinweise: 'ja' });
    const before = await row();
    const left = await site.submit(await site.get(unsubscribePath()), 'Alles abbestellen');
    expect(left.body).not.toContain('example.org');
    const back = await site.submit(left, 'Rückgängig machen');
    expect(mainText(back.body)).toContain('Alles ist wieder wie zuvor.');
    expect(await row()).toMatchObject({ ...before, version: (before?.version ?? 0) + 2 });
    expect((await site.submit(left, 'Rückgängig machen')).status).toBe(200);
    const again = await site.submit(await site.get(unsubscribePath()), 'Alles abbestellen');
    expect((await site.submit(left, 'Rückgängig machen')).status).toBe(410);
    site.wait({ hours: 24 });
    expect((await site.submit(again, 'Rückgängig machen')).status).toBe(410);
    expect((await row())?.state).toBe('left');
  });

  test('who has left can sign up again', async () => {
    await site.subscribe(ada);
    await site.post(unsubscribePath(), oneClick);
    site.wait({ minutes: 16 });
    await site.subscribe(ada);
    expect(await row()).toMatchObject({ state: 'confirmed', address: ada });
  });
});

describe('every address', () => {
  const paths = ['/anmeldung', '/bestaetigung', '/einstellungen', '/abmeldung', '/datenauskunft'];

  test.each(paths)('%s refuses other methods, types and sizes on a German page', async (path) => {
    const put = await site.request(path, { method: 'PUT', body: 'x' });
    expect(put.status).toBe(405);
    expect(put.headers.get('Allow')).toBe('GET, HEAD, POST');
    const json = await site.request(path, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(json.status).toBe(415);
    const large = await site.post(path, { t: 'x'.repeat(20_000) });
    expect(large.status).toBe(413);
    for (const answer of [put, json, large]) {
      expect(answer.body).toContain('<html lang="de">');
      expect(mainText(answer.body)).not.toBe('');
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
    }
  });

  test.each(paths)('%s meets garbage with a German page and no fault', async (path) => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('t', 'f', 'aktion', 'was', 'zurueck', 'stand', 'adresse'), fc.string()),
        fc.string(),
        async (fields, token) => {
          const answers = [
            await site.post(`${path}?t=${encodeURIComponent(token)}`, fields),
            await site.get(`${path}?t=${encodeURIComponent(token)}`),
          ];
          for (const { status, body, headers } of answers) {
            expect([200, 400, 410, 422]).toContain(status);
            expect(body).toContain('<html lang="de">');
            expect(headers.get('Set-Cookie')).toBeNull();
          }
        },
      ),
      { numRuns: 30 },
    );
    expect(site.parts.mails.sent).toEqual([]);
  });

  test('a broken multipart body is no fault', async () => {
    const answer = await site.request('/abmeldung', {
      method: 'POST',
      body: 'nonsense',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    });
    expect(answer.status).toBe(400);
  });

  test('a token for one thing opens no other', async () => {
    await site.subscribe(ada);
    const settings = makeToken(testKeyring, 'settings', sid, site.now);
    const unsubscribe = makeToken(testKeyring, 'unsubscribe', sid, site.now);
    expect((await site.get(`/abmeldung?t=${settings}`)).status).toBe(400);
    expect((await site.get(`/einstellungen?t=${unsubscribe}`)).status).toBe(400);
    expect((await site.get(`/datenauskunft?t=${unsubscribe}`)).status).toBe(400);
    expect((await site.post('/datenauskunft', { t: unsubscribe })).status).toBe(400);
    site.wait({ hours: 31 * 24 });
    expect((await site.get(`/einstellungen?t=${settings}`)).status).toBe(410);
    expect((await row())?.state).toBe('confirmed');
  });
});

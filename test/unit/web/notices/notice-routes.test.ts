import ICAL from 'ical.js';
import { Hono } from 'hono';
import { act, moved, withdrawn } from '../../../../functions/announcements/acts.ts';
import type { Announcement } from '../../../../functions/announcements/announcement.ts';
import { MemoryAnnouncements } from '../../../../functions/announcements/memory-announcements.ts';
import { noticeListSchema } from '../../../../functions/web/notices/notice-list.schema.ts';
import { noticeRoutes } from '../../../../functions/web/notices/notice-routes.tsx';
import { renderInPage } from '../../../../functions/web/layout.tsx';
import { instant, seedRelaunch } from '../../../support/announcements/seed.ts';
import { expectGolden } from '../../../support/golden.ts';

const baseUrl = new URL('https://portal.example');
const page = '/hinweise/relaunch-2022-04-29/';

async function appAt(now: string, ...all: Announcement[]): Promise<Hono> {
  const announcements = new MemoryAnnouncements();
  for (const announcement of all) await announcements.create(announcement);
  const app = new Hono();
  app.use(async (c, next) => {
    renderInPage(undefined)(c);
    await next();
  });
  app.route('/', noticeRoutes({ announcements, clock: { now: () => instant(now) }, baseUrl }));
  return app;
}

const told = { advance: { begunAt: '2022-04-01T10:00:00.000Z', mail: 'sent' as const } };
const before = '2022-04-02T10:00:00Z';
const during = '2022-05-02T10:00:00Z';
const after = '2022-05-22T22:00:00Z';

describe('/redaktionsstatus', () => {
  test('tells programs whether they may contribute', async () => {
    const response = await (await appAt(during, seedRelaunch())).request('/redaktionsstatus');
    expect(await response.json()).toEqual({
      state: 'frozen',
      since: '2022-04-28T22:00:00.000Z',
      until: '2022-05-22T22:00:00.000Z',
      reason: 'Redaktionsstopp: Relaunch - Am 23. Mai ist es soweit:',
      retryAfter: 20 * 86400 + 12 * 3600,
    });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=60');
  });

  test('is not kept beyond the moment at which it changes', async () => {
    const response = await (await appAt('2022-05-22T21:59:30Z', seedRelaunch())).request('/redaktionsstatus');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=30');
  });

  test('tells people in a page', async () => {
    const app = await appAt(during, seedRelaunch());
    const response = await app.request('/redaktionsstatus', { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(response.headers.get('Content-Type')).toContain('text/html');
    expect(response.headers.get('Vary')).toContain('Accept');
    expect(await response.text()).toContain('Wieder geöffnet ab Montag, 23. Mai 2022, 00:00 Uhr.');
  });
});

describe('/hinweise.json', () => {
  test.each([before, during, after])('fits its own schema at %s', async (now) => {
    const response = await (await appAt(now, seedRelaunch())).request('/hinweise.json');
    const list = noticeListSchema.parse(await response.json());
    expect(list.notices).toHaveLength(now === after ? 0 : 1);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  });

  test('names its schema, which can be fetched', async () => {
    const app = await appAt(before, seedRelaunch());
    const link = (await app.request('/hinweise.json')).headers.get('Link') ?? '';
    const schema = await app.request(/<(.+?)>/u.exec(link)?.[1] ?? '');
    expect(await schema.json()).toMatchObject({ type: 'object', properties: { version: { const: 1 } } });
  });

  test('answers 304 when nothing changed', async () => {
    const app = await appAt(before, seedRelaunch());
    const etag = (await app.request('/hinweise.json')).headers.get('ETag') ?? '';
    expect((await app.request('/hinweise.json', { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  test('says nothing before the advance notice, nor of what is withdrawn', async () => {
    const list = async (now: string, announcement: Announcement): Promise<unknown[]> => {
      const response = await (await appAt(now, announcement)).request('/hinweise.json');
      return noticeListSchema.parse(await response.json()).notices;
    };
    expect(await list('2022-04-01T09:59:59Z', seedRelaunch())).toEqual([]);
    const gone = withdrawn(seedRelaunch({ phases: told }), act('anna', instant('2022-04-02T08:00:00Z')));
    expect(await list(before, gone)).toEqual([]);
  });
});

describe('/hinweise.html', () => {
  test.each([
    ['before', before],
    ['during', during],
  ])('is the banner as it stands %s the freeze', async (name, now) => {
    const response = await (await appAt(now, seedRelaunch())).request('/hinweise.html');
    expectGolden(`announcements/banner-${name}.html`, await response.text());
  });

  test('is empty when there is nothing to say', async () => {
    expect(await (await (await appAt(after, seedRelaunch())).request('/hinweise.html')).text()).toBe('');
  });

  test('escapes what editors write', async () => {
    const app = await appAt(before, seedRelaunch({ headline: '<script>alert(1)</script>', icon: '"><b>' }));
    expect(await (await app.request('/hinweise.html')).text()).not.toMatch(/<script|<b>/u);
  });
});

describe('calendar file', () => {
  test('is offered as a calendar', async () => {
    const response = await (await appAt(before, seedRelaunch())).request('/hinweise/relaunch-2022-04-29.ics');
    expect(response.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
    const event = new ICAL.Component(ICAL.parse(await response.text()) as never).getFirstSubcomponent(
      'vevent',
    );
    expect(event?.getFirstPropertyValue('uid')).toBe('relaunch-2022-04-29@portal-jugendhilfe.example');
  });

  test('is no more than its announcement', async () => {
    const app = await appAt('2022-03-01T00:00:00Z', seedRelaunch());
    expect((await app.request('/hinweise/relaunch-2022-04-29.ics')).status).toBe(404);
    expect((await app.request('/hinweise/other.ics')).status).toBe(404);
  });
});

describe('pages', () => {
  test('an announcement has one, with its dates', async () => {
    const html = await (await (await appAt(before, seedRelaunch())).request(page)).text();
    expect(html).toContain('<h1>Relaunch - Am 23. Mai ist es soweit:</h1>');
    expect(html).toContain('<th scope="row">Redaktionsstopp ab</th><td>Freitag, 29. April</td>');
    expect(html).toContain(
      '<title>Relaunch - Am 23. Mai ist es soweit – Portal der Kinder- und Jugendhilfe</title>',
    );
  });

  test('one that has moved shows old and new dates', async () => {
    const change = { reopenAt: '2022-05-30', headline: 'Relaunch', text: 'Bald.' };
    const next = moved(seedRelaunch({ phases: told }), change, act('anna', instant(before)));
    const html = await (await (await appAt(during, next)).request(page)).text();
    expect(html).toContain(
      '<th scope="row">Wieder wie gewohnt ab</th><td>Montag, 30. Mai</td><td>Montag, 23. Mai</td>',
    );
  });

  test('one that was withdrawn says so, if anyone knew of it', async () => {
    const by = act('anna', instant(before));
    const html = await (
      await (await appAt(during, withdrawn(seedRelaunch({ phases: told }), by))).request(page)
    ).text();
    expect(html).toContain('Der ab Freitag, dem 29. April, geplante Redaktionsstopp findet nicht statt.');
    expect((await (await appAt(during, withdrawn(seedRelaunch(), by))).request(page)).status).toBe(404);
  });

  test('all of them are listed', async () => {
    const html = await (await (await appAt(during, seedRelaunch())).request('/hinweise/')).text();
    expect(html).toContain('Freitag, 29. April 2022 bis Sonntag, 22. Mai 2022');
    expect(html).toContain(`href="${page}"`);
  });
});

import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { isFreezing, type Announcement } from '../../announcements/announcement.ts';
import type { AnnouncementStore } from '../../announcements/announcement-store.ts';
import { editorialStatus } from '../../announcements/freeze.ts';
import { announcementPath } from '../../announcements/paths.ts';
import { secondsUntilChange } from '../../announcements/shown.ts';
import { asTitle } from '../../announcements/wording.ts';
import type { Clock, Temporal } from '../../platform/time.ts';
import { NoticeBanner } from './notice-banner.tsx';
import { noticeList, noticeListVersion } from './notice-list.ts';
import { AnnouncementPage, AnnouncementsPage, isPublic, StatusPage } from './notice-pages.tsx';

export interface NoticeParts {
  announcements: Pick<AnnouncementStore, 'list'>;
  clock: Clock;
  baseUrl: URL;
}

/** Answers are as old as this at most, in seconds; younger when a phase begins sooner. */
const freshFor = 60;

const schemaPath = `/hinweise-${noticeListVersion}.schema.json`;

/** Everything about announcements that is read over HTTP. Other sites may read it too, so it allows any origin. */
export function noticeRoutes({ announcements, clock, baseUrl }: NoticeParts): Hono {
  const routes = new Hono();
  const open = [anyOrigin, etag()] as const;

  const read = async (c: Context): Promise<{ all: Announcement[]; now: Temporal.Instant }> => {
    const now = clock.now();
    const all = await announcements.list();
    c.header('Cache-Control', `public, max-age=${secondsUntilChange(all, now, freshFor)}`);
    return { all, now };
  };

  routes.get('/redaktionsstatus', ...open, async (c) => {
    const { all, now } = await read(c);
    const status = editorialStatus(all, now);
    c.header('Vary', 'Accept', { append: true });
    const type = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'text/html'],
      default: 'application/json',
    });
    if (type === 'application/json') return c.json(status);
    return c.render(<StatusPage status={status} now={now} />, {
      title: 'Redaktionsstatus',
      path: '/redaktionsstatus',
    });
  });

  routes.get('/hinweise.json', ...open, async (c) => {
    const { all, now } = await read(c);
    c.header('Link', `<${schemaPath}>; rel="describedby"; type="application/schema+json"`);
    return c.json(noticeList(all, now, baseUrl));
  });

  routes.get(schemaPath, ...open, async (c) => {
    // Made when someone asks for it: at module scope it would cost each start a few milliseconds.
    const { noticeListJsonSchema } = await import('./notice-list.schema.ts');
    c.header('Cache-Control', 'public, max-age=86400');
    return c.body(JSON.stringify(noticeListJsonSchema()), 200, {
      'Content-Type': 'application/schema+json',
    });
  });

  routes.get('/hinweise.html', ...open, async (c) => {
    const { all, now } = await read(c);
    return c.html(<NoticeBanner announcements={all} now={now} baseUrl={baseUrl} />);
  });

  routes.get('/hinweise/', async (c) => {
    const { all, now } = await read(c);
    return c.render(<AnnouncementsPage announcements={all} now={now} />, {
      title: 'Hinweise der Redaktion',
      path: '/hinweise/',
    });
  });

  routes.get('/hinweise/:file{.+\\.ics}', ...open, async (c) => {
    const { all, now } = await read(c);
    const id = c.req.param('file').slice(0, -'.ics'.length);
    const announcement = all.find((one) => one.id === id && isPublic(one, now));
    if (announcement === undefined || !isFreezing(announcement)) return c.notFound();
    const method = announcement.withdrawn === undefined ? 'PUBLISH' : 'CANCEL';
    // Few ask for a calendar: a start need not load what writes one.
    const { calendarFile } = await import('../../announcements/calendar.ts');
    return c.body(calendarFile(announcement, baseUrl), 200, {
      'Content-Type': `text/calendar; charset=utf-8; method=${method}`,
      'Content-Disposition': `attachment; filename="${id}.ics"`,
    });
  });

  routes.get('/hinweise/:id/', async (c) => {
    const { all, now } = await read(c);
    const announcement = all.find(({ id }) => id === c.req.param('id'));
    if (announcement === undefined || !isPublic(announcement, now)) return c.notFound();
    return c.render(<AnnouncementPage announcement={announcement} now={now} />, {
      title: asTitle(announcement.headline),
      path: announcementPath(announcement.id),
    });
  });

  return routes;
}

const anyOrigin: MiddlewareHandler = cors({ origin: '*', allowMethods: ['GET'] });

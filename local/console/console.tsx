import { getRequestListener } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { simpleParser } from 'mailparser';
import type { RequestListener } from 'node:http';
import { queues, type QueueName } from '../../config/queues.ts';
import { act, checkWithdraw, withdrawn } from '../../functions/announcements/acts.ts';
import { concerns } from '../../functions/announcements/announcement.ts';
import { checkNew } from '../../functions/announcements/check.ts';
import { DynamoDbStatusChanges } from '../../functions/announcements/dynamodb-status-changes.ts';
import { editorialStatus } from '../../functions/announcements/freeze.ts';
import { epochSeconds, systemClock, Temporal } from '../../functions/platform/time.ts';
import { nextSlot } from '../../functions/runs/slots.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import type { OutboxMail } from '../aws/outbox.ts';
import { demoRelaunch } from '../demo/relaunch.ts';
import { shardCount, tableNames } from '../environment.ts';
import type { Host } from '../host.ts';
import { openStores } from '../once.ts';
import { readArticles, readDeliveries } from '../stores.ts';
import { TimeTravel } from '../time-travel.ts';
import { Announcements } from './announcements.tsx';
import { Articles } from './articles.tsx';
import { Card, Page, type Frame } from './layout.tsx';
import { MailPage, Outbox, type ListedMail } from './outbox.tsx';
import { Overview } from './overview.tsx';
import { QueuePage } from './queues.tsx';
import { RunPage, RunTable } from './runs.tsx';
import { stylesheet } from './stylesheet.ts';

const mailsPerPage = 50;
const runsShown = 50;

/** Pages for whoever runs Herold on this machine: what is going on, every mail, and the clock. Not for deployment. */
export function consoleOf(host: Host): RequestListener {
  const stores = openStores();
  const { client, runs, articles, announcements } = stores;
  const statusChanges = new DynamoDbStatusChanges(client, tableNames.content);
  const subscribers = new DynamoDbSubscriberStore(client, tableNames.subscribers, shardCount);
  const travel = new TimeTravel(host, stores);
  const allRuns = async () => [...(await runs.listOpen()), ...(await runs.listClosed(runsShown))];
  const frame = (): Frame => ({
    now: systemClock.now(),
    aheadMs: host.clock.aheadMs,
    destination:
      travel.destination === undefined
        ? undefined
        : Temporal.Instant.fromEpochMilliseconds(travel.destination),
  });
  const listed = async (mails: readonly OutboxMail[]): Promise<ListedMail[]> =>
    Promise.all(mails.map(async (mail) => ({ mail, subject: await subjectOf(host, mail.messageId) })));
  const show = (c: Context, path: string, title: string, body: Child) =>
    c.html(
      html`<!doctype html>${(
          <Page title={title} path={path} frame={frame()}>
            {body}
          </Page>
        )}`,
    );
  const back = (c: Context) => c.redirect(c.req.header('referer') ?? '/_local/', 303);

  const app = new Hono({ strict: false }).basePath('/_local');
  app.use(csrf());
  app.get('/style.css', (c) => c.body(stylesheet, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  app.get('/', async (c) => {
    const overview = (
      <Overview
        host={host}
        sources={await host.registry.list()}
        articles={await readArticles(client)}
        runs={await allRuns()}
        mails={await listed(host.outbox.list().slice(0, 6))}
      />
    );
    return show(c, '/_local/', 'Overview', overview);
  });

  app.get('/articles', async (c) =>
    show(
      c,
      '/_local/articles',
      'Articles',
      <Articles articles={await readArticles(client)} state={c.req.query('state')} />,
    ),
  );

  app.get('/announcements', async (c) => {
    const all = await announcements.list();
    const now = systemClock.now();
    const page = (
      <Announcements
        announcements={all.toReversed()}
        status={editorialStatus(all, now)}
        changes={await statusChanges.list(12)}
        held={(await articles.listHeld()).length}
        now={now}
      />
    );
    return show(c, '/_local/announcements', 'Announcements', page);
  });
  app.post('/announcements', async (c) => {
    const now = systemClock.now();
    const relaunch = demoRelaunch(now, await countConfirmed(subscribers, now));
    if (checkNew(relaunch, await announcements.list(), now).length === 0) {
      await announcements.create(relaunch);
      await host.tick();
      await host.settle(announcePatienceMs).catch(() => undefined);
    }
    return back(c);
  });
  app.post('/announcements/:id/withdraw', async (c) => {
    const now = systemClock.now();
    const announcement = await announcements.get(c.req.param('id'));
    if (announcement === undefined) return c.notFound();
    if (checkWithdraw(announcement, now).length === 0) {
      await announcements.update(withdrawn(announcement, act('console', now)));
      await host.tick();
      await host.settle(announcePatienceMs).catch(() => undefined);
    }
    return back(c);
  });

  app.get('/runs', async (c) =>
    show(
      c,
      '/_local/runs',
      'Runs',
      <Card title="Newest first">
        <RunTable runs={await allRuns()} />
      </Card>,
    ),
  );
  app.get('/runs/:id', async (c) => {
    const run = await runs.get(c.req.param('id'));
    if (run === undefined) return c.notFound();
    const deliveries = (await readDeliveries(client)).filter(({ runId }) => runId === run.id);
    return show(c, '/_local/runs', run.id, <RunPage run={run} deliveries={deliveries} />);
  });

  app.get('/outbox', async (c) => {
    const mails = host.outbox.list();
    const pages = Math.max(1, Math.ceil(mails.length / mailsPerPage));
    const number = Math.min(pages, Math.max(1, Math.trunc(Number(c.req.query('page') ?? 1)) || 1));
    const shown = await listed(mails.slice((number - 1) * mailsPerPage, number * mailsPerPage));
    return show(
      c,
      '/_local/outbox',
      'Outbox',
      <Outbox mails={shown} total={mails.length} page={number} pages={pages} />,
    );
  });
  app.get('/outbox/:id', async (c) => {
    const found = host.outbox.get(c.req.param('id'));
    if (found === undefined) return c.notFound();
    const parsed = await simpleParser(found.raw);
    return show(c, '/_local/outbox', parsed.subject ?? 'No subject', <MailPage {...found} parsed={parsed} />);
  });
  app.get('/outbox/:id/html', async (c) => {
    const found = host.outbox.get(c.req.param('id'));
    const body = found && (await simpleParser(found.raw)).html;
    if (typeof body !== 'string') return c.notFound();
    // The mail as it is: no script, and nothing loaded but pictures.
    c.header(
      'Content-Security-Policy',
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:",
    );
    return c.html(body);
  });
  app.get('/outbox/:id/raw', (c) => {
    const found = host.outbox.get(c.req.param('id'));
    if (found === undefined) return c.notFound();
    return c.body(new Uint8Array(found.raw), 200, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${found.mail.messageId}.eml"`,
    });
  });

  app.get('/queues', (c) => show(c, '/_local/queues', 'Queues', <QueuePage queues={host.queues} />));

  app.post('/poll', async (c) => {
    const { source } = await c.req.parseBody();
    const sources = (await host.registry.list()).filter((known) => known.source.active);
    host.poll(sources.map((known) => known.source.id).filter((id) => source === undefined || id === source));
    // What it brings should be on the page that follows; a source that is slow to answer need not be waited for.
    await host.settle(pollPatienceMs).catch(() => undefined);
    return back(c);
  });
  app.post('/redrive', async (c) => {
    const { queue } = await c.req.parseBody();
    if (typeof queue !== 'string' || !(queue in queues)) return c.notFound();
    const into = host.queues[queue as QueueName];
    into.deadLetters?.redriveTo(into);
    return back(c);
  });
  app.post('/clock', async (c) => {
    const { to } = await c.req.parseBody();
    const now = systemClock.now();
    if (to === 'next-digest') travel.start(nextSlot('daily', now));
    else if (to === 'one-day-on') travel.start(now.add({ hours: 24 }));
    else if (to === 'one-hour-on') travel.start(now.add({ hours: 1 }));
    else if (typeof to === 'string' && isMoment(to)) travel.start(Temporal.Instant.from(to));
    else return c.notFound();
    return back(c);
  });
  const listener = getRequestListener(app.fetch);
  return (request, response) => void listener(request, response);
}

const pollPatienceMs = 5_000;
const announcePatienceMs = 5_000;

/** As the buttons of phases send it. */
const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u.test(text);

async function countConfirmed(subscribers: DynamoDbSubscriberStore, now: Temporal.Instant): Promise<number> {
  let count = 0;
  for (let shard = 0; shard < shardCount; shard++) {
    for await (const page of subscribers.listShard(shard, epochSeconds(now))) {
      count += page.filter((subscriber) => concerns({ audience: 'alle' }, subscriber)).length;
    }
  }
  return count;
}

async function subjectOf(host: Host, messageId: string): Promise<string> {
  const raw = host.outbox.get(messageId)?.raw;
  if (raw === undefined) return '';
  // Headers alone: a list needs no bodies.
  const end = raw.indexOf('\r\n\r\n');
  const { subject } = await simpleParser(end === -1 ? raw : raw.subarray(0, end + 4));
  return subject ?? '(no subject)';
}

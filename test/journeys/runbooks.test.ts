import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { createLog } from '../../functions/platform/log.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import { nextSlot } from '../../functions/runs/slots.ts';
import type { Temporal } from '../../functions/platform/time.ts';
import { systemClock } from '../../functions/platform/time.ts';
import { rebuildFeeds } from '../../functions/syndicate/syndicate.ts';
import type { OutboxMail } from '../../local/aws/outbox.ts';
import { takeMemoryFolder, type DataFolder } from '../../local/data-folder.ts';
import { beginDigests } from '../../local/demo/digests.ts';
import { demoSubscribers } from '../../local/demo/subscribers.ts';
import { freePort } from '../../local/embedded-dynamodb.ts';
import { tableNames } from '../../local/environment.ts';
import { startHost, type Host } from '../../local/host.ts';
import { formsOf } from '../support/html-forms.ts';
import { startFeedServer, type FeedServer } from '../support/feed-server.ts';
import { openStores, type Stores } from '../../local/once.ts';

// The procedures of docs/operations.md, done in their order on a Herold that runs here, with the commands as typed. What
// AWS does in them (a backup, a restored table, a secret's new value) is done by hand on the same stores.

let office: FeedServer;
let released: string[] = [];
let folder: DataFolder;
let host: Host;
let stores: Stores;

beforeAll(async () => {
  folder = takeMemoryFolder();
  office = await startFeedServer();
  office.answer = (_request, response) =>
    response.end(`<rss version="2.0"><channel><title>Presse</title>${released.join('')}</channel></rss>`);
  host = await startHost({
    folder,
    port: await freePort(),
    sourceUrl: new URL(`${office.origin}/feed`),
    newReleases: false,
    emptyTables: true,
  });
  stores = openStores();
}, 60_000);

afterAll(async () => {
  await host.stop();
  await office.stop();
  folder.release();
});

/** `npm run herold -- …`, against this host. */
async function herold(...line: string[]): Promise<unknown> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'bin/herold.ts', '--data', dirname(folder.path('host')), ...line, '--json'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  // "Not well" is an answer as well.
  if (stdout === '') throw new Error(`herold ${line.join(' ')} ended with ${String(code)}: ${stderr}`);
  return JSON.parse(stdout);
}

const settle = async (): Promise<void> => host.settle(60_000);

/** Ticks until no run is open. */
async function finishRuns(): Promise<void> {
  for (let ticks = 0; ticks < 8; ticks++) {
    await host.tick();
    await settle();
    if ((await stores.runs.listOpen()).length === 0) return;
  }
  throw new Error('runs stay open');
}

const pollAll = async (): Promise<void> => {
  await herold('source', 'poll', '--all');
  await settle();
};

const moveTo = async (at: Temporal.Instant): Promise<void> =>
  host.standStill(() => host.clock.moveTo(at.epochMilliseconds));

/** To the next daily digest, with a new release in it. */
async function nextDigest(): Promise<void> {
  const number = released.length + 1;
  const date = new Date(systemClock.now().epochMilliseconds).toUTCString();
  released = [
    `<item><title>Neues aus dem Ministerium, Folge ${number}</title><link>https://office.example/${number}</link>
     <guid>folge-${number}</guid><pubDate>${date}</pubDate><description>Heute geschah Nummer ${number}.</description></item>`,
    ...released,
  ];
  await pollAll();
  await moveTo(nextSlot('daily', systemClock.now()).add({ minutes: 1 }));
  await finishRuns();
}

const digests = (): OutboxMail[] => host.outbox.list().filter(({ tags }) => tags['run'] !== undefined);
const bodyOf = (mail: OutboxMail): string =>
  host.outbox
    .get(mail.messageId)
    ?.raw.toString('latin1')
    .replaceAll(/=\r?\n/g, '') ?? '';
const articlesIn = (mail: OutboxMail): Set<string> =>
  new Set([...bodyOf(mail).matchAll(/\/artikel\/\S*?-([a-z2-7]{16})\//g)].map(([, id]) => id ?? ''));

/** Mails of an article to someone who had it already. */
function mailedTwice(): string[] {
  const seen = new Set<string>();
  return digests()
    .flatMap((mail) => [...articlesIn(mail)].map((id) => `${mail.destinations.join()} ${id}`))
    .filter((what) => {
      const before = seen.has(what);
      seen.add(what);
      return before;
    });
}

type Row = Record<string, unknown>;

async function readTable(table: string): Promise<Row[]> {
  const rows: Row[] = [];
  let from: Row | undefined;
  do {
    const page = await stores.client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: from }));
    rows.push(...((page.Items ?? []) as Row[]));
    from = page.LastEvaluatedKey as Row | undefined;
  } while (from !== undefined);
  return rows;
}

/** The table as it was. On AWS it has another name, which the deployment follows (test/infra/restored-tables.test.ts). */
async function restore(table: string, backup: Row[]): Promise<void> {
  const key = ({ pk, sk }: Row) => ({ pk, sk });
  const requests = [
    ...(await readTable(table)).map((row) => ({ DeleteRequest: { Key: key(row) } })),
    ...backup.map((row) => ({ PutRequest: { Item: row } })),
  ];
  const known = new Set(backup.map((row) => JSON.stringify(key(row))));
  const needed = requests.filter(
    (request) => 'PutRequest' in request || !known.has(JSON.stringify(request.DeleteRequest.Key)),
  );
  for (let start = 0; start < needed.length; start += 25) {
    await stores.client.send(
      new BatchWriteCommand({ RequestItems: { [table]: needed.slice(start, start + 25) } }),
    );
  }
}

const feedIds = (): string[] => {
  const feed = JSON.parse(host.feeds.get('feeds/alle.json')?.body.toString() ?? '{}') as {
    items: { id: string }[];
  };
  return feed.items.map(({ id }) => id);
};

interface RunList {
  runs: { id: string; state: string; paused?: { because: string }; certificate?: Record<string, number> }[];
}

test('SES has paused us: the run pauses by itself, and goes on without a mail too many', async () => {
  await pollAll();
  await beginDigests(stores.runs, stores.articles, systemClock);
  host.outbox.paused = true;
  await host.tick();
  await settle();
  await host.tick();
  await settle();
  const { runs } = (await herold('run', 'list')) as RunList;
  expect(runs).toMatchObject([{ state: 'paused', paused: { because: 'sending-paused' } }]);
  expect(digests()).toEqual([]);

  host.outbox.paused = false;
  const id = runs[0]?.id ?? '';
  await herold('run', 'resume', id);
  await finishRuns();
  const { certificate } = (await herold('run', 'certificate', id)) as { certificate: Record<string, number> };
  const daily = demoSubscribers.filter(({ cadence }) => cadence === 'daily').length;
  expect(certificate).toMatchObject({ accepted: digests().length, failed: 0, unknown: 0 });
  expect(digests().length).toBeGreaterThan(daily / 2);
  expect(mailedTwice()).toEqual([]);
}, 120_000);

test('dead letters: what was given up while SES had paused us is listed, put back to work, and done', async () => {
  const reader = demoSubscribers[0]?.address ?? '';
  const waitsFor = (): OutboxMail[] =>
    host.outbox
      .list()
      .filter(
        ({ destinations, tags }) => destinations.includes(reader) && tags['transactional'] !== undefined,
      );
  const letters = async () => {
    const { deadLetters } = (await herold('dlq', 'list')) as {
      deadLetters: { name: string; waiting: number; letters: { body: string }[] }[];
    };
    return deadLetters.filter(({ waiting }) => waiting > 0);
  };
  host.outbox.paused = true;
  const page = new URL('/einstellungen', host.url);
  const [form] = formsOf(await (await fetch(page)).text());
  await moveTo(systemClock.now().add({ seconds: 10 })); // faster than a few seconds, only robots fill in a form
  const body = new URLSearchParams({ ...form?.fields, adresse: reader });
  expect((await fetch(page, { method: 'POST', body })).status).toBe(200);
  for (
    let minutes = 0;
    minutes < 20 && host.queues.transactional.deadLetters?.list().length === 0;
    minutes++
  ) {
    await moveTo(systemClock.now().add({ minutes: 1 })); // past what the next receive waits for
    await sleep(300);
  }
  const [given] = await letters();
  expect(given).toMatchObject({ name: 'transactional', waiting: 1 });
  expect(given?.letters[0]?.body).toContain('"settings-link"');
  expect(waitsFor()).toEqual([]);

  host.outbox.paused = false;
  expect(await herold('dlq', 'redrive', 'transactional', '--yes')).toEqual({
    queue: 'transactional',
    moved: 1,
  });
  await settle();
  expect(await letters()).toEqual([]);
  expect(waitsFor()).toHaveLength(1);
}, 120_000);

test('losing the table of subscribers: who was erased since the backup is erased again, and gets no mail', async () => {
  const leaver = 'jugendamt@kreis-ostermarsch.example';
  const backup = await readTable(tableNames.subscribers);
  await herold('subscriber', 'erase', leaver, '--yes');

  await restore(tableNames.subscribers, backup);
  expect(await herold('subscriber', 'show', leaver)).toMatchObject({ subscriber: { state: 'confirmed' } });
  expect(await herold('subscribers', 'reapply-erasures')).toEqual({ erasedAgain: 1 });
  const before = digests().length;
  await nextDigest();
  const after = digests().slice(0, digests().length - before);
  expect(after.length).toBeGreaterThan(0);
  expect(after.flatMap(({ destinations }) => destinations)).not.toContain(leaver);
  expect(mailedTwice()).toEqual([]);
}, 120_000);

test('losing the table of content: feeds are rebuilt, what was lost comes back as what it was, no one is mailed it twice', async () => {
  const backup = await readTable(tableNames.content);
  const kept = feedIds();
  await nextDigest();
  const lost = feedIds().filter((id) => !kept.includes(id));
  expect(lost.length).toBeGreaterThan(0);

  await restore(tableNames.content, backup);
  await settle();
  await herold('feeds', 'rebuild');
  expect(feedIds()).toEqual(kept);
  await pollAll(); // the clock is still disabled
  expect(
    feedIds()
      .filter((id) => !kept.includes(id))
      .toSorted(),
  ).toEqual(lost.toSorted());
  await herold('digest', 'skip', '--yes');
  await nextDigest();
  expect(mailedTwice()).toEqual([]);
  expect(await stores.runs.listOpen()).toEqual([]);
}, 120_000);

test('keys: one is added, made current and taken away; old links work until then', async () => {
  const file = folder.path('keyring');
  const keyring = JSON.parse(readFileSync(file, 'utf8')) as {
    tokenKeys: Record<string, string>;
    currentKey: string;
  };
  const write = async (change: Partial<typeof keyring>): Promise<void> => {
    writeFileSync(file, JSON.stringify(Object.assign(keyring, change)));
    await moveTo(systemClock.now().add({ minutes: 10 }));
  };
  const linksOf = (mail: OutboxMail | undefined): string =>
    /List-Unsubscribe:\s*<([^>]+)>/i.exec(mail === undefined ? '' : bodyOf(mail))?.[1] ?? '';
  const [first, second] = digests().map(linksOf);
  expect(first).toMatch(/abmeldung\?t=k1u/);

  await write({ tokenKeys: { ...keyring.tokenKeys, k2: Buffer.alloc(32, 7).toString('base64') } });
  await write({ currentKey: 'k2' });
  await nextDigest();
  const renewed = linksOf(digests()[0]);
  expect(renewed).toMatch(/abmeldung\?t=k2u/);
  const oneClick = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
  expect((await fetch(first ?? '', oneClick)).status).toBe(200);
  expect((await fetch(renewed, oneClick)).status).toBe(200);

  const { k1: _leaked, ...others } = keyring.tokenKeys;
  await write({ tokenKeys: others });
  const answer = await fetch(second ?? '');
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/Dieser Link ist unvollständig.*\/einstellungen/s);
}, 120_000);

test('another host name: feeds move, and no follower sees an entry twice', async () => {
  const objects = new MemoryObjectStore();
  await rebuildFeeds(
    {
      ...stores,
      sources: host.registry,
      objects,
      baseUrl: new URL('https://neu.portal.example'),
      hub: undefined,
      log: createLog('feeds'),
    },
    () => undefined,
  );
  const moved = JSON.parse(Buffer.from((await objects.get('feeds/alle.json'))?.body ?? []).toString()) as {
    feed_url: string;
    items: { id: string; url: string }[];
  };
  expect(moved.feed_url).toBe('https://neu.portal.example/feeds/alle.json');
  expect(moved.items.map(({ id }) => id)).toEqual(feedIds());
});

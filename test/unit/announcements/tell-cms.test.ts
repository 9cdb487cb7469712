import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { act, moved, withdrawn } from '../../../functions/announcements/acts.ts';
import type { Announcement } from '../../../functions/announcements/announcement.ts';
import { CmsWebhook } from '../../../functions/announcements/cms-webhook.ts';
import { MemoryStatusChanges } from '../../../functions/announcements/memory-status-changes.ts';
import { tellCms } from '../../../functions/announcements/tell-cms.ts';
import { instant, seedRelaunch } from '../../support/announcements/seed.ts';

const key = Buffer.alloc(32, 7);
const seed = seedRelaunch();

let server: Server;
let received: { headers: IncomingHttpHeaders; body: string }[];
let answer: number;
let cms: CmsWebhook;
let statusChanges: MemoryStatusChanges;

beforeEach(async () => {
  received = [];
  answer = 204;
  statusChanges = new MemoryStatusChanges();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer, answer === 307 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cms = new CmsWebhook(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`), key);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const tell = (at: string, ...announcements: Announcement[]) =>
  tellCms({ statusChanges, cms }, announcements, instant(at));

test('while nothing was ever planned there is nothing to tell', async () => {
  expect(await tell('2022-04-01T00:00:00Z')).toBeUndefined();
  expect(received).toEqual([]);
});

test('each change is told once: planned, frozen, open again', async () => {
  const times = ['2022-04-02T00:00:00Z', '2022-04-02T00:01:00Z', '2022-04-28T22:00:00Z', '2022-05-01T00:00:00Z', '2022-05-22T22:00:00Z']; // prettier-ignore
  for (const at of times) await tell(at, seed);
  expect(received.map(({ body }) => (JSON.parse(body) as { data: { state: string } }).data.state)).toEqual([
    'open',
    'frozen',
    'open',
  ]);
});

test('what is told can be verified as the standard has it', async () => {
  await tell('2022-04-28T22:00:00Z', seed);
  const [request] = received;
  const headers = {
    'webhook-id': String(request?.headers['webhook-id']),
    'webhook-timestamp': String(request?.headers['webhook-timestamp']),
    'webhook-signature': String(request?.headers['webhook-signature']),
  };
  // The reader refuses what is older than five minutes, so its clock stands at that day.
  jest.useFakeTimers({ now: Date.parse('2022-04-28T22:00:10Z') });
  try {
    const webhook = new Webhook(key.toString('base64'));
    expect(webhook.verify(request?.body ?? '', headers)).toEqual({
      type: 'redaktionsstatus.changed',
      timestamp: '2022-04-28T22:00:00.000Z',
      data: {
        state: 'frozen',
        since: '2022-04-28T22:00:00.000Z',
        until: '2022-05-22T22:00:00.000Z',
        reason: 'Redaktionsstopp: Relaunch - Am 23. Mai ist es soweit:',
      },
    });
    expect(() => webhook.verify(`${request?.body ?? ''} `, headers)).toThrow('No matching signature');
  } finally {
    jest.useRealTimers();
  }
});

test('a CMS that fails is asked again with growing pauses, under the same id, and all of it is recorded', async () => {
  answer = 503;
  let at = instant('2022-04-28T22:00:00Z');
  for (let minute = 0; minute < 16; minute++, at = at.add({ minutes: 1 })) await tell(at.toString(), seed);
  expect((await statusChanges.latest())?.attempts.map(({ at }) => at.slice(11, 16))).toEqual([
    '22:00', '22:01', '22:03', '22:07', '22:15',
  ]); // prettier-ignore
  answer = 200;
  for (let minute = 0; minute < 16; minute++, at = at.add({ minutes: 1 })) await tell(at.toString(), seed);
  const told = await statusChanges.latest();
  expect(told?.state).toBe('delivered');
  expect(told?.attempts.map(({ outcome }) => outcome)).toEqual([
    ...Array<string>(5).fill('HTTP 503'),
    'HTTP 200',
  ]);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test('a redirect is no answer, and is not followed', async () => {
  answer = 307;
  expect((await tell('2022-04-28T22:00:00Z', seed))?.attempts).toMatchObject([{ outcome: 'HTTP 307' }]);
  expect(received).toHaveLength(1);
});

test('a CMS that is not there is recorded as such', async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect((await tell('2022-04-28T22:00:00Z', seed))?.attempts).toMatchObject([{ outcome: 'ECONNREFUSED' }]);
  server.listen(0);
});

test('what a CMS missed is superseded by what holds now', async () => {
  answer = 500;
  await tell('2022-04-28T22:00:00Z', seed);
  answer = 204;
  await tell('2022-05-22T22:00:00Z', seed);
  expect((await statusChanges.list(9)).map(({ state }) => state)).toEqual(['delivered', 'superseded']);
});

test("after three days it is an operator's turn", async () => {
  answer = 500;
  await tell('2022-04-28T22:00:00Z', seed);
  expect((await tell('2022-05-01T22:00:00Z', seed))?.state).toBe('given-up');
  await tell('2022-05-02T22:00:00Z', seed);
  expect(received).toHaveLength(2);
});

test('prolonging and withdrawing a freeze while it lasts are changes', async () => {
  await tell('2022-04-28T22:00:00Z', seed);
  const by = act('anna', instant('2022-05-10T10:00:00Z'));
  const longer = moved(seed, { reopenAt: '2022-05-30' }, by);
  expect((await tell('2022-05-10T10:00:00Z', longer))?.status.until).toBe('2022-05-29T22:00:00.000Z');
  const gone = withdrawn(longer, act('anna', instant('2022-05-11T10:00:00Z')));
  expect((await tell('2022-05-11T10:00:00Z', gone))?.status).toMatchObject({
    state: 'open',
    since: '2022-05-11T10:00:00.000Z',
  });
});

test('of two clocks at once, one tells', async () => {
  await Promise.all([tell('2022-04-28T22:00:00Z', seed), tell('2022-04-28T22:00:00Z', seed)]);
  expect(received).toHaveLength(1);
});

test('a clock that was held up does not take back what a later one has told', async () => {
  await tell('2022-04-28T21:59:58Z', seed);
  await tell('2022-04-28T22:00:01Z', seed);
  await tell('2022-04-28T21:59:59Z', seed);
  expect(received.map(({ body }) => (JSON.parse(body) as { data: { state: string } }).data.state)).toEqual([
    'open',
    'frozen',
  ]);
});

test('without a CMS, changes are recorded', async () => {
  await tellCms({ statusChanges, cms: undefined }, [seed], instant('2022-04-28T22:00:00Z'));
  expect(await statusChanges.latest()).toMatchObject({ state: 'pending', attempts: [] });
});

test('a key that is too short is refused', () => {
  expect(() => new CmsWebhook(new URL('https://cms.example'), Buffer.alloc(8))).toThrow(
    '8 bytes; give it 24 to 64',
  );
});

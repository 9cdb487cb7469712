import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mediaTypes, type FeedFormat } from '../../functions/articles/feed-directory.ts';
import { FileBucket } from '../../local/aws/file-bucket.ts';
import { serveObject } from '../../local/edge.ts';
import { close, listenOn } from '../../local/listen.ts';
import { FeedWorkshop } from '../support/feeds.ts';

// Readers that people use, and that share no code with us (`apt-get install newsboat python3-feedparser`), over HTTP.

const python = '/usr/bin/python3';
const has = {
  newsboat: spawnSync('newsboat', ['--version']).status === 0,
  feedparser: spawnSync(python, ['-c', 'import feedparser']).status === 0,
};
const testWith = (reader: keyof typeof has): jest.It => {
  if (has[reader]) return test;
  process.stderr.write(`${reader} is not installed: it is not tested as a reader.\n`);
  return test.skip;
};

const articles = 7;
const folder = mkdtempSync(join(tmpdir(), 'herold-readers-'));
const bucket = new FileBucket(join(folder, 'bucket'));
let workshop: FeedWorkshop;
let server: Server;
let origin: string;
/** Status of each answer, in order. */
let answers: number[];

beforeAll(async () => {
  workshop = await FeedWorkshop.make();
  for (let count = 0; count < articles; count++) await workshop.publish({ topics: ['familie'] });
  await workshop.deliver();
  server = createServer((request, response) => {
    response.on('finish', () => answers.push(response.statusCode));
    if (!serveObject(bucket, (request.url ?? '').slice(1), request, response)) response.writeHead(404).end();
  });
  origin = `http://127.0.0.1:${await listenOn(server, 0)}`;
});
beforeEach(async () => {
  answers = [];
  await serve(await workshop.everything());
});
afterAll(async () => {
  await close(server);
  rmSync(folder, { recursive: true });
});

async function serve(feeds: ReadonlyMap<string, string>): Promise<void> {
  for (const [key, text] of feeds) {
    const format = key.split('.').at(-1) as FeedFormat;
    const stored = await workshop.objects.head(key);
    bucket.put(key, Buffer.from(text), {
      contentType: `${mediaTypes[format]}; charset=utf-8`,
      metadata: stored?.metadata ?? {},
    });
  }
}

/** Runs a reader that knows nothing of this user, and no proxy. */
async function run(command: string, options: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' };
  return (await promisify(execFile)(command, options, { env })).stdout;
}

testWith('newsboat').each(['rss', 'atom'])(
  'newsboat subscribes to our %s, asks again for nothing, and finds nothing new after a move',
  async (format) => {
    const own = mkdtempSync(join(folder, 'newsboat-'));
    writeFileSync(join(own, 'urls'), `${origin}/feeds/familie.${format}\n`);
    writeFileSync(join(own, 'config'), 'download-retries 1\n');
    const files = ['-u', join(own, 'urls'), '-c', join(own, 'cache.db'), '-C', join(own, 'config')];
    const newsboat = (command: string) => run('newsboat', ['-q', ...files, '-x', command]);

    await newsboat('reload');
    expect(answers).toEqual([200]);
    expect(await newsboat('print-unread')).toContain(`${articles} unread`);

    // It keeps validators only of a feed that its cache knows already, so the first two fetches are whole.
    await newsboat('reload');
    await newsboat('reload');
    expect(answers).toEqual([200, 200, 304]);

    await serve(await workshop.madeAnew(new URL('https://neues-portal.example')));
    await newsboat('reload');
    expect(answers).toEqual([200, 200, 304, 200]);
    expect(await newsboat('print-unread')).toContain(`${articles} unread`);
  },
);

testWith('feedparser').each(['rss', 'atom'])(
  'feedparser reads our %s, and is spared it the second time, by tag and by date',
  async (format) => {
    const script =
      'import feedparser, json, sys\n' +
      'first = feedparser.parse(sys.argv[1])\n' +
      'by_tag = feedparser.parse(sys.argv[1], etag=first.etag)\n' +
      'by_date = feedparser.parse(sys.argv[1], modified=first.modified)\n' +
      'print(json.dumps([bool(first.bozo), len(first.entries), by_tag.status, by_date.status]))';
    const said = await run(python, ['-c', script, `${origin}/feeds/familie.${format}`]);
    expect(JSON.parse(said)).toEqual([false, articles, 304, 304]);
    expect(answers).toEqual([200, 304, 304]);
  },
);

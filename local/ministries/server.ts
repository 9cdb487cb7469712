import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { systemClock, Temporal } from '../../functions/platform/time.ts';
import { xmlText } from '../aws/endpoint.ts';
import { listenFrom } from '../listen.ts';
import { bodyHtml, feedDocument, topicLabel } from './feed-documents.ts';
import { illustration } from './illustration.ts';
import { laterReleasesOf, ministries, pageUrl, releasesAt, type Dated, type Ministry } from './ministry.ts';

export interface MinistriesProps {
  /** Tried first; the next free one otherwise. */
  port: number;
  /** The moment that all dates count from. */
  began: Temporal.Instant;
  /** Do new releases appear as time goes on? */
  goOn: boolean;
}

export interface Ministries {
  origin: string;
  port: number;
  server: Server;
  /** Addresses of all releases that are out now. */
  pages(): string[];
  /** Releases that come out after a moment, by the sources that will have them, soonest first. */
  comingAfter(moment: Temporal.Instant): { sourceId: string; at: Temporal.Instant }[];
}

/** Of the moody ministry's answers every fifth is 503, never the first. */
const moodyEvery = 5;

/** Plays five ministries: their feeds, the pages that these link to, and the pictures. */
export async function playMinistries({ port: wanted, began, goOn }: MinistriesProps): Promise<Ministries> {
  const asked = new Map<string, number>();
  const out = (ministry: Ministry): Dated[] => releasesAt(ministry, began, goOn ? systemClock.now() : began);
  const server = createServer((request, response) => {
    const [, id = '', kind = '', name = ''] = (request.url ?? '/').split('?', 1)[0]?.split('/') ?? [];
    const ministry = ministries.find((candidate) => candidate.id === id);
    const origin = `http://${request.headers.host ?? `127.0.0.1:${wanted}`}`;
    if (ministry === undefined) {
      if (id === '') sendPage(response, 'Die Ministerien', index(origin));
      else sendText(response, 404, 'Nicht gefunden');
      return;
    }
    const releases = out(ministry);
    const release = releases.find(({ slug }) => slug === name.replace(/\.svg$/, ''));
    if (kind === 'feed.xml') {
      const nth = (asked.get(id) ?? 0) + 1;
      asked.set(id, nth);
      if (ministry.character === 'moody' && nth % moodyEvery === 0) {
        response.setHeader('retry-after', '120');
        sendText(response, 503, 'Wartungsarbeiten. Bitte versuchen Sie es später erneut.');
      } else {
        sendFeed(ministry, releases, origin, request, response);
      }
    } else if (kind === '') {
      sendPage(response, ministry.office, listOf(ministry, releases, origin));
    } else if (release === undefined) {
      sendText(response, 404, 'Nicht gefunden');
    } else if (kind === 'bilder') {
      response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' });
      response.end(illustration(`${ministry.id}/${release.slug}`, release.topic));
    } else {
      sendPage(response, release.headline, article(ministry, release, origin));
    }
  });
  const port = await listenFrom(server, wanted);
  const origin = `http://127.0.0.1:${port}`;
  const pages = (): string[] =>
    ministries.flatMap((ministry) => out(ministry).map((release) => pageUrl(ministry, release, origin)));
  const comingAfter = (moment: Temporal.Instant): { sourceId: string; at: Temporal.Instant }[] =>
    ministries
      .flatMap((ministry) => laterReleasesOf(ministry, began).map((at) => ({ sourceId: ministry.id, at })))
      .filter(({ at }) => goOn && Temporal.Instant.compare(at, moment) > 0)
      .sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  return { port, origin, server, pages, comingAfter };
}

function sendFeed(
  ministry: Ministry,
  releases: readonly Dated[],
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { contentType, body } = feedDocument({ ministry, releases, origin });
  response.setHeader('content-type', contentType);
  if (ministry.character === 'moody') {
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    const newest = releases[0]?.publishedAt.epochMilliseconds ?? 0;
    response.setHeader('etag', etag);
    response.setHeader('last-modified', new Date(newest).toUTCString());
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
  }
  response.end(body);
}

const index = (origin: string): string =>
  `<ul>${ministries.map(({ id, office }) => `<li><a href="${origin}/${id}/">${xmlText(office)}</a></li>`).join('')}</ul>`;

const listOf = (ministry: Ministry, releases: readonly Dated[], origin: string): string =>
  `<p><a href="${origin}/${ministry.id}/feed.xml">RSS</a></p><ul>${releases
    .map(
      (release) =>
        `<li><a href="${pageUrl(ministry, release, origin)}">${xmlText(release.headline)}</a></li>`,
    )
    .join('')}</ul>`;

const article = (ministry: Ministry, release: Dated, origin: string): string =>
  `<p>${xmlText(topicLabel(release))}</p><p><strong>${xmlText(release.lead)}</strong></p>${bodyHtml(release, ministry, origin)}` +
  `<p><a href="${origin}/${ministry.id}/">Alle Pressemitteilungen</a></p>`;

function sendPage(response: ServerResponse, title: string, main: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${xmlText(title)}</title><style>:root{color-scheme:light dark}body{font:1.1rem/1.6 Georgia,serif;` +
      `max-width:40rem;margin:2rem auto;padding:0 1rem}img{width:100%}figure{margin:0}figcaption{font-size:.8rem}</style>` +
      `<h1>${xmlText(title)}</h1>${main}</html>`,
  );
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { Readable, pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { portal } from '../../config/portal.ts';
import type { Clock } from '../platform/time.ts';
import { maxFeedBytes } from './bounds.ts';
import { TooLarge } from './feed-errors.ts';
import type { HostPace } from './host-pace.ts';
import { checkAddress, ForbiddenAddress, isAllowed, publicLookup } from './source-address.ts';

/** What a source's server answered. Nothing that a server does is thrown. */
export type Fetched =
  | ({ outcome: 'body'; bytes: Uint8Array; contentType: string | undefined } & Answer)
  | ({ outcome: 'not-modified' } & Answer)
  /** 410: the source says that it is no more. */
  | { outcome: 'gone' }
  /** 429 or 503; `retryAfterSeconds` when the server said so. */
  | { outcome: 'busy'; reason: string; retryAfterSeconds: number | undefined }
  | { outcome: 'failed'; reason: string };

interface Answer {
  /** Where the body was found, after redirects. */
  url: string;
  /** The address to use from now on: every redirect on the way was permanent. */
  movedTo: string | undefined;
  /** Verbatim. */
  etag: string | undefined;
  lastModified: string | undefined;
  /** `Cache-Control: max-age`; `undefined` when there is none. */
  maxAgeSeconds: number | undefined;
  /** The server forbids to keep the answer, or says `Expires: 0`: its validators may be made up. */
  uncacheable: boolean;
}

/** As the server sent them with the body that was read last, verbatim. */
export interface Validators {
  etag?: string | undefined;
  lastModified?: string | undefined;
}

export interface FetchParts {
  clock: Clock;
  pace: HostPace;
  /** `host:port` pairs that may be fetched although they are private. */
  allowedHosts: ReadonlySet<string>;
  /** For the whole exchange: all redirects, and the body. */
  timeoutMs?: number;
}

const maxRedirects = 5;
const defaultTimeoutMs = 20_000;
const userAgent = `Herold/1.0 (+https://${portal.tagAuthority}/; ${portal.publisher.email})`;
const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1';

const maxHeaderBytes = 64_000;

/**
 * Fetches a source feed: politely (conditional, one request a second to a host), and within limits of time, size and
 * addresses, none of which the server can lift.
 */
export async function fetchFeed(
  parts: FetchParts,
  address: string,
  validators: Validators = {},
): Promise<Fetched> {
  let signal: AbortSignal | undefined;
  try {
    await standInLine(parts, new URL(address));
    signal = AbortSignal.timeout(parts.timeoutMs ?? defaultTimeoutMs);
    return await follow(parts, address, validators, signal);
  } catch (error) {
    if (signal?.aborted === true)
      return { outcome: 'failed', reason: 'the exchange took longer than allowed' };
    return { outcome: 'failed', reason: reasonOf(error) };
  }
}

/** Hosts that are allowed by name are our own, and need no mercy. */
async function standInLine({ allowedHosts, pace, clock }: FetchParts, url: URL): Promise<void> {
  if (isAllowed(url, allowedHosts)) return;
  const waitMs = await pace.take(url.host, clock.now());
  if (waitMs > 0) await sleep(waitMs);
}

async function follow(
  parts: FetchParts,
  address: string,
  validators: Validators,
  signal: AbortSignal,
): Promise<Fetched> {
  let url = new URL(address);
  let permanent = true;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    checkAddress(url, parts.allowedHosts);
    if (hops > 0) await standInLine(parts, url);
    const response = await get(url, {
      // Names are resolved to public addresses only, and connections made to those that were checked.
      ...(!isAllowed(url, parts.allowedHosts) && { lookup: publicLookup }),
      maxHeaderSize: maxHeaderBytes,
      // A connection that waits for the next poll would not outlive the sleep of a function.
      agent: false,
      signal,
      headers: {
        'user-agent': userAgent,
        accept,
        'accept-encoding': 'gzip, br, deflate',
        ...(validators.etag !== undefined && { 'if-none-match': validators.etag }),
        ...(validators.lastModified !== undefined && { 'if-modified-since': validators.lastModified }),
      },
    });
    const location = header(response, 'location');
    if ([301, 302, 303, 307, 308].includes(response.statusCode ?? 0) && location !== undefined) {
      response.destroy();
      if (!URL.canParse(location, url.href))
        return { outcome: 'failed', reason: `it redirects to ${location}` };
      permanent &&= response.statusCode === 301 || response.statusCode === 308;
      url = new URL(location, url);
      continue;
    }
    return await read(response, url, hops > 0 && permanent, parts.clock, signal);
  }
  return { outcome: 'failed', reason: `it redirects more than ${maxRedirects} times` };
}

/** One GET, by the rules of `node:http`: redirects are answers, and a body is as it was sent. */
const get = async (url: URL, options: RequestOptions): Promise<IncomingMessage> =>
  new Promise((answer, fail) => {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    request(url, options, answer).on('error', fail).end();
  });

async function read(
  response: IncomingMessage,
  url: URL,
  moved: boolean,
  clock: Clock,
  signal: AbortSignal,
): Promise<Fetched> {
  const { statusCode: status = 0 } = response;
  const answer: Answer = {
    url: url.href,
    movedTo: moved ? url.href : undefined,
    etag: header(response, 'etag'),
    lastModified: header(response, 'last-modified'),
    maxAgeSeconds: maxAgeOf(response),
    uncacheable: isUncacheable(response),
  };
  if (status === 200) {
    const bytes = await bodyOf(response, signal);
    return { outcome: 'body', bytes, contentType: header(response, 'content-type'), ...answer };
  }
  response.destroy();
  if (status === 304) return { outcome: 'not-modified', ...answer };
  if (status === 410) return { outcome: 'gone' };
  const reason = `HTTP ${status}`;
  if (status === 429 || status === 503) {
    return { outcome: 'busy', reason, retryAfterSeconds: retryAfterOf(response, clock) };
  }
  return { outcome: 'failed', reason };
}

/** The first of that name. */
const header = (response: IncomingMessage, name: string): string | undefined =>
  response.headersDistinct[name]?.[0];

function maxAgeOf(response: IncomingMessage): number | undefined {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(header(response, 'cache-control') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** A past date in `Expires` is a habit of Drupal, whose validators are sound; no date at all is nonsense. */
function isUncacheable(response: IncomingMessage): boolean {
  const expires = header(response, 'expires');
  const nonsense = expires !== undefined && Number.isNaN(Date.parse(expires.replace(/^-?\d+$/, '')));
  return nonsense || /\bno-store\b/i.test(header(response, 'cache-control') ?? '');
}

/** `Retry-After`: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(response: IncomingMessage, clock: Clock): number | undefined {
  const value = header(response, 'retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - clock.now().epochMilliseconds) / 1000));
}

/** The body, decompressed, up to {@link maxFeedBytes}. */
async function bodyOf(response: IncomingMessage, signal: AbortSignal): Promise<Uint8Array> {
  const encodings = (header(response, 'content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'identity')
    .toReversed();
  if (encodings.length > 2) throw new Error('the body is compressed more than twice');
  let stream: Readable = response;
  for (const encoding of encodings) stream = await decompressed(stream, encoding);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      size += chunk.length;
      if (size > maxFeedBytes) throw new TooLarge(maxFeedBytes);
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks, size);
}

async function decompressed(stream: Readable, encoding: string): Promise<Readable> {
  if (encoding === 'deflate') {
    // Some servers send the bare stream, some with zlib's header (RFC 1950): its first byte tells.
    const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    const first = await iterator.next();
    if (first.done === true) return Readable.from([]);
    const head = first.value;
    const whole = Readable.from(
      (async function* () {
        yield head;
        for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
          yield next.value;
      })(),
    );
    return through(whole, ((head[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw());
  }
  if (encoding === 'gzip' || encoding === 'x-gzip') return through(stream, createGunzip());
  if (encoding === 'br') return through(stream, createBrotliDecompress());
  throw new Error(`the body is in an encoding that was not asked for, ${encoding}`);
}

/** An error on either side ends the other, and reaches whoever reads. */
const through = (from: Readable, to: Transform): Readable =>
  pipeline(from, to, (error) => {
    if (error != null) to.destroy(error);
  });

/** What went wrong, without what differs each time. */
function reasonOf(error: unknown): string {
  if (error instanceof ForbiddenAddress || error instanceof TooLarge) return error.message;
  const cause = (error as Error).cause;
  if (cause instanceof ForbiddenAddress) return cause.message;
  const { code, message } = error as { code?: string; message: string };
  return code === undefined ? message : `${code}: ${message}`;
}

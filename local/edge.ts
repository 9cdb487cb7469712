import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { edgeKeyHeader } from '../functions/web/env.ts';
import type { BucketObject, FileBucket } from './aws/file-bucket.ts';

/** CloudFront compresses objects from this size on (bytes), by these types among others. */
const minCompressedBytes = 1000;
const compressible = /^(text\/|application\/([a-z]+\+)?(xml|json)|image\/svg)/;

/**
 * As at CloudFront: a name with an ending below `/feeds/` is an object. Everything else is a page, and so is an object that
 * is not there: its feed may have moved. Pages are asked for with the edge's key, whatever a reader sent in its place.
 */
export const edge =
  (
    feeds: FileBucket,
    pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
    key: string,
  ): RequestListener =>
  (request, response) => {
    const [, name] = /^\/(feeds\/[^?%]*\.[^?%/]+)(\?|$)/.exec(request.url ?? '') ?? [];
    if (name !== undefined && serveObject(feeds, name, request, response)) return;
    request.headers[edgeKeyHeader] = key;
    void pages(request, response);
  };

/**
 * Serves objects of a bucket as a CDN before S3 does: headers as stored, answers 304 to whoever has them already, and
 * compresses for those who can read it. Links and the date of the last change come from metadata, as in
 * `lib/edge-feed-headers.ts`.
 *
 * @returns false when there is no such object; nothing is answered then.
 */
export function serveObject(
  bucket: FileBucket,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const object = bucket.get(key);
  if (object === undefined) return false;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return true;
  }
  const encoding = encodingFor(object, request.headers['accept-encoding'] ?? '');
  response.setHeader('etag', encoding === undefined ? object.etag : `W/${object.etag}`);
  response.setHeader('last-modified', lastModified(object).toUTCString());
  const { link } = object.metadata;
  if (link !== undefined) response.setHeader('link', link);
  response.setHeader('vary', 'Accept-Encoding');
  if (object.cacheControl !== undefined) response.setHeader('cache-control', object.cacheControl);
  if (isFresh(object, request)) {
    response.writeHead(304).end();
    return true;
  }
  response.setHeader('content-type', object.contentType);
  const contentEncoding = encoding ?? object.contentEncoding;
  if (contentEncoding !== undefined) response.setHeader('content-encoding', contentEncoding);
  const body =
    encoding === 'br'
      ? brotliCompressSync(object.body)
      : encoding === 'gzip'
        ? gzipSync(object.body)
        : object.body;
  response.setHeader('content-length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}

/** Of the content where its writer says so, else of the object. */
function lastModified({ metadata, lastModified: written }: BucketObject): Date {
  const said = metadata['last-modified'];
  return said === undefined ? written : new Date(said);
}

function encodingFor(
  { contentType, contentEncoding, body }: BucketObject,
  accepted: string,
): 'br' | 'gzip' | undefined {
  if (contentEncoding !== undefined || body.length < minCompressedBytes || !compressible.test(contentType)) {
    return undefined;
  }
  const offers = accepted.split(',').map((offer) => offer.trim().toLowerCase());
  const takes = (name: string): boolean =>
    offers.some(
      (offer) => offer === name || (offer.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(offer)),
    );
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined;
}

/**
 * RFC 9110 §13: If-None-Match compares weakly and wins over If-Modified-Since. Proxies that compress mark the tag
 * (`"…-gzip"`, as Apache does) and send it back so; the object behind it is the same.
 */
function isFresh(object: BucketObject, { headers }: IncomingMessage): boolean {
  const { etag } = object;
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch
      .split(',')
      .map((tag) => tag.trim())
      .some((tag) => tag === '*' || tag.replace(/^W\//, '').replace(/(-gzip|-br|;gzip)"$/, '"') === etag);
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(lastModified(object).getTime() / 1000) * 1000 <= since;
}

import { randomUUID } from 'node:crypto';
import { AwsError, xmlText, type AwsRequest, type AwsResponse, type AwsService } from './endpoint.ts';
import type { BucketObject, FileBucket } from './file-bucket.ts';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const listLimit = 1000;

/** What Herold uses of Amazon S3 (REST, path style): objects put, got, deleted and listed, with conditions. */
export const s3Service =
  (buckets: Readonly<Record<string, FileBucket>>): AwsService =>
  (request) => {
    try {
      const [, bucketName = '', key = ''] = /^\/([^/]+)\/?(.*)$/s.exec(request.path) ?? [];
      const bucket = buckets[bucketName];
      if (bucket === undefined)
        throw new AwsError('NoSuchBucket', `There is no bucket "${bucketName}".`, 404);
      if (key === '') return list(bucket, bucketName, request);
      return onObject(bucket, decodeURIComponent(key), request);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return xml(
        error.status,
        `<Error><Code>${error.code}</Code><Message>${xmlText(error.message)}</Message>` +
          `<RequestId>${randomUUID()}</RequestId></Error>`,
      );
    }
  };

function onObject(bucket: FileBucket, key: string, { method, headers, body }: AwsRequest): AwsResponse {
  switch (method) {
    case 'PUT': {
      if (headers['content-encoding']?.includes('aws-chunked') === true) {
        throw new AwsError('NotImplemented', 'Streamed bodies are not taken here; give the body whole.', 501);
      }
      const result = bucket.put(
        key,
        body,
        {
          contentType: headers['content-type'] ?? 'binary/octet-stream',
          cacheControl: headers['cache-control'],
          contentEncoding: headers['content-encoding'],
          metadata: metadataOf(headers),
        },
        { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] },
      );
      if (result === 'precondition-failed') {
        // S3 says 404, not 412, where If-Match meets no object at all.
        if (headers['if-match'] !== undefined && bucket.get(key) === undefined) throw noSuchKey(key);
        throw new AwsError('PreconditionFailed', 'A condition that you gave does not hold.', 412);
      }
      return { status: 200, headers: { etag: result.etag } };
    }
    case 'GET':
    case 'HEAD': {
      const object = bucket.get(key);
      if (object === undefined) throw noSuchKey(key);
      if (headers['if-none-match'] === object.etag) return { status: 304, headers: { etag: object.etag } };
      return { status: 200, headers: objectHeaders(object), body: object.body };
    }
    case 'DELETE':
      bucket.delete(key);
      return { status: 204 };
    default:
      throw new AwsError('MethodNotAllowed', `${method} is not done here.`, 405);
  }
}

/** ListObjectsV2; the continuation token is the last key given. */
function list(bucket: FileBucket, name: string, { query }: AwsRequest): AwsResponse {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after');
  const limit = Math.min(Number(query.get('max-keys') ?? listLimit), listLimit);
  const keys = bucket
    .keys(prefix)
    .filter((key) => after === null || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
  const page = keys.slice(0, limit);
  const last = page.at(-1);
  const more = keys.length > page.length && last !== undefined;
  const contents = page.flatMap((key) => {
    const object = bucket.get(key);
    if (object === undefined) return [];
    const { etag, body, lastModified } = object;
    return `<Contents><Key>${xmlText(key)}</Key><LastModified>${lastModified.toISOString()}</LastModified><ETag>${xmlText(etag)}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  return xml(
    200,
    `<ListBucketResult xmlns="${namespace}"><Name>${name}</Name><Prefix>${xmlText(prefix)}</Prefix>` +
      `<KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${String(more)}</IsTruncated>` +
      `${more ? `<NextContinuationToken>${xmlText(last)}</NextContinuationToken>` : ''}${contents.join('')}</ListBucketResult>`,
  );
}

const noSuchKey = (key: string): AwsError => new AwsError('NoSuchKey', `There is no object "${key}".`, 404);

const metadataPrefix = 'x-amz-meta-';

const metadataOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(metadataPrefix) ? [[name.slice(metadataPrefix.length), value]] : [],
    ),
  );

const objectHeaders = (object: BucketObject): Record<string, string> => ({
  etag: object.etag,
  'last-modified': object.lastModified.toUTCString(),
  'content-type': object.contentType,
  'content-length': String(object.body.length),
  ...(object.cacheControl !== undefined && { 'cache-control': object.cacheControl }),
  ...(object.contentEncoding !== undefined && { 'content-encoding': object.contentEncoding }),
  ...Object.fromEntries(
    Object.entries(object.metadata).map(([name, value]) => [`${metadataPrefix}${name}`, value]),
  ),
});

const xml = (status: number, body: string): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDraft, isMissing, readIfThere, readJson, writeWhole } from '../files.ts';

export interface ObjectHeaders {
  contentType: string;
  cacheControl?: string;
  contentEncoding?: string;
  /** User metadata, keys in lower case. */
  metadata: Record<string, string>;
}

export interface BucketObject extends ObjectHeaders {
  key: string;
  body: Buffer;
  /** Quoted MD5 of the body, as S3 makes it for what is put in one piece. */
  etag: string;
  lastModified: Date;
}

export interface Condition {
  ifMatch?: string;
  ifNoneMatch?: string;
}

/**
 * A bucket as a folder in which every object is a plain file under its key.
 *
 * The headers of an object lie beside, under the MD5 of the body they belong to, and are written first: so the rename
 * of the body is the one moment at which a new object takes the place of the old.
 */
export class FileBucket {
  readonly #bodies: string;
  readonly #headers: string;

  constructor(folder: string) {
    this.#bodies = join(folder, 'objects');
    this.#headers = join(folder, 'headers');
    mkdirSync(this.#bodies, { recursive: true });
    mkdirSync(this.#headers, { recursive: true });
  }

  get(key: string): BucketObject | undefined {
    const path = this.#bodyPath(key);
    if (!isFile(path)) return undefined;
    const body = readIfThere(path);
    if (body === undefined) return undefined;
    const md5 = hexMd5(body);
    const headers = readJson(this.#headersPath(key, md5)) as ObjectHeaders | undefined;
    return {
      key,
      body,
      etag: `"${md5}"`,
      lastModified: statSync(path).mtime,
      ...(headers ?? { contentType: 'binary/octet-stream', metadata: {} }),
    };
  }

  /**
   * @returns the new ETag, or `precondition-failed` and nothing is written
   * @throws Error when a key is the folder of another, which files can't be
   */
  put(
    key: string,
    body: Uint8Array,
    headers: ObjectHeaders,
    condition: Condition = {},
  ): { etag: string } | 'precondition-failed' {
    const before = this.get(key);
    if (condition.ifNoneMatch === '*' && before !== undefined) return 'precondition-failed';
    if (condition.ifMatch !== undefined && before?.etag !== condition.ifMatch) return 'precondition-failed';
    const md5 = hexMd5(body);
    writeWhole(this.#headersPath(key, md5), JSON.stringify(headers));
    writeWhole(this.#bodyPath(key), body);
    if (before !== undefined && before.etag !== `"${md5}"`) {
      rmSync(this.#headersPath(key, before.etag.slice(1, -1)), { force: true });
    }
    return { etag: `"${md5}"` };
  }

  delete(key: string): void {
    const before = this.get(key);
    if (before === undefined) return;
    // Renamed first: a file that is half removed would be one without its headers.
    const gone = `${this.#bodyPath(key)}.unfinished`;
    renameSync(this.#bodyPath(key), gone);
    rmSync(gone);
    rmSync(this.#headersPath(key, before.etag.slice(1, -1)), { force: true });
  }

  /** Keys in the order of their UTF-8 bytes. */
  keys(prefix = ''): string[] {
    return [...walk(this.#bodies, '')]
      .filter((key) => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  #bodyPath(key: string): string {
    return join(this.#bodies, ...key.split('/').map(fileName));
  }

  #headersPath(key: string, md5: string): string {
    return join(this.#headers, `${hexMd5(Buffer.from(key))}-${md5}.json`);
  }
}

const hexMd5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** One segment of a key as a file name that can't leave the folder: `.`, `..` and empty segments are spelt out. */
const fileName = (segment: string): string =>
  segment === ''
    ? '%'
    : encodeURIComponent(segment).replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%2E'));

const segmentOf = (name: string): string => (name === '%' ? '' : decodeURIComponent(name));

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function* walk(folder: string, prefix: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (isDraft(entry.name)) continue;
    const key = `${prefix}${segmentOf(entry.name)}`;
    if (entry.isDirectory()) yield* walk(join(folder, entry.name), `${key}/`);
    else yield key;
  }
}

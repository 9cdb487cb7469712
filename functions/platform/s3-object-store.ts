import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  paginateListObjectsV2,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectStore, PutOptions, StoredObject } from './object-store.ts';

export class S3ObjectStore implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const object = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      if (object.Body === undefined) throw new Error(`S3 sent ${key} without a body`);
      return {
        body: await object.Body.transformToByteArray(),
        contentType: object.ContentType ?? 'application/octet-stream',
        etag: object.ETag ?? '',
        metadata: object.Metadata ?? {},
      };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async head(key: string): Promise<Omit<StoredObject, 'body'> | undefined> {
    try {
      const object = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return {
        contentType: object.ContentType ?? 'application/octet-stream',
        etag: object.ETag ?? '',
        metadata: object.Metadata ?? {},
      };
    } catch (error) {
      // An answer to HEAD has no body, so S3 can't say NoSuchKey.
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  async put(key: string, body: Uint8Array, options: PutOptions): Promise<'written' | 'precondition-failed'> {
    try {
      await this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          Body: body,
          ContentType: options.contentType,
          CacheControl: options.cacheControl,
          Metadata: options.metadata,
          IfNoneMatch: options.ifNoneMatch,
          IfMatch: options.ifMatch,
        }),
      );
      return 'written';
    } catch (error) {
      // 412: the condition does not hold. 409: another conditional write to the key was under way. 404: If-Match on
      // a key that is gone (Amazon S3 user guide, "Conditional writes").
      const conditional = options.ifMatch !== undefined || options.ifNoneMatch !== undefined;
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (conditional && (status === 412 || status === 409 || status === 404)) return 'precondition-failed';
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const page of paginateListObjectsV2(
      { client: this.#client },
      { Bucket: this.#bucket, Prefix: prefix },
    )) {
      keys.push(...(page.Contents ?? []).flatMap((object) => object.Key ?? []));
    }
    return keys;
  }
}

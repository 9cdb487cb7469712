import { crc32 } from 'node:zlib';
import type { ObjectStore, PutOptions, StoredObject } from './object-store.ts';
import { copyOf } from './copy.ts';

export class MemoryObjectStore implements ObjectStore {
  readonly #objects = new Map<string, StoredObject>();

  async get(key: string): Promise<StoredObject | undefined> {
    return this.#objects.get(key);
  }

  async head(key: string): Promise<Omit<StoredObject, 'body'> | undefined> {
    const object = this.#objects.get(key);
    if (object === undefined) return undefined;
    const { body: _body, ...head } = object;
    return head;
  }

  async put(key: string, body: Uint8Array, options: PutOptions): Promise<'written' | 'precondition-failed'> {
    const present = this.#objects.get(key);
    if (options.ifNoneMatch === '*' && present !== undefined) return 'precondition-failed';
    if (options.ifMatch !== undefined && present?.etag !== options.ifMatch) return 'precondition-failed';
    const etag = `"${crc32(body).toString(16)}-${body.length}"`;
    const { contentType, metadata } = options;
    this.#objects.set(key, copyOf({ body, contentType, etag, metadata: { ...metadata } }));
    return 'written';
  }

  async delete(key: string): Promise<void> {
    this.#objects.delete(key);
  }

  async list(prefix: string): Promise<string[]> {
    return [...this.#objects.keys()]
      .filter((key) => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }
}

/** Objects by key, as S3 keeps them. */
export interface ObjectStore {
  /** The object, or `undefined` when there is none. */
  get(key: string): Promise<StoredObject | undefined>;
  /** The same without its body. Sees every write that has been answered. */
  head(key: string): Promise<Omit<StoredObject, 'body'> | undefined>;
  /**
   * Writes an object. With `ifNoneMatch: '*'` only when the key is free, with `ifMatch` only over that ETag.
   *
   * @returns `'precondition-failed'` when the condition does not hold; nothing is written then.
   */
  put(key: string, body: Uint8Array, options: PutOptions): Promise<'written' | 'precondition-failed'>;
  delete(key: string): Promise<void>;
  /** Keys under a prefix, in the order of their UTF-8 bytes. */
  list(prefix: string): Promise<string[]>;
}

export interface StoredObject {
  body: Uint8Array;
  contentType: string;
  /** Quoted, as in HTTP. */
  etag: string;
  /** User metadata; keys in lower case, values ASCII (S3 limit: 2 KB in all). */
  metadata: Readonly<Record<string, string>>;
}

export interface PutOptions {
  contentType: string;
  cacheControl?: string;
  metadata?: Readonly<Record<string, string>>;
  ifNoneMatch?: '*';
  ifMatch?: string;
}

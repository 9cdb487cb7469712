import { S3Client } from '@aws-sdk/client-s3';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import type { ObjectStore } from '../../functions/platform/object-store.ts';
import { S3ObjectStore } from '../../functions/platform/s3-object-store.ts';
import { localAws } from '../support/local-aws.ts';

describe.each([
  ['in memory', async () => ({ store: new MemoryObjectStore(), stop: async (): Promise<void> => undefined })],
  [
    'S3',
    async () => {
      const aws = await localAws();
      return { store: new S3ObjectStore(new S3Client({ endpoint: aws.s3 }), 'bucket'), stop: aws.stop };
    },
  ],
])('ObjectStore, %s', (_name, open) => {
  let store: ObjectStore;
  let stop: () => Promise<unknown>;
  beforeEach(async () => {
    ({ store, stop } = await open());
  });
  afterEach(async () => {
    await stop();
  });

  const contentType = 'text/plain; charset=utf-8';
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  const textAt = async (key: string): Promise<string> =>
    Buffer.from((await store.get(key))?.body ?? []).toString();

  test('keeps an object with its content type and metadata', async () => {
    await store.put('feeds/größe.txt', bytes('Grüße'), { contentType, metadata: { revision: '7' } });
    expect(await store.get('feeds/größe.txt')).toMatchObject({ contentType, metadata: { revision: '7' } });
    expect(await textAt('feeds/größe.txt')).toBe('Grüße');
    expect(await store.get('feeds/none.txt')).toBeUndefined();
  });

  test('gives a quoted ETag that changes with the content', async () => {
    await store.put('key', bytes('1'), { contentType });
    const first = (await store.get('key'))?.etag;
    await store.put('key', bytes('2'), { contentType });
    expect(first).toMatch(/^".+"$/);
    expect((await store.get('key'))?.etag).not.toBe(first);
  });

  test('creates only where the key is free', async () => {
    const create = async (text: string) => store.put('key', bytes(text), { contentType, ifNoneMatch: '*' });
    expect(await create('1')).toBe('written');
    expect(await create('2')).toBe('precondition-failed');
    expect(await textAt('key')).toBe('1');
  });

  test('replaces only what it has seen', async () => {
    await store.put('key', bytes('1'), { contentType });
    const seen = (await store.get('key'))?.etag;
    const replace = async (text: string) => store.put('key', bytes(text), { contentType, ifMatch: seen });
    expect(await replace('2')).toBe('written');
    expect(await replace('3')).toBe('precondition-failed');
    expect(await textAt('key')).toBe('2');
    await store.delete('key');
    expect(await replace('4')).toBe('precondition-failed');
    expect(await store.get('key')).toBeUndefined();
  });

  test('lists keys under a prefix in the order of their bytes', async () => {
    for (const key of ['a/z', 'a/ö', 'b', 'a/B']) await store.put(key, bytes(key), { contentType });
    expect(await store.list('a/')).toEqual(['a/B', 'a/z', 'a/ö']);
  });

  test('deleting what is not there is no error', async () => {
    await expect(store.delete('none')).resolves.toBeUndefined();
  });
});

test('ObjectStore, S3, lists more keys than S3 gives in one answer', async () => {
  const aws = await localAws();
  const keys = Array.from({ length: 1001 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
  for (const key of keys) aws.bucket.put(key, Buffer.from(key), { contentType: 'text/plain', metadata: {} });
  expect(await new S3ObjectStore(new S3Client({ endpoint: aws.s3 }), 'bucket').list('many/')).toEqual(keys);
  await aws.stop();
});

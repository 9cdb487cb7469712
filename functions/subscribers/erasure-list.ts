import * as z from 'zod';
import type { ObjectStore } from '../platform/object-store.ts';

const prefix = 'erasures/';

/**
 * Who asked to be erased, by sid, and when. Kept apart from the subscribers table, so that a restored backup can be
 * made to forget them again.
 */
export class ErasureList {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** @param erasedAt ISO 8601 */
  async add(sid: string, erasedAt: string): Promise<void> {
    await this.#objects.put(`${prefix}${sid}.json`, Buffer.from(JSON.stringify({ erasedAt })), {
      contentType: 'application/json',
    });
  }

  async *all(): AsyncIterable<{ sid: string; erasedAt: string }> {
    const erasure = z.object({ erasedAt: z.iso.datetime() });
    for (const key of await this.#objects.list(prefix)) {
      const object = await this.#objects.get(key);
      if (object === undefined) continue;
      const { erasedAt } = erasure.parse(JSON.parse(Buffer.from(object.body).toString()));
      yield { sid: key.slice(prefix.length, -'.json'.length), erasedAt };
    }
  }
}

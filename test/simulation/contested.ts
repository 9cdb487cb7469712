import type { ObjectStore } from '../../functions/platform/object-store.ts';
import type { Weather } from './cloud.ts';
import type { Random } from './random.ts';

/**
 * Objects of which conditional writes may be refused though their condition holds: S3 answers 409 while another one to
 * the same key is under way.
 */
export const contested = (objects: ObjectStore, random: Random, weather: Weather): ObjectStore => ({
  get: (key) => objects.get(key),
  head: (key) => objects.head(key),
  put: async (key, body, options) => {
    const isConditional = options.ifMatch !== undefined || options.ifNoneMatch !== undefined;
    const rate = Math.max(weather.faultRate, weather.trouble?.faultRate ?? 0) / 4;
    return isConditional && random.chance(rate) ? 'precondition-failed' : objects.put(key, body, options);
  },
  delete: (key) => objects.delete(key),
  list: (prefix) => objects.list(prefix),
});

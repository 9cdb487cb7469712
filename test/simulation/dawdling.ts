import { setImmediate as turn } from 'node:timers/promises';
import { instead } from './instead.ts';
import { Random } from './random.ts';
import type { Stores } from './stores.ts';

/** Stores whose answers take some turns of the event loop each, as those that come over a network do. */
export function dawdling(stores: Stores, seed: number): Stores {
  const random = new Random('dawdling', seed);
  const dawdle = async (): Promise<void> => {
    for (let turns = random.between(0, 4); turns > 0; turns--) await turn();
  };
  const slow = <S extends object>(store: S): S =>
    instead(store, (_name, method) => (...args) => {
      const answer = method(...args);
      if (!(answer instanceof Promise)) return answer;
      return Promise.allSettled([answer, dawdle()]).then(() => answer as Promise<unknown>);
    });
  return new Proxy(stores, { get: (target, name) => slow(Reflect.get(target, name) as object) });
}

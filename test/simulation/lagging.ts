import type { Engine } from './engine.ts';
import { instead, methodOf } from './instead.ts';
import type { Random } from './random.ts';

/**
 * A store of whose reads some are eventually consistent: they may see it as it was moments ago. Its replica takes the
 * same writes in the same order, later.
 *
 * @param mayLag does this call, with these arguments, read without strong consistency?
 */
export function lagging<S extends object>(
  primary: S,
  replica: S,
  options: {
    engine: Engine;
    random: Random;
    writes: readonly (keyof S & string)[];
    mayLag: (method: string, args: readonly unknown[]) => boolean;
  },
): S {
  const { engine, random, writes, mayLag } = options;
  let caughtUpAtMs = 0;
  let chain: Promise<unknown> = Promise.resolve();
  return instead(primary, (method, onPrimary) => {
    const onReplica = methodOf(replica, method);
    if ((writes as readonly string[]).includes(method)) {
      return (...args) => {
        const lagMs = random.chance(0.05) ? random.between(500, 20_000) : random.between(5, 200);
        caughtUpAtMs = Math.max(caughtUpAtMs, engine.nowMs + lagMs);
        engine.at(caughtUpAtMs, () => {
          chain = chain.then(() => onReplica(...args));
        });
        return onPrimary(...args);
      };
    }
    return (...args) =>
      mayLag(method, args) && random.chance(0.5) ? onReplica(...args) : onPrimary(...args);
  });
}

import { AsyncLocalStorage } from 'node:async_hooks';

type Run = <R>(store: unknown, callback: () => R) => R;

/**
 * Keeps promises fast. hono/jsx renders within an `AsyncLocalStorage`, and before Node 24 the first use of one makes
 * every promise of the process three times as slow, for good. Here it is put away when a rendering has ended, which
 * changes nothing that a rendering can see.
 *
 * @returns puts everything back
 */
export function quickPromises(): () => void {
  const prototype = AsyncLocalStorage.prototype as unknown as { run: Run };
  const { run } = prototype;
  let under = 0;
  prototype.run = function <R>(this: AsyncLocalStorage<unknown>, store: unknown, callback: () => R): R {
    const ended = (): void => {
      under -= 1;
      if (under === 0) this.disable();
    };
    under += 1;
    let result: R;
    try {
      result = run.call(this, store, callback) as R;
    } catch (error) {
      ended();
      throw error;
    }
    if (result instanceof Promise) void result.then(ended, ended);
    else ended();
    return result;
  };
  return () => {
    prototype.run = run;
  };
}

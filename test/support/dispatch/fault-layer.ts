import { AsyncLocalStorage } from 'node:async_hooks';

/** How one call can go wrong. */
export const ways = [
  /** The connection breaks before the call arrives. */
  'before-call',
  /** It is carried out, and the answer never comes. */
  'before-answer',
  'throttled',
  'server-error',
  /** Carried out, and answered too late. */
  'timeout',
  /** The process dies before the call, with everything else it was doing. */
  'death',
  /** The process dies when the call has been carried out, before it could read the answer. */
  'death-before-answer',
] as const;
export type Way = (typeof ways)[number];

export class InjectedFault extends Error {
  override readonly name = 'InjectedFault';
}

/** One invocation of a function: what it does after its death has no effect. */
interface Worker {
  dead: boolean;
}

/**
 * Stands between the adapters and what they talk to. Counts their calls, and lets chosen ones go wrong.
 */
export class FaultLayer {
  /** Calls so far, by position: what each of them was. */
  readonly calls: string[] = [];
  readonly #faults: ReadonlyMap<number, Way>;
  readonly #workers = new AsyncLocalStorage<Worker>();

  constructor(faults: ReadonlyMap<number, Way> = new Map()) {
    this.#faults = faults;
  }

  /** Runs one invocation. Rejects when it fails or dies; nothing of it goes on afterwards. */
  async invoke(work: () => Promise<void>): Promise<void> {
    await this.#workers.run({ dead: false }, work);
  }

  /** The fault that the next call meets, if any; counts it. */
  next(name: string): Way | undefined {
    this.#assertAlive();
    this.calls.push(name);
    return this.#faults.get(this.calls.length - 1);
  }

  async around<T>(name: string, call: () => Promise<T>): Promise<T> {
    const way = this.next(name);
    const fault = (): InjectedFault => new InjectedFault(`${way ?? ''} at ${name}`);
    switch (way) {
      case undefined:
        return call();
      case 'before-call':
      case 'throttled':
      case 'server-error':
        throw fault();
      case 'before-answer':
      case 'timeout':
        await call();
        throw fault();
      case 'death':
        this.die();
        throw fault();
      case 'death-before-answer':
        await call();
        this.die();
        throw fault();
    }
  }

  die(): void {
    const worker = this.#workers.getStore();
    if (worker !== undefined) worker.dead = true;
  }

  /** A port whose every method is a call that can go wrong. */
  wrap<T extends object>(name: string, port: T): T {
    return new Proxy(port, {
      get: (target, property) => {
        const member: unknown = Reflect.get(target, property);
        if (typeof member !== 'function') return member;
        const method = member as (...values: unknown[]) => unknown;
        const label = `${name}.${String(property)}`;
        return (...values: unknown[]): unknown => {
          if (property === 'listShard') return this.#pages(label, method.apply(target, values));
          return this.around(label, () => Promise.resolve(method.apply(target, values)));
        };
      },
    });
  }

  async *#pages(label: string, pages: unknown): AsyncIterable<unknown> {
    for await (const page of pages as AsyncIterable<unknown>) {
      yield await this.around(label, () => Promise.resolve(page));
    }
  }

  #assertAlive(): void {
    if (this.#workers.getStore()?.dead === true) throw new InjectedFault('this process is dead');
  }
}

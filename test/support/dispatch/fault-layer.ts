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
  /** Before the call arrives, another process receives the same message, and handles it. */
  'overtaken',
  /** The process stands still before the call, for so long that others receive its message; then it goes on. */
  'stalled',
] as const;
export type Way = (typeof ways)[number];

export class InjectedFault extends Error {
  override readonly name = 'InjectedFault';
}

/** One process of a function. What it does after its death has no effect. */
export interface Process {
  dead: boolean;
  /** Calls that have not been answered. */
  underWay: number;
  /** While it stands still. */
  still?: Promise<void>;
  /** Has another process handle what this one handles now. */
  overtake(): Promise<void>;
  /** Lets so much time pass that others receive what this one handles now. */
  stall(): Promise<void>;
}

/** What the caller sees of a call that went wrong. */
type Failure<T> = (way: Way, name: string) => T;

const throws: Failure<never> = (way, name) => {
  throw new InjectedFault(`${way} at ${name}`);
};

/**
 * Stands between the processes and what they talk to. Counts their calls, and lets chosen ones go wrong.
 */
export class FaultLayer {
  /** Calls so far, by position: what each of them was. */
  readonly calls: string[] = [];
  readonly #faults: ReadonlyMap<number, Way>;

  constructor(faults: ReadonlyMap<number, Way> = new Map()) {
    this.#faults = faults;
  }

  /** Makes one call of a process, or lets it go wrong. */
  async around<T>(
    process: Process,
    name: string,
    call: () => T | Promise<T>,
    failure: Failure<T> = throws,
  ): Promise<T> {
    process.underWay += 1;
    try {
      if (process.still !== undefined) await process.still;
      return await this.#strike(process, name, call, failure);
    } finally {
      process.underWay -= 1;
    }
  }

  async #strike<T>(
    process: Process,
    name: string,
    call: () => T | Promise<T>,
    failure: Failure<T>,
  ): Promise<T> {
    assertAlive(process);
    const way = this.#faults.get(this.calls.push(name) - 1);
    switch (way) {
      case undefined:
        return call();
      case 'before-call':
      case 'throttled':
      case 'server-error':
        return failure(way, name);
      case 'before-answer':
      case 'timeout':
        await call();
        return failure(way, name);
      case 'death':
        process.dead = true;
        return throws(way, name);
      case 'death-before-answer':
        await call();
        process.dead = true;
        return throws(way, name);
      case 'overtaken':
        await process.overtake();
        return call();
      case 'stalled': {
        const still = process.stall();
        process.still = still;
        await still;
        if (process.still === still) delete process.still;
        return call();
      }
    }
  }

  /** A port whose every method is a call of a process that can go wrong. */
  wrap<T extends object>(process: Process, name: string, port: T): T {
    const methods = new Map<string | symbol, unknown>();
    return new Proxy(port, {
      get: (target, property) => {
        const known = methods.get(property);
        if (known !== undefined) return known;
        const member: unknown = Reflect.get(target, property);
        if (typeof member !== 'function') return member;
        const method = member as (...values: unknown[]) => unknown;
        const label = `${name}.${String(property)}`;
        const wrapped =
          property === 'listShard'
            ? (...values: unknown[]) => this.#pages(process, label, method.apply(target, values))
            : (...values: unknown[]) => this.around(process, label, () => method.apply(target, values));
        methods.set(property, wrapped);
        return wrapped;
      },
    });
  }

  async *#pages(process: Process, label: string, pages: unknown): AsyncIterable<unknown> {
    for await (const page of pages as AsyncIterable<unknown>) {
      yield await this.around(process, label, () => page);
    }
  }
}

function assertAlive(process: Process): void {
  if (process.dead) throw new InjectedFault('this process is dead');
}

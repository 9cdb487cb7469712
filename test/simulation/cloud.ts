import { pageSeconds } from '../../config/page-time.ts';
import { queues, type QueueName } from '../../config/queues.ts';
import type { Engine, Waiter } from './engine.ts';
import { minute, second } from './engine.ts';
import { instead } from './instead.ts';
import type { Random } from './random.ts';

/** How one call of a function to what lies outside it can go wrong. */
export const ways = [
  /** The connection breaks before the call arrives, or the service is throttled or down. */
  'before-call',
  /** It is carried out, and the answer never comes. */
  'lost-answer',
  /** It is carried out, the answer is lost, and the SDK carries it out again: what counts is the second answer. */
  'repeated',
  /** It takes so long that the function may run out of time. */
  'slow',
  /** The process dies before the call. */
  'death-before',
  /** The process dies when the call has been carried out. */
  'death-after',
] as const;
export type Way = (typeof ways)[number];

/**
 * Writes under a condition that the SDK repeats without an idempotency token: when the first answer is lost, the
 * second one says that the condition does not hold. Transactions carry a token (`ClientRequestToken`), and so don't.
 */
const repeatedBlindly = new Set([
  'runs.putManifest',
  'runs.finishBatch',
  'deliveries.claim',
  'deliveries.record',
  'deliveries.accept',
  'deliveries.expire',
  'paces.write',
  'announcements.create',
  'announcements.update',
  'statusChanges.create',
  'statusChanges.update',
  'sources.claimPoll',
  'claims.claim',
  'claims.settle',
  'limits.take',
  'feeds.put',
  'archive.put',
  'queue.send',
]);

/** What SES and a source's server do is their own affair: faults of theirs are values, not broken calls. */
const answersAlways = new Set(['mailer.send', 'http.fetch']);

export class Broken extends Error {
  override readonly name = 'Broken';
}

export interface Weather {
  /** Probability that a call goes wrong at this moment. */
  faultRate: number;
  /** One port, as `feeds.`, that goes wrong more often, and in which ways. */
  trouble?: { port: string; faultRate: number; ways: readonly Way[] } | undefined;
}

/** Counted by what happened: faults injected, invocations that died or ran out of time. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

interface Invocation extends Waiter {
  instance: Instance;
  died: (how: 'died' | 'timed-out') => void;
}

/** One execution environment: handles one invocation at a time, keeps what it has in memory, and may die. */
export class Instance {
  readonly #cloud: Cloud;
  readonly #random: Random;
  /** The last one stays when the process died of it. */
  invocation: Invocation | undefined;

  constructor(cloud: Cloud, random: Random) {
    this.#cloud = cloud;
    this.#random = random;
  }

  /** A port whose every method is a call that takes time, and that can go wrong. */
  port<P extends object>(name: string, port: P): P {
    return instead(port, (method, call) => {
      const label = `${name}.${method}`;
      return method === 'listShard' || method === 'all'
        ? (...args) => this.#pages(label, call(...args) as AsyncIterable<unknown>)
        : (...args) => this.#around(label, () => call(...args) as Promise<unknown>);
    });
  }

  sleep(ms: number): Promise<void> {
    const invocation = this.#alive();
    return invocation === undefined ? never() : this.#cloud.engine.sleep(ms, invocation);
  }

  /** Whoever died never goes on, and whoever has answered has nothing to go on with. */
  #alive(): Invocation | undefined {
    if (this.invocation === undefined) this.#cloud.onLeft('a function that has answered goes on');
    return this.invocation?.isOver === false ? this.invocation : undefined;
  }

  #around<T>(label: string, call: () => Promise<T>): Promise<T> {
    const { engine } = this.#cloud;
    const invocation = this.#alive();
    if (invocation === undefined) return never();
    return engine.sleep(this.#random.between(1, 15), invocation).then(() => {
      const way = this.#wayOf(label);
      return way === undefined ? engine.real(call()) : this.#wrong(way, label, call, invocation);
    });
  }

  /** How a call goes wrong, if it does. */
  #wayOf(label: string): Way | undefined {
    const { trouble, faultRate } = this.#cloud.weather;
    const random = this.#random;
    const isTroubled =
      trouble !== undefined && label.startsWith(trouble.port) && random.chance(trouble.faultRate);
    const usual = random.chance(faultRate) ? random.pick(ways) : undefined;
    const way = isTroubled ? random.pick(trouble.ways) : usual;
    const isAnswered = way === 'before-call' || way === 'lost-answer' || way === 'repeated';
    return isAnswered && answersAlways.has(label) ? undefined : way;
  }

  async #wrong<T>(way: Way, label: string, call: () => Promise<T>, invocation: Invocation): Promise<T> {
    const { engine, tally } = this.#cloud;
    const random = this.#random;
    tally.add(`call ${way}`);
    // Node looks for rejections that nobody handles between turns of its event loop, which virtual time else does without.
    setImmediate(() => undefined);
    switch (way) {
      case 'before-call':
        throw new Broken(`${label}: no connection`);
      case 'lost-answer':
        await engine.real(call());
        throw new Broken(`${label}: no answer`);
      case 'repeated':
        if (!repeatedBlindly.has(label)) return engine.real(call());
        await engine.real(call());
        await engine.sleep(random.between(100, 2000), invocation);
        return engine.real(call());
      case 'slow':
        await engine.sleep(random.between(2 * second, 40 * second), invocation);
        return engine.real(call());
      case 'death-before':
        this.#cloud.kill(invocation, 'died');
        return never();
      case 'death-after':
        await engine.real(call());
        this.#cloud.kill(invocation, 'died');
        return never();
    }
  }

  async *#pages(label: string, pages: AsyncIterable<unknown>): AsyncIterable<unknown> {
    const iterator = pages[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.#around(label, () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  }
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export interface FunctionDefinition<E, R> {
  name: string;
  timeoutMs: number;
  /** Builds the parts of a new instance, as the module of a handler does when it loads. */
  start: (instance: Instance) => (event: E, context: InvocationContext) => Promise<R>;
}

export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** How an invocation ended; what the service that made it is told. */
export type Ended<R> =
  { how: 'done'; result: R } | { how: 'failed'; error: unknown } | { how: 'died' | 'timed-out' };

interface Deployed {
  warm: { instance: Instance; handler: (event: never, context: InvocationContext) => Promise<unknown> }[];
}

/** Lambda: instances that come, are used again, die and are replaced. */
export class Cloud {
  readonly engine: Engine;
  readonly tally: Tally;
  readonly weather: Weather;
  /** Told when a function has answered with something under way: Lambda would let it go on in a later invocation. */
  onLeft: (what: string) => void = () => undefined;
  readonly #random: Random;
  readonly #deployed = new Map<string, Deployed>();
  /** Raised by each deployment. */
  #generation = 0;

  constructor(engine: Engine, random: Random, tally: Tally, weather: Weather) {
    this.engine = engine;
    this.#random = random;
    this.tally = tally;
    this.weather = weather;
  }

  /** Starts one invocation; `ended` is called at its end, whatever that is. */
  invoke<E, R>(of: FunctionDefinition<E, R>, event: E, ended: (how: Ended<R>) => void): void {
    const { engine } = this;
    const deployed = this.#deployedOf(of);
    const generation = this.#generation;
    const environment = deployed.warm.pop() ?? this.#cold(of);
    const { instance } = environment;
    const endsAtMs = engine.nowMs + of.timeoutMs;
    let over = false;
    const finish = (how: Ended<R>): void => {
      if (over) return;
      over = true;
      callOffTimeout();
      if (how.how === 'done' || how.how === 'failed') {
        instance.invocation = undefined;
        if (invocation.waits > 0) this.onLeft(`${of.name} ${how.how}, ${invocation.waits} under way`);
        else if (generation === this.#generation) deployed.warm.push(environment);
      }
      engine.after(1, () => ended(how));
    };
    const invocation: Invocation = {
      name: of.name,
      instance,
      isOver: false,
      waits: 0,
      died: (how) => finish({ how }),
    };
    instance.invocation = invocation;
    const callOffTimeout = engine.at(endsAtMs, () => {
      if (!invocation.isOver) this.kill(invocation, 'timed-out');
    });
    const context = { getRemainingTimeInMillis: () => endsAtMs - engine.nowMs };
    engine
      .live(invocation, () =>
        (environment.handler as (event: E, context: InvocationContext) => Promise<R>)(event, context),
      )
      .then(
        (result) => finish({ how: 'done', result }),
        (error: unknown) => finish({ how: 'failed', error }),
      );
  }

  kill(invocation: Invocation, how: 'died' | 'timed-out'): void {
    this.tally.add(how === 'died' ? 'invocations that died' : 'invocations that ran out of time');
    this.engine.end(invocation);
    invocation.died(how);
  }

  /** New instances for everything that is invoked from now on. */
  deploy(): void {
    this.#generation += 1;
    for (const deployed of this.#deployed.values()) deployed.warm = [];
  }

  #deployedOf<E, R>(of: FunctionDefinition<E, R>): Deployed {
    let deployed = this.#deployed.get(of.name);
    if (deployed === undefined) {
      deployed = { warm: [] };
      this.#deployed.set(of.name, deployed);
    }
    return deployed;
  }

  #cold<E, R>(of: FunctionDefinition<E, R>): Deployed['warm'][number] {
    const instance = new Instance(this, this.#random);
    return { instance, handler: of.start(instance) };
  }
}

/** As `lib/` deploys them: consumers of queues have a sixth of the visibility timeout. */
const consumerTimeout = (queue: QueueName): number => (queues[queue].visibilityTimeoutSeconds / 6) * second;

export const functionTimeouts = {
  clock: 50 * second,
  health: 50 * second,
  ingest: consumerTimeout('ingest'),
  plan: consumerTimeout('plan'),
  deliver: consumerTimeout('deliver'),
  feedback: consumerTimeout('feedback'),
  transactional: consumerTimeout('transactional'),
  syndicate: 2 * minute,
  // An operator's command line.
  rebuild: 60 * minute,
  web: pageSeconds * second,
} as const;

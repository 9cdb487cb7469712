import fc from 'fast-check';
import { Temporal, type Clock } from '../../../functions/platform/time.ts';
import { MemoryPace } from '../../../functions/runs/memory-pace.ts';
import { bulkShare, setCeiling, slowDown, Turns, type PaceStore } from '../../../functions/runs/pace.ts';
import { busiestSecond } from '../../support/dispatch/busiest-second.ts';

/** A stall that everyone feels, every so often; all in milliseconds. */
interface Noise {
  everyMs: number;
  upToMs: number;
}

/** Workers on a machine of virtual time, which at times gives none of them its processor. */
class Machine implements Clock {
  nowMs = 1_795_500_000_000;
  #sleepers: { wakesMs: number; wake: () => void }[] = [];
  #stallsAtMs = this.nowMs;
  readonly #noise: Noise;
  readonly #random: () => number;

  constructor(noise: Noise, random: () => number) {
    this.#noise = noise;
    this.#random = random;
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(this.nowMs));
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ wakesMs: this.nowMs + ms, wake }));
  }

  /** Lets time pass until all work is done. */
  async run(work: readonly Promise<void>[]): Promise<void> {
    const state = { isDone: false };
    const done = Promise.all(work).finally(() => (state.isDone = true));
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (state.isDone) break;
      this.#sleepers.sort((one, other) => one.wakesMs - other.wakesMs);
      const next = this.#sleepers.shift();
      if (next === undefined) throw new Error('Everyone waits for nobody');
      this.nowMs = Math.max(this.nowMs, next.wakesMs);
      if (this.nowMs >= this.#stallsAtMs) {
        this.nowMs += this.#random() * this.#noise.upToMs;
        this.#stallsAtMs = this.nowMs + this.#random() * 2 * this.#noise.everyMs;
      }
      next.wake();
    }
    await done;
  }
}

interface Sending {
  perSecond: number;
  workers: number;
  mails: number;
  /** Of each call to the store, at the most; milliseconds. */
  latencyMs: number;
  noise: Noise;
  seed: number;
}

/** @returns when each mail went out, epoch milliseconds */
async function sent({ perSecond, workers, mails, latencyMs, noise, seed }: Sending): Promise<number[]> {
  const random = randomFrom(seed);
  const machine = new Machine(noise, random);
  const store = new MemoryPace();
  const latency = (): Promise<void> => machine.sleep(random() * latencyMs);
  const paces: PaceStore = {
    read: async () => {
      await latency();
      return store.read();
    },
    write: async (pace) => {
      await latency();
      const written = await store.write(pace);
      await latency();
      return written;
    },
  };
  await setCeiling(store, perSecond / bulkShare, machine.nowMs);
  const times: number[] = [];
  let left = mails;
  const work = async (): Promise<void> => {
    while (left > 0) {
      const batch = Math.min(left, 50);
      left -= batch;
      await machine.sleep(random() * 100); // It reads and claims.
      const turns = new Turns({ paces, clock: machine, sleep: (ms) => machine.sleep(ms) }, batch);
      for (let mail = 0; mail < batch; mail++) {
        await turns.next();
        times.push(machine.nowMs);
      }
    }
  };
  await machine.run(Array.from({ length: workers }, work));
  return times;
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test('no second sees more mails than the rate allows, whatever keeps workers from their places', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        perSecond: fc.constantFrom(0.85, 11.9, 85, 850),
        workers: fc.integer({ min: 1, max: 8 }),
        mails: fc.constant(1200),
        latencyMs: fc.integer({ min: 0, max: 30 }),
        noise: fc.record({
          everyMs: fc.integer({ min: 20, max: 1000 }),
          upToMs: fc.integer({ min: 0, max: 300 }),
        }),
        seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      }),
      async (sending) => {
        const times = await sent(sending);
        expect(times).toHaveLength(sending.mails);
        expect(busiestSecond(times)).toBeLessThanOrEqual(Math.ceil(sending.perSecond));
      },
    ),
    { numRuns: 12 },
  );
}, 60_000);

test.each([
  ['a quiet machine', 850, { everyMs: 1000, upToMs: 0 }],
  ['a noisy machine', 850, { everyMs: 250, upToMs: 30 }],
  ['a small account', 11.9, { everyMs: 1000, upToMs: 20 }],
])('%s holds the rate', async (_name, perSecond, noise) => {
  const times = await sent({ perSecond, workers: 4, mails: 8000, latencyMs: 4, noise, seed: 6 });
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  expect(times.length / seconds / perSecond).toBeGreaterThan(0.95);
});

test('a rate error slows the timeline to three quarters, once for all that tell of it, and calm brings it back', async () => {
  const store = new MemoryPace();
  await setCeiling(store, 100 / bulkShare, 0);
  await slowDown(store, 1000);
  await slowDown(store, 1500);
  expect(await store.read()).toMatchObject({ perSecond: 75, reservedUntilMs: 2000, ceiling: 100 });
  const machine = new Machine({ everyMs: 1, upToMs: 0 }, () => 0);
  for (const expected of [82.5, 90.75, 99.825, 100, 100]) {
    machine.nowMs += 10_000;
    const turns = new Turns({ paces: store, clock: machine, sleep: (ms) => machine.sleep(ms) }, 1);
    await machine.run([turns.next()]);
    expect((await store.read())?.perSecond).toBeCloseTo(expected);
  }
});

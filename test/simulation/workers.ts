import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Job, Lived } from './worker.ts';

/**
 * Lives through stories on all cores.
 *
 * @param next the next story, `undefined` when there is none (any more)
 * @param lived told of each as it ends
 */
export async function onAllCores(next: () => Job | undefined, lived: (one: Lived) => void): Promise<void> {
  const cores = availableParallelism();
  await Promise.all(
    Array.from({ length: cores }, async () => {
      let worker: ChildProcess | undefined;
      for (let job = next(); job !== undefined; job = next()) {
        worker ??= start();
        lived(await run(worker, job));
      }
      worker?.disconnect();
    }),
  );
}

/** Much code, each part of it called seldom: most of the time was the compiler's, and a good deal the collector's. */
const execArgv = [
  '--max-semi-space-size=64',
  '--always-sparkplug',
  '--interrupt-budget=1000000',
  '--import',
  'tsx',
];

const start = (): ChildProcess =>
  fork(fileURLToPath(new URL('worker.ts', import.meta.url)), ['--worker'], { execArgv });

const run = (worker: ChildProcess, job: Job): Promise<Lived> =>
  new Promise((resolve, reject) => {
    const failed = (code: number | null): void =>
      reject(new Error(`the worker of seed ${job.seed} ended with ${code ?? 0}`));
    worker.once('exit', failed);
    worker.once('message', (lived) => {
      worker.off('exit', failed);
      resolve(lived as Lived);
    });
    worker.send(job);
  });

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Job, Lived } from './worker.ts';

/**
 * Lives through stories on all cores.
 *
 * @param next the next story, `undefined` when there is none (any more)
 * @param lived told of each as it ends
 */
export async function onAllCores(next: () => Job | undefined, lived: (one: Lived) => void): Promise<void> {
  const cores = availableParallelism();
  const folder = await mkdtemp(join(tmpdir(), 'herold-simulation-'));
  try {
    const code = await bundled(folder);
    await Promise.all(
      Array.from({ length: cores }, async () => {
        let worker: ChildProcess | undefined;
        for (let job = next(); job !== undefined; job = next()) {
          worker ??= fork(code, ['--worker'], { execArgv });
          lived(await run(worker, job));
        }
        worker?.disconnect();
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A collector with room to wait, and without threads that wait for each other. */
const execArgv = ['--enable-source-maps', '--max-semi-space-size=128', '--single-threaded-gc'];

/** One file, as functions are deployed: what compiles modules as they are loaded makes every closure and import slower. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    // CommonJS packages ask for `require`, which ES modules do not have.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return outfile;
}

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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const hostFile = z.object({
  pid: z.int(),
  url: z.url(),
  environment: z.record(z.string(), z.string()),
});

export class NoTarget extends Error {
  override readonly name = 'NoTarget';
}

/**
 * Points this process at the Herold that a command works on: sets the environment variables that its functions have
 * there (tables, queues, buckets, endpoints), so that commands use the same adapters as the functions.
 *
 * @param folder data folder of the local host, `.herold` unless it was started with `--data`
 * @throws NoTarget saying how to start one when none is running
 */
export function useLocalHost(folder = '.herold'): void {
  const file = join(folder, 'host.json');
  let host: z.infer<typeof hostFile>;
  try {
    host = hostFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    process.kill(host.pid, 0);
  } catch (cause) {
    throw new NoTarget(
      `No Herold runs on ${folder}. Start one with "npm start", or name a stage with --stage.`,
      { cause },
    );
  }
  Object.assign(process.env, host.environment);
}

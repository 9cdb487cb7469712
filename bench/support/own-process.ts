import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Calls an exported function of a module in a process of its own, so that its memory can be told from that of others.
 *
 * @param argument goes there, and the result comes back, as JSON
 * @param heapMiB of V8, as a function's memory would set it; V8 lets garbage lie as long as there is room
 */
export async function inOwnProcess<T>(
  moduleUrl: string,
  name: string,
  argument: unknown,
  heapMiB: number,
): Promise<T> {
  const script = `import(${JSON.stringify(moduleUrl)}).then(async (module) => process.stdout.write(JSON.stringify(await module[${JSON.stringify(name)}](${JSON.stringify(argument)}))))`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=8', '--import', 'tsx', '--eval', script],
    { maxBuffer: 10_000_000 },
  );
  return JSON.parse(stdout) as T;
}

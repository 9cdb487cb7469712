import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const unfinished = '.unfinished';

/**
 * Writes a file that is there whole or not at all, also when the process is killed meanwhile.
 *
 * Synchronous, as all of the local stores: with one thread, a check and the write after it are then one step.
 * Not flushed to disk: it outlives the process, not a power cut.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}${unfinished}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

/** A draft that a killed process left behind; no reader counts it. */
export const isDraft = (name: string): boolean => name.endsWith(unfinished);

/** The file, or `undefined` when there is none. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The JSON value in a file that we wrote ourselves, or `undefined` when there is none. */
export function readJson(path: string): unknown {
  const text = readIfThere(path)?.toString();
  return text === undefined ? undefined : JSON.parse(text);
}

export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere, readJson, writeWhole } from './files.ts';

const lockName = 'lock';
const memoryPrefix = 'herold-memory-';
/** A host whose npm was killed notices it within a second; a start right after waits for it. */
const lockPatienceMs = 10_000;

/** Everything that lies in a data folder. `--fresh` removes these and nothing else, whatever `--data` names. */
const contents = {
  database: 'dynamodb.sqlite',
  queues: 'queues',
  outbox: 'outbox',
  s3: 's3',
  keyring: 'keyring.json',
  stream: 'stream.json',
  clock: 'clock.json',
  ports: 'ports.json',
  ministries: 'ministries.json',
  log: 'log.jsonl',
  host: 'host.json',
} as const;

export interface DataFolder {
  path(of: keyof typeof contents): string;
  /** A small value kept between runs, or what `make` gives when there is none yet. */
  remembered<T>(of: keyof typeof contents, make: () => T): T;
  remember(of: keyof typeof contents, value: unknown): void;
  release(): void;
}

/**
 * Takes a data folder for this process alone.
 *
 * @param fresh removes what earlier runs left in it
 * @throws Error when another host is at work in it and does not stop within ten seconds
 */
export async function takeDataFolder(where: string, fresh: boolean): Promise<DataFolder> {
  const folder = resolve(where);
  mkdirSync(folder, { recursive: true });
  await lock(folder);
  if (fresh) {
    for (const name of readdirSync(folder)) {
      // SQLite keeps its journal beside the database.
      const ours = Object.values(contents).some((known) => name === known || name.startsWith(`${known}-`));
      if (ours) rmSync(join(folder, name), { recursive: true });
    }
  }
  return folderAt(folder, () => rmSync(join(folder, lockName), { force: true }));
}

/** A data folder that is gone when it is released. What killed processes left of theirs is removed now. */
export function takeMemoryFolder(): DataFolder {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${memoryPrefix}(\\d+)-`).exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  const folder = mkdtempSync(join(tmpdir(), `${memoryPrefix}${process.pid}-`));
  return folderAt(folder, () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}

function folderAt(folder: string, release: () => void): DataFolder {
  const path = (of: keyof typeof contents): string => join(folder, contents[of]);
  const remember = (of: keyof typeof contents, value: unknown): void =>
    writeWhole(path(of), JSON.stringify(value));
  return {
    path,
    remember,
    remembered: <T>(of: keyof typeof contents, make: () => T): T => {
      const known = readJson(path(of)) as T | undefined;
      if (known !== undefined) return known;
      const value = make();
      remember(of, value);
      return value;
    },
    release,
  };
}

async function lock(folder: string): Promise<void> {
  const file = join(folder, lockName);
  const giveUpAt = performance.now() + lockPatienceMs;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(readIfThere(file)?.toString() ?? 0);
    if (!isAlive(holder)) {
      rmSync(file, { force: true });
    } else if (performance.now() > giveUpAt) {
      throw new Error(
        `Process ${holder} is at work in ${folder}. Stop it, or name another folder with --data. ` +
          `If that process is no Herold, remove ${file}.`,
      );
    } else {
      await sleep(100);
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

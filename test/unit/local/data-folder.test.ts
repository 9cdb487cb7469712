import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { takeDataFolder, takeMemoryFolder } from '../../../local/data-folder.ts';

const where = mkdtempSync(join(tmpdir(), 'herold-folder-'));
afterAll(() => rmSync(where, { recursive: true }));

test('remembers values between runs, until one begins afresh', async () => {
  const value = (folder: Awaited<ReturnType<typeof takeDataFolder>>, made: number): number =>
    folder.remembered('clock', () => made);
  const first = await takeDataFolder(where, false);
  expect(value(first, 1)).toBe(1);
  first.release();
  const second = await takeDataFolder(where, false);
  expect(value(second, 2)).toBe(1);
  second.release();
  const third = await takeDataFolder(where, true);
  expect(value(third, 3)).toBe(3);
  third.release();
});

test('beginning afresh removes nothing that is not Herold’s', async () => {
  writeFileSync(join(where, 'thesis.odt'), 'years of work');
  (await takeDataFolder(where, true)).release();
  expect(existsSync(join(where, 'thesis.odt'))).toBe(true);
});

test('takes the lock of a process that is dead', async () => {
  writeFileSync(join(where, 'lock'), '999999999');
  const folder = await takeDataFolder(where, false);
  expect(existsSync(join(where, 'lock'))).toBe(true);
  folder.release();
  expect(existsSync(join(where, 'lock'))).toBe(false);
});

test('waits for a process that is about to end, and takes over', async () => {
  writeFileSync(join(where, 'lock'), String(process.ppid));
  setTimeout(() => rmSync(join(where, 'lock')), 300);
  (await takeDataFolder(where, false)).release();
});

test('keeps nothing in memory mode', () => {
  const folder = takeMemoryFolder();
  folder.remember('clock', 1);
  const path = dirname(folder.path('clock'));
  expect(existsSync(path)).toBe(true);
  folder.release();
  expect(existsSync(path)).toBe(false);
});

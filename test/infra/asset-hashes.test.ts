import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

// What differs from folder to folder would be deployed anew by whoever deploys from another one.
test('two checkouts in different folders make the same bundle', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'herold-checkouts-'));
  try {
    const checkouts = ['one', 'two/of/another-depth'].map((name) => join(folder, name));
    for (const checkout of checkouts) {
      mkdirSync(checkout, { recursive: true });
      for (const part of [
        'config',
        'functions',
        'lib',
        'package.json',
        'package-lock.json',
        'tsconfig.json',
      ]) {
        cpSync(part, join(checkout, part), { recursive: true });
      }
      symlinkSync(resolve('node_modules'), join(checkout, 'node_modules'));
    }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'test/support/asset-hashes.ts', ...checkouts],
      { env: { PATH: process.env['PATH'] } },
    );
    const [one, two] = [...stdout.matchAll(/asset\.[\da-f]{64}/g)].map(String);
    expect(one).toBeDefined();
    expect(two).toBe(one);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Compares a text with the file that a person has read and found good. `UPDATE_GOLDEN=1` writes the files; read the
 * difference before committing it.
 *
 * @param path below `test/golden/`
 */
export function expectGolden(path: string, actual: string): void {
  const file = `test/golden/${path}`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  expect(actual).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `(there is no ${file})`);
}

import { spawnSync } from 'node:child_process';

/** Exit code, and all that it says. */
function run(file: string, ...line: string[]): [code: number | null, says: string] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', file, ...line], {
    encoding: 'utf8',
  });
  return [status, stdout + stderr];
}

test.each([
  ['bin/cost.ts', ['--help'], 0, /--feed-requests <number>.*of feed readers/],
  ['bin/cost.ts', ['--subscribers', 'many'], 2, /--subscribers.*'many'.*whole number/],
  ['bin/cost.ts', ['--plan', 'pro'], 2, /Allowed choices are a-la-carte, essentials/],
  ['bin/stage.ts', ['deploy'], 2, /'--stage <name>' not specified/],
  ['bin/stage.ts', ['deploy', '--stage', 'dev'], 2, /dev.account is 111111111111, an example/],
  ['bin/stage.ts', ['diff', '--stage', 'test'], 2, /Allowed choices are dev, prod/],
])('%s %j ends with %i, and says why', (file, line, code, says) => {
  const [ended, said] = run(file, ...line);
  expect(said).toMatch(says);
  expect(said).not.toMatch(/\n {4}at /);
  expect(ended).toBe(code);
});

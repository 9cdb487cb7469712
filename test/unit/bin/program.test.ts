import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { heroldProgram, pathOf } from '../../../bin/commands/program.ts';

const program = heroldProgram();
const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const commands = all(program);

/** Those of a command, and of the ones above it. */
function optionsOf(command: Command): string[] {
  const own = command.options.flatMap(({ long }) => long ?? []);
  return command.parent === null ? [...own, '--help'] : [...own, ...optionsOf(command.parent)];
}

test('every command speaks JSON to scripts', () => {
  const silent = commands
    .filter((command) => command.commands.length === 0 && pathOf(command) !== 'completion')
    .filter((command) => !optionsOf(command).includes('--json'));
  expect(silent.map(pathOf)).toEqual([]);
});

test.each([
  'announce withdraw',
  'announce approve',
  'article withdraw',
  'run cancel',
  'subscriber erase',
  'dlq redrive',
])('%s asks first: it can’t be undone', (path) => {
  const command = commands.find((one) => pathOf(one) === path);
  expect(command === undefined ? [] : optionsOf(command)).toContain('--yes');
});

describe('documentation quotes commands that exist', () => {
  const files = [
    'README.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  test.each(files)('%s', (file) => {
    expect(quotedCommands(readFileSync(file, 'utf8'), file).flatMap(problemOf)).toEqual([]);
  });

  test('and would be found out if one did not', () => {
    const quoted = quotedCommands(
      '`npm run herold -- --stage <stage> run stop <id>` and `dlq list --quiet`',
      'docs/operations.md',
    );
    expect(quoted.flatMap(problemOf)).toEqual(['run stop <id>: stop', 'dlq list --quiet: --quiet']);
  });
});

/** What follows `herold` in code; the runbook leaves `herold` out where it has just said it. */
function quotedCommands(markdown: string, file: string): string[] {
  const fences = [...markdown.matchAll(/^ *```[^\n]*\n([^]*?)^ *```$/gm)].flatMap(([, code = '']) =>
    code.replaceAll(/\\\n */g, ' ').split('\n'),
  );
  const spans = [...markdown.replaceAll(/^ *```[^]*?^ *```$/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, code = '']) => code.replaceAll(/\s+/g, ' '),
  );
  const short = new Set(
    file === 'docs/operations.md' ? program.commands.map((command) => command.name()) : [],
  );
  return [...fences, ...spans].flatMap((code) => {
    const [, line] = /(?:^|[ $(|])herold (?:-- )?((?:--(?:stage|data) \S+ )?[a-z].*)/.exec(code) ?? [];
    if (line !== undefined)
      return line.replace(/^--(?:stage|data) \S+ /, '').replace(/\s*(?:#|\||;|&&).*$/, '');
    return short.has(code.split(' ')[0] ?? '') && code.includes(' ') ? code : [];
  });
}

function problemOf(line: string): string[] {
  const words = line.split(' ').filter((word) => word !== '');
  let command = program;
  while (command.commands.length > 0 && words[0] !== undefined && !words[0].startsWith('-')) {
    const next = command.commands.find((child) => child.name() === words[0]);
    if (next === undefined) return command.registeredArguments.length > 0 ? [] : [`${line}: ${words[0]}`];
    command = next;
    words.shift();
  }
  const known = optionsOf(command);
  const unknown = words
    .filter((word) => word.startsWith('--'))
    .find((word) => !known.includes(word.replace(/=.*/, '')));
  return unknown === undefined ? [] : [`${line}: ${unknown}`];
}

describe('shell completion', () => {
  const printed: string[] = [];
  const script = async (shell: string): Promise<string> => {
    printed.length = 0;
    const io = {
      print: (text: string) => void printed.push(text),
      ask: async () => '',
      read: async () => '',
      user: '',
      clock: {
        now: () => {
          throw new Error('no time');
        },
      },
    };
    await heroldProgram(io).parseAsync(['completion', shell], { from: 'user' });
    return printed.join('\n');
  };
  /** What bash offers for the last word of a line. */
  const offered = async (line: string): Promise<string[]> => {
    const words = line.split(' ').map((word) => `'${word}'`);
    const ask = `${await script('bash')}\nCOMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _herold; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).trim().split('\n');
  };

  test('offers commands, options and what they take', async () => {
    expect(await offered('herold sou')).toEqual(['source']);
    expect(await offered('herold --stage dev run ca')).toEqual(['cancel']);
    expect(await offered('herold run cancel 2022 --y')).toEqual(['--yes']);
    expect(await offered('herold dlq redrive pl')).toEqual(['plan']);
    expect(await offered('herold digest preview --cadence w')).toEqual(['weekly']);
    expect(await offered('herold announce show --js')).toEqual(['--json']);
    expect(await offered('herold source check --source b')).toEqual(['']);
  });

  const hasZsh = spawnSync('zsh', ['--version']).status === 0;
  if (!hasZsh) console.warn('zsh is not installed: its completion is not tried');
  (hasZsh ? test : test.skip)(
    'completes what is typed in zsh, without a .zshrc',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'herold-zsh-'));
      writeFileSync(join(folder, 'rc'), `${await script('zsh')}\nherold() { print -r "<$*>" }\n`);
      // A shell in a terminal of its own: what its line has become is what it runs.
      const typed = `zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell 'source ${folder}/rc'
      zpty -n -w shell $'herold --stage de\\t dlq red\\t pl\\t\\n'
      zpty -w shell exit
      zpty -r shell all '*<*>*'; print -r -- $all`;
      const { stdout } = spawnSync('zsh', ['-fc', typed], {
        encoding: 'utf8',
        timeout: 30_000,
        env: { ...process.env, HOME: folder, ZDOTDIR: folder, TERM: 'dumb' },
      });
      rmSync(folder, { recursive: true });
      expect(stdout).toContain('<--stage dev dlq redrive plan>');
    },
    40_000,
  );
});

import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { systemClock, type Clock } from '../../functions/platform/time.ts';

/** Where a command reads and writes. Tests pass their own. */
export interface Terminal {
  print(text: string): void;
  ask(question: string): Promise<string>;
  /** A file's text, `-` for standard input. */
  read(file: string): Promise<string>;
  /** Who sits there. */
  user: string;
  clock: Clock;
}

/** A command that did nothing, and why; what is wrong comes with its mend. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(message: string, problems: readonly string[]) {
    super([message, ...problems].join('\n  '));
  }
}

/** What every command offers to scripts. */
export const asJson = ['--json', 'one JSON object'] as const;
export interface Format {
  json?: true;
}

/** What a command asks about before it does what can't be undone. */
export const withoutAsking = ['--yes', 'without asking'] as const;
export interface Sure {
  yes?: true;
}

/** @throws Refused unless the answer is yes */
export async function confirm(io: Terminal, question: string, { yes }: Sure): Promise<void> {
  if (yes === true) return;
  const answer = await io.ask(`${question} (yes/no) `);
  if (!/^(?:y|yes|j|ja)$/iu.test(answer.trim())) throw new Refused('Nothing was done.', []);
}

// The reader of our output may have seen enough (`herold … | head`); that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

export const terminal: Terminal = {
  print: (text) => {
    process.stdout.write(`${text}\n`);
  },
  ask: async (question) => {
    // Standard output is for results.
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      // Nobody there to answer is no answer.
      const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
      return await Promise.race([lines.question(question), ended]);
    } finally {
      lines.close();
    }
  },
  read: (file) => readFile(file === '-' ? '/dev/stdin' : file, 'utf8'),
  user: userInfo().username,
  clock: systemClock,
};

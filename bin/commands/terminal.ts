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
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
  read: (file) => readFile(file === '-' ? '/dev/stdin' : file, 'utf8'),
  user: userInfo().username,
  clock: systemClock,
};

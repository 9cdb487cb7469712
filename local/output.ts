import { createWriteStream } from 'node:fs';

export interface Terminal {
  /** One line for the person at the terminal. */
  say(line: string): void;
  /** One line about something that went wrong, on standard error. */
  complain(line: string): void;
  restore(): Promise<void>;
}

/**
 * Takes standard output and error as Lambda's runtime does: what functions write there goes to a log file, and the
 * terminal is left to what is meant for people. Only errors are repeated there, in a line each.
 */
export function captureOutput(logFile: string): Terminal {
  const log = createWriteStream(logFile, { flags: 'a' });
  const tell = process.stdout.write.bind(process.stdout);
  const complain = process.stderr.write.bind(process.stderr);
  const capture = (text: string): void => {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const entry = parse(line);
      log.write(`${JSON.stringify(entry)}\n`);
      if (entry.level !== 'ERROR') continue;
      const [firstLine = ''] = (entry.message ?? '').split('\n', 1);
      complain(`  ! ${entry.service ?? 'local'}: ${firstLine}\n`);
    }
  };
  for (const stream of [process.stdout, process.stderr]) {
    // Whoever was reading may be gone, as after `npm start | head`; the host goes on, and can still be stopped.
    stream.on('error', () => undefined);
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      capture(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = rest.at(-1);
      if (typeof done === 'function') (done as () => void)();
      return true;
    };
  }
  return {
    say: (line) => tell(`${line}\n`),
    complain: (line) => complain(`${line}\n`),
    restore: async () => {
      process.stdout.write = tell;
      process.stderr.write = complain;
      await new Promise((resolve) => log.end(resolve));
    },
  };
}

interface LogEntry {
  level?: string;
  message?: string;
  service?: string;
}

function parse(line: string): LogEntry {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // no JSON: a line that some library wrote
  }
  return { level: 'WARN', message: line };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser, type ParsedMail } from 'mailparser';
import { freePort } from '../../local/embedded-dynamodb.ts';
import { HeroldProcess } from './herold-process.ts';

/** What `npm start` runs, up and answering, on a folder and ports of its own. */
export class RunningHost {
  readonly url: string;
  readonly #process: HeroldProcess;

  private constructor(process: HeroldProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(): Promise<RunningHost> {
    const process = new HeroldProcess();
    const ended = process.start('--port', String(await freePort()));
    const failed = ended.then(({ stdout, stderr }) => {
      throw new Error(`the host ended: ${stdout}${stderr}`);
    });
    failed.catch(() => undefined); // ends with the test
    const answers = until('the host to answer', async () => {
      const url = process.url();
      const answer = url && (await fetch(new URL('/anmeldung', url)).catch(() => undefined));
      return url && answer && answer.ok ? url : undefined;
    });
    const url = await Promise.race([answers, failed]);
    return new RunningHost(process, url.replace(/\/$/, ''));
  }

  /** Waits for a mail to someone, and reads it. */
  mailTo(address: string): Promise<ParsedMail> {
    return until(`a mail to ${address}`, async () => {
      for (const name of this.#process.files('outbox').filter((file) => file.endsWith('.json'))) {
        const { destinations } = JSON.parse(this.#read('outbox', name)) as { destinations: string[] };
        if (destinations.includes(address))
          return simpleParser(this.#read('outbox', name.replace(/json$/, 'eml')));
      }
      return undefined;
    });
  }

  /** All that its functions have logged and it has printed. */
  logs(): string {
    return this.#read('log.jsonl');
  }

  /** The environment of its functions, for looking into their tables. */
  environment(): Record<string, string> {
    return (JSON.parse(this.#read('host.json')) as { environment: Record<string, string> }).environment;
  }

  stop(): void {
    this.#process.remove();
  }

  #read(...path: string[]): string {
    return readFileSync(join(this.#process.data, ...path), 'utf8');
  }
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`waited 30 seconds for ${what}`);
}

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { OutboxMail } from '../../local/aws/outbox.ts';
import type { Figures } from '../../local/once.ts';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `npm start` again and again on one data folder: processes to be stopped, killed and started again. */
export class HeroldProcess {
  readonly data = mkdtempSync(join(tmpdir(), 'herold-journey-'));
  /** What it has printed on standard output since it was started last. */
  printed = '';
  #child: ChildProcess | undefined;

  /** Starts it; resolves once it has ended. */
  async start(...options: string[]): Promise<Ended> {
    // Stores of its own: nothing of the environment that tests share may reach it.
    const environment = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_OPTIONS$|npm_)/.test(name)),
    );
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'bin/local.ts', '--data', this.data, ...options],
      { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    this.printed = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) =>
      child.once('close', (code) => resolve({ code, stdout: this.printed, stderr })),
    );
  }

  /** One cycle. @throws Error with what it said when its figures disagree with the stores */
  async once(): Promise<Figures> {
    const { code, stdout, stderr } = await this.start('--once', '--json');
    if (code !== 0) throw new Error(`--once ended with ${code ?? 'a signal'}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Figures;
  }

  kill(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.#child?.kill(signal);
  }

  /** Files in a folder of its data, whole ones only. */
  files(...folder: string[]): string[] {
    try {
      return readdirSync(join(this.data, ...folder)).filter((name) => !name.endsWith('.unfinished'));
    } catch {
      return []; // not there yet
    }
  }

  /** The mails in the outbox, with the ids of the articles that they link to. */
  async mails(): Promise<{ mail: OutboxMail; articles: string[] }[]> {
    const names = this.files('outbox').filter((name) => name.endsWith('.json'));
    return Promise.all(
      names.map(async (name) => {
        const path = join(this.data, 'outbox', name);
        const { text = '' } = await simpleParser(readFileSync(path.replace(/json$/, 'eml')));
        const articles = [...text.matchAll(/\/artikel\/\S*?-([a-z2-7]{16})\//g)].map(([, id]) => id ?? '');
        return { mail: JSON.parse(readFileSync(path, 'utf8')) as OutboxMail, articles };
      }),
    );
  }

  /** Where it runs, once it does. */
  url(): string | undefined {
    try {
      return (JSON.parse(readFileSync(join(this.data, 'host.json'), 'utf8')) as { url: string }).url;
    } catch {
      return undefined;
    }
  }

  remove(): void {
    this.kill('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }
}

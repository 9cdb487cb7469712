import { execFile, fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Statement } from './portal.ts';

/** A function as it would be deployed. */
export interface Bundle {
  /** Verb and part, such as `ClockTick`. */
  name: string;
  folder: string;
  environmentNames: string[];
  rights: Statement[];
}

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/**
 * Synthesises the app with all its bundles, as the CDK's command line does, and moves them to a folder. They are made
 * inside the project, where deploying makes them, since source maps name the sources by the way from there.
 */
export async function synthesise(outdir: string): Promise<Map<string, Bundle>> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: unknown };
  mkdirSync('cdk.out', { recursive: true });
  const made = mkdtempSync(join('cdk.out', 'bundles-'));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/portal.ts'], {
    env: { ...process.env, CDK_OUTDIR: made, CDK_CONTEXT_JSON: JSON.stringify(context) },
    maxBuffer: 1e7,
  });
  cpSync(made, outdir, { recursive: true });
  rmSync(made, { recursive: true });
  return bundlesIn(outdir, 'HeroldDev-Pipeline');
}

/** The functions of a stack that was synthesised into a folder. */
export function bundlesIn(outdir: string, stackName: string): Map<string, Bundle> {
  const { Resources } = JSON.parse(
    readFileSync(join(outdir, `${stackName}.template.json`), 'utf8'),
  ) as Template;
  const bundles = new Map<string, Bundle>();
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const { Handler, Role, Code, Environment } = Properties as {
      Handler: string;
      Role: { 'Fn::GetAtt': [string, string] };
      Code: { S3Key: string };
      Environment?: { Variables: Record<string, unknown> };
    };
    if (Handler !== 'index.handler') continue; // the CDK's own
    const role = Role['Fn::GetAtt'][0];
    const name = role.replace(/Role[0-9A-F]{8}$/, '');
    bundles.set(name, {
      name,
      folder: join(outdir, `asset.${Code.S3Key.replace(/\.zip$/, '')}`),
      environmentNames: Object.keys(Environment?.Variables ?? {}),
      rights: rightsOf(Resources, role),
    });
  }
  return bundles;
}

/** Bytes of a bundle's code, without its maps: of all, and of what a start loads. */
export function codeSize({ folder }: Bundle): { all: number; start: number } {
  const text = (file: string) => readFileSync(join(folder, file), 'utf8');
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const start = new Set(['index.mjs']);
  // An import that names no more than its file, or what it takes from it: not `import(…)`.
  for (const file of start)
    for (const [, next] of text(file).matchAll(/(?:from|import)"\.\/([^"]+)"/g)) start.add(next ?? '');
  const bytes = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return { all: bytes(files), start: bytes(start) };
}

const rightsOf = (resources: Template['Resources'], role: string): Statement[] =>
  Object.values(resources).flatMap(({ Type, Properties }) => {
    const { Roles = [], PolicyDocument } = Properties as {
      Roles?: { Ref: string }[];
      PolicyDocument?: { Statement: Statement[] };
    };
    return Type === 'AWS::IAM::Policy' && Roles.some(({ Ref }) => Ref === role)
      ? (PolicyDocument?.Statement ?? [])
      : [];
  });

/** A bundle in its own process, on the Node of `LAMBDA_NODE` (the runtime's version, in CI) or on ours. */
export class RunningBundle {
  readonly #process: ChildProcess;
  readonly #calls = new Map<string, { resolve(result: unknown): void; reject(error: Error): void }>();
  readonly ready: Promise<{ initMs: number }>;
  /** Processor time from the start of the process to the answer of the last event. */
  cpuMs = 0;

  /** @param environment all that the process gets; nothing of ours leaks in */
  constructor(folder: string, environment: Record<string, string>) {
    this.#process = fork(resolve('test/support/lambda-runtime.mjs'), [], {
      execPath: process.env.LAMBDA_NODE ?? process.execPath,
      execArgv: [],
      env: { ...environment, LAMBDA_TASK_ROOT: folder },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
    });
    const errors: string[] = [];
    this.#process.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    this.ready = new Promise((ready, failed) => {
      this.#process.once('exit', (code) => {
        const error = new Error(`${folder} ended (${code ?? 'killed'}): ${errors.join('')}`);
        failed(error);
        for (const call of this.#calls.values()) call.reject(error);
      });
      this.#process.on('message', (message: Message) => {
        if ('ready' in message) ready(message);
        else this.#settle(message);
      });
    });
    this.ready.catch(() => undefined); // whoever invokes it is told
  }

  /** @throws what the handler throws */
  async invoke(event: unknown, remainingMs: number): Promise<unknown> {
    await this.ready;
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.#process.send({ id, event, remainingMs });
    });
  }

  #settle(message: Answer): void {
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    this.cpuMs = message.cpuMs;
    if (message.error !== undefined) call?.reject(new Error(message.error));
    else call?.resolve(message.result);
  }

  stop(): void {
    this.#process.kill('SIGKILL');
  }
}

interface Answer {
  id: string;
  result?: unknown;
  error?: string;
  cpuMs: number;
}
type Message = { ready: true; initMs: number } | Answer;

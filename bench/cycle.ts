import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { takeMemoryFolder } from '../local/data-folder.ts';
import { startHost } from '../local/host.ts';
import { runOnce } from '../local/once.ts';
import { captureOutput } from '../local/output.ts';
import type { Figure } from './run.ts';

/** Where the time of one `npm start -- --once` goes, on empty stores: this process does what that one does. */
export default async function cycle(): Promise<{ figures: Figure[] }> {
  const folder = takeMemoryFolder();
  const logFile = folder.path('log');
  const terminal = captureOutput(logFile);
  const calls = countCalls();
  try {
    const host = await startHost({ folder, newReleases: false, emptyTables: true });
    const startedMs = performance.now();
    const startCalls = calls.take();
    const { figures, disagreements } = await runOnce(host);
    const endedMs = performance.now();
    const cycleCalls = calls.take();
    await host.stop();
    await terminal.restore();
    const reports = reportsIn(readFileSync(logFile, 'utf8'));
    const inFunctionsMs = coveredMs(reports, startedMs, endedMs);
    return {
      figures: [
        { name: 'whole', value: figures.ms, unit: 'ms', bar: '< 20000', holds: figures.ms < 20_000 },
        disagreementsOf(disagreements),
        { name: 'start', value: startedMs, unit: 'ms' },
        { name: 'cycle, some function at work', value: inFunctionsMs, unit: 'ms' },
        { name: 'cycle, the rest', value: endedMs - startedMs - inFunctionsMs, unit: 'ms' },
        ...perFunction(reports),
        { name: 'calls while starting', value: sum([...startCalls.values()]), unit: 'calls' },
        ...[...cycleCalls]
          .sort(([, a], [, b]) => b - a)
          .map(([name, value]) => ({ name, value, unit: 'calls' })),
      ],
    };
  } finally {
    calls.stop();
    folder.release();
  }
}

const disagreementsOf = ({ length }: readonly string[]): Figure => ({
  name: 'stores disagree',
  value: length,
  unit: 'times',
  bar: '0',
  holds: length === 0,
});

/** Counts what the AWS clients of this process ask for, by service and action. */
function countCalls() {
  let counts = new Map<string, number>();
  const count = (message: unknown): void => {
    const name = nameOf((message as { request: ClientRequest }).request);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  diagnostics.subscribe('http.client.request.start', count);
  return {
    /** What was counted since the last time. */
    take: (): Map<string, number> => {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    stop: (): void => void diagnostics.unsubscribe('http.client.request.start', count),
  };
}

function nameOf(request: ClientRequest): string | undefined {
  const target = String(request.getHeader('x-amz-target') ?? '');
  const [, service, action] = /^([A-Za-z]+?)(?:_\d+)?\.(\w+)$/.exec(target) ?? [];
  if (service !== undefined) return `${service === 'AmazonSQS' ? 'SQS' : service} ${action ?? ''}`;
  if (request.path.startsWith('/s3/')) return `S3 ${request.method}`;
  if (request.path.startsWith('/ses')) return 'SES';
  return undefined;
}

interface Report {
  functionName: string;
  endMs: number;
  durationMs: number;
}

interface LogLine {
  type?: string;
  time: string;
  record: { functionName: string; metrics: { durationMs: number } };
}

const reportsIn = (log: string): Report[] =>
  log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine)
    .filter(({ type }) => type === 'platform.report')
    .map(({ time, record: { functionName, metrics } }) => ({
      functionName,
      endMs: Date.parse(time),
      durationMs: metrics.durationMs,
    }));

/** Milliseconds between two moments of this process in which at least one invocation was under way. */
function coveredMs(reports: readonly Report[], fromMs: number, toMs: number): number {
  let covered = 0;
  let until = performance.timeOrigin + fromMs;
  const end = performance.timeOrigin + toMs;
  const spans = reports.map(({ endMs, durationMs }) => ({
    from: endMs - durationMs,
    to: Math.min(endMs, end),
  }));
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return covered;
}

function perFunction(reports: readonly Report[]): Figure[] {
  const names = [...new Set(reports.map(({ functionName }) => functionName))];
  return names.flatMap((name) => {
    const durations = reports
      .filter(({ functionName }) => functionName === name)
      .map(({ durationMs }) => durationMs);
    return [
      { name: `${name}, all invocations together`, value: sum(durations), unit: 'ms' },
      { name: `${name}, invocations`, value: durations.length, unit: 'times' },
    ];
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

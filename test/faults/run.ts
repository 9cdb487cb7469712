import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Figure } from '../../bench/run.ts';
import { DynamoDbGround } from './dynamodb.ts';
import { firstHarm, planted } from './planted.ts';
import type { Outcome } from './scenario.ts';
import {
  allWays,
  casesOf,
  describeCase,
  hasHarm,
  requestWays,
  scenarioNames,
  tryCase,
  type Case,
  type Extent,
} from './sweep.ts';

/**
 * `npm run faults [-- --readers 200] [--every 1] [--pairs 300] [--json]`: fails every call of a digest run in every way,
 * one at a time, then pairs of calls at random, then every message; the same for an announcement. Prints what was lost,
 * doubled and left unaccounted, which should be nothing.
 *
 * `--dynamodb`: the faults strike between the adapters and an embedded DynamoDB, under the SDK and its retries.
 * `--self-check`: tries known defects in place of sound parts, and says which of them a sweep sees.
 */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    readers: { type: 'string' },
    pairs: { type: 'string', default: '300' },
    every: { type: 'string', default: '1' },
    dynamodb: { type: 'boolean', default: false },
    'self-check': { type: 'boolean', default: false },
  },
});

interface Task {
  of: Case;
  readers: number;
  dynamodb: boolean;
}

/** What a worker answers; the calls stay with it. */
type Answer = Omit<Outcome, 'calls'> & { processorSeconds: number };

interface Tally {
  tried: number;
  lost: number;
  doubled: number;
  twice: number;
  possibleDuplicates: number;
  unbalanced: number;
  failures: string[];
}

/** One of the processes that share the cases. */
function work(): void {
  process.once('disconnect', () => process.exit());
  process.on('message', ({ of, readers, dynamodb }: Task) => {
    const begun = process.cpuUsage();
    attempt(of, readers, dynamodb).then(
      ({ calls: _calls, ...outcome }) => {
        const { user, system } = process.cpuUsage(begun);
        process.send?.({ ...outcome, processorSeconds: (user + system) / 1e6 } satisfies Answer);
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}

let database: Promise<DynamoDbGround> | undefined;

async function attempt(of: Case, readers: number, dynamodb: boolean): Promise<Outcome> {
  if (!dynamodb) return tryCase(of, readers);
  const ground = await (database ??= DynamoDbGround.start(readers));
  return ground.under((parts) => tryCase(of, readers, parts));
}

async function sweep(extent: Extent, dynamodb: boolean): Promise<void> {
  const tallies = new Map<string, Tally>();
  const begun = performance.now();
  let processorSeconds = 0;
  for (const scenario of scenarioNames) {
    const baseline = await attempt({ scenario, kind: 'nothing', calls: [] }, extent.readers, dynamodb);
    const cases = casesOf(scenario, baseline, extent);
    const worker = async (): Promise<void> => {
      const child = fork(fileURLToPath(import.meta.url));
      try {
        for (const of of cases) {
          const answer = new Promise<Answer>((resolve, reject) => {
            child.once('message', (message) => resolve(message as Answer));
            child.once('exit', (code) =>
              reject(new Error(`A worker ended with ${code} at ${describeCase(of, baseline)}`)),
            );
          });
          child.send({ of, readers: extent.readers, dynamodb } satisfies Task);
          const outcome = await answer;
          processorSeconds += outcome.processorSeconds;
          count(tallies, of, { ...outcome, calls: [] }, baseline);
          child.removeAllListeners();
        }
      } finally {
        child.disconnect();
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
  }
  report(tallies, [
    { name: 'time taken', value: (performance.now() - begun) / 1000, unit: 's' },
    { name: 'processor time', value: processorSeconds, unit: 's' },
  ]);
}

function count(tallies: Map<string, Tally>, of: Case, outcome: Outcome, baseline: Outcome): void {
  const key = `${of.scenario}: ${of.kind}`;
  const tally = tallies.get(key) ?? {
    tried: 0,
    lost: 0,
    doubled: 0,
    twice: 0,
    possibleDuplicates: 0,
    unbalanced: 0,
    failures: [],
  };
  tallies.set(key, tally);
  tally.tried += 1;
  for (const field of ['lost', 'doubled', 'twice', 'possibleDuplicates', 'unbalanced'] as const) {
    tally[field] += outcome[field];
  }
  if (hasHarm(outcome)) {
    const { lost, doubled, unbalanced } = outcome;
    tally.failures.push(
      `${describeCase(of, baseline)}: lost ${lost}, doubled ${doubled}, unbalanced ${unbalanced}`,
    );
  }
}

function report(tallies: Map<string, Tally>, times: Figure[]): void {
  const sum = (field: Exclude<keyof Tally, 'failures'>, of = ''): number =>
    [...tallies].reduce((total, [key, tally]) => (key.startsWith(of) ? total + tally[field] : total), 0);
  const nothing = (name: string, value: number, unit: string) => ({
    name,
    value,
    unit,
    bar: '= 0',
    holds: value === 0,
  });
  const figures = [
    ...[...tallies].map(([name, { tried }]) => ({ name: `tried, ${name}`, value: tried, unit: 'scenarios' })),
    nothing('lost digests (articles not received)', sum('lost', 'digest'), 'articles'),
    nothing('lost announcements', sum('lost', 'announcement'), 'mails'),
    nothing('doubled digests', sum('doubled', 'digest'), 'mails'),
    nothing('doubled announcements that no certificate counts', sum('doubled', 'announcement'), 'mails'),
    { name: 'announcements that came twice', value: sum('twice'), unit: 'mails' },
    { name: 'possible duplicates that certificates count', value: sum('possibleDuplicates'), unit: 'mails' },
    nothing('certificates that do not add up or are missing', sum('unbalanced'), 'runs'),
    ...times,
  ];
  if (values.json) console.log(JSON.stringify({ figures }));
  else {
    console.table(figures);
    for (const [name, { failures }] of tallies) {
      for (const failure of failures.slice(0, 20)) console.log(`${name}: ${failure}`);
    }
  }
  if (figures.some((figure) => 'holds' in figure && !figure.holds)) process.exitCode = 1;
}

/** A sweep that finds nothing proves something only if it would have found what is wrong. */
async function selfCheck(readers: number): Promise<void> {
  const figures = [];
  for (const { defect, stores } of planted) {
    const extent = { readers, every: 1, pairs: 0, ways: allWays, messages: true };
    const seen = await firstHarm({ stores }, extent);
    const { tried = 0, by = 'never', outcome } = seen ?? {};
    figures.push({
      name: defect,
      value: tried,
      unit: 'scenarios until seen',
      holds: seen !== undefined,
      by,
      ...outcome,
    });
  }
  if (values.json) console.log(JSON.stringify({ figures }));
  else console.table(figures, ['name', 'value', 'by', 'lost', 'doubled', 'unbalanced']);
  if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
}

if (process.send !== undefined) work();
else if (values['self-check']) await selfCheck(Number(values.readers ?? 8));
else {
  await sweep(
    {
      readers: Number(values.readers ?? 200),
      every: Number(values.every),
      pairs: Number(values.pairs),
      ways: values.dynamodb ? requestWays : allWays,
      messages: !values.dynamodb,
    },
    values.dynamodb,
  );
}
await (await database)?.stop();

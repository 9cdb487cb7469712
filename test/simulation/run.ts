import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables, startEmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';
import { worldOf, type World } from './acts.ts';
import { brokenParts } from './broken-parts.ts';
import { inOrder, livedTwice } from './emulated.ts';
import { shrink } from './shrink.ts';
import { simulate, type Options } from './simulation.ts';
import type { Job, Lived } from './worker.ts';
import { onAllCores } from './workers.ts';

const usage = `Lives through years of Herold in minutes, on virtual time, in a world that does its worst.

  npm run simulate -- --seed 1 --days 90 --subscribers 500    one story; the same each time
  npm run simulate -- --seeds 200                             seeds 1 to 200
  npm run simulate -- --hours 1                               as many seeds as fit
  npm run simulate -- --seed 7 --shrink                       the shortest story that breaks the same rule
  npm run simulate -- --self-test                             plants faults, and counts the seeds until each is found
  npm run simulate -- --emulated --seeds 3 --days 12          over the embedded DynamoDB as well, and compared

  --from <seed>   first of several seeds (1)     --days <n>   days of each story (60)
  --json          figures as the benchmarks      --subscribers <n>   people in each story (30)
  --story         all that happened, with --seed
  --broken <part> with a broken part of the self-test, with --seed`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    days: { type: 'string', default: '60' },
    subscribers: { type: 'string', default: '30' },
    hours: { type: 'string' },
    shrink: { type: 'boolean', default: false },
    story: { type: 'boolean', default: false },
    broken: { type: 'string' },
    'self-test': { type: 'boolean', default: false },
    emulated: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function number(name: 'seed' | 'seeds' | 'from' | 'days' | 'subscribers' | 'hours'): number {
  const value = values[name] ?? '';
  const read = Number(value);
  if (!(read > 0)) throw new Error(`--${name} ${value} is no number above 0; write --${name} 1, for example`);
  return read;
}

const size = (): Pick<Job, 'days' | 'subscribers'> => ({
  days: number('days'),
  subscribers: number('subscribers'),
});

interface Figure {
  name: string;
  value: number;
  unit: string;
  bar?: string;
  holds?: boolean;
}

function print(figures: readonly Figure[]): void {
  if (values.json) console.log(JSON.stringify({ figures }));
  else console.table(figures);
  if (figures.some(({ holds }) => holds === false)) process.exitCode = 1;
}

/** One story, told if asked for, or made as short as can be. */
async function one(seed: number): Promise<void> {
  const world = worldOf({ seed, ...size() });
  if (values.broken !== undefined && brokenParts[values.broken] === undefined) {
    throw new Error(
      `--broken ${values.broken} is no broken part; there are: ${Object.keys(brokenParts).join(' · ')}`,
    );
  }
  const options = (): Options => (values.broken === undefined ? {} : (brokenParts[values.broken]?.() ?? {}));
  const outcome = await simulate(world, { ...options(), keepStory: values.story });
  if (values.story) console.log(outcome.story.join('\n'));
  for (const { atMs, rule, what } of outcome.violations)
    console.log(`✗ ${new Date(atMs).toISOString()} ${rule}: ${what}`);
  const first = outcome.violations[0];
  if (values.shrink && first !== undefined) {
    const firstOf = async (candidate: World) =>
      (await simulate(candidate, { ...options(), stopAtFirst: true })).violations[0];
    const smallest = await shrink(world, first.rule, firstOf, ({ acts }) =>
      console.error(`${acts.length} acts`),
    );
    const told = await simulate(smallest, { ...options(), keepStory: true });
    console.log(`\nThe shortest story of seed ${seed} that breaks "${first.rule}":\n`);
    for (const act of smallest.acts)
      console.log(JSON.stringify({ ...act, atMs: new Date(act.atMs).toISOString() }));
    console.log(`\n${told.story.join('\n')}`);
    for (const { atMs, rule, what } of told.violations)
      console.log(`✗ ${new Date(atMs).toISOString()} ${rule}: ${what}`);
  }
  if (!values.json) console.log(`history ${outcome.history}`);
  print(figuresOf([{ job: { seed, ...size() }, outcome, cpuSeconds: process.cpuUsage().user / 1e6 }]));
}

/** Many stories; whoever breaks a rule is named with the command that tells of it. */
async function many(next: () => Job | undefined): Promise<void> {
  const all: Lived[] = [];
  await onAllCores(next, (lived) => {
    all.push(lived);
    const { seed, days, subscribers } = lived.job;
    const broken = lived.error ?? lived.outcome?.violations[0]?.rule;
    if (broken === undefined) return;
    const first = lived.outcome?.violations[0];
    console.error(
      `seed ${seed}: ${broken}${first === undefined ? '' : `, ${first.what}`}\n  npm run simulate -- --seed ${seed} --days ${days} --subscribers ${subscribers} --shrink`,
    );
  });
  print(figuresOf(all));
}

function figuresOf(all: readonly Lived[]): Figure[] {
  const outcomes = all.flatMap(({ outcome }) => outcome ?? []);
  const sum = (of: (outcome: (typeof outcomes)[number]) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const days = all.reduce((total, { job }) => total + job.days, 0);
  const cpu = all.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0);
  const faults = new Map<string, number>();
  for (const outcome of outcomes) {
    for (const [kind, count] of Object.entries(outcome.faults))
      faults.set(kind, (faults.get(kind) ?? 0) + count);
  }
  const violations =
    sum((outcome) => outcome.violations.length) + all.filter(({ error }) => error !== undefined).length;
  return [
    { name: 'seeds', value: all.length, unit: 'stories' },
    { name: 'simulated', value: days, unit: 'days' },
    { name: 'mails', value: sum(({ mails }) => mails), unit: 'mails' },
    { name: 'publications', value: sum(({ publications }) => publications), unit: 'articles' },
    { name: 'runs closed', value: sum(({ runs }) => runs), unit: 'runs' },
    ...[...faults].sort().map(([kind, count]) => ({ name: `fault: ${kind}`, value: count, unit: 'times' })),
    { name: 'simulated per second of one core', value: Number((days / cpu).toFixed(1)), unit: 'days' },
    { name: 'violations', value: violations, unit: 'violations', bar: '= 0', holds: violations === 0 },
  ];
}

/** How many seeds each planted fault takes to be found. */
async function selfTest(): Promise<void> {
  const atMost = 200;
  const names = Object.keys(brokenParts);
  const open = new Map(names.map((name) => [name, 1]));
  const found = new Map<string, { seeds: number; rule: string }>();
  const busy = new Set<string>();
  await onAllCores(
    () => {
      // Those that are found soon first.
      const [name] = [...open.keys()]
        .filter((one) => !busy.has(one))
        .sort((a, b) => (open.get(a) ?? 0) - (open.get(b) ?? 0));
      if (name === undefined) return undefined;
      busy.add(name);
      return { seed: open.get(name) ?? 1, days: 40, subscribers: 30, broken: name };
    },
    ({ job: { seed, broken = '' }, outcome, error }) => {
      busy.delete(broken);
      const rule = error ?? outcome?.violations[0]?.rule;
      if (rule !== undefined) found.set(broken, { seeds: seed, rule });
      if (rule !== undefined || seed >= atMost) open.delete(broken);
      else open.set(broken, seed + 1);
      if (rule !== undefined && !values.json) console.log(`${String(seed).padStart(3)} ${broken}: ${rule}`);
    },
  );
  print(
    names.map((name) => {
      const seeds = found.get(name)?.seeds;
      return {
        name: `found: ${name}`,
        value: seeds ?? atMost,
        unit: 'seeds',
        bar: `≤ ${atMost}`,
        holds: seeds !== undefined,
      };
    }),
  );
}

/** Stories over the real adapters, which must come to the same history and the same end as those in memory. */
async function emulated(seeds: number): Promise<void> {
  const figures: Figure[] = [];
  const database = await startEmbeddedDynamoDb();
  const client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  for (let seed = number('from'); seed < number('from') + seeds; seed++) {
    const names = { content: `content-${seed}`, subscribers: `people-${seed}`, dispatch: `dispatch-${seed}` };
    await createTables(client, names);
    const { memory, emulated } = await livedTwice(worldOf({ seed, ...size() }), client, names);
    const same = memory.history === emulated.history && inOrder(memory.end) === inOrder(emulated.end);
    figures.push({
      name: `seed ${seed}: over DynamoDB as in memory`,
      value: same ? 1 : 0,
      unit: '1 = the same history and end',
      bar: '= 1',
      holds: same && emulated.violations.length === 0,
    });
  }
  client.destroy();
  await database.stop();
  print(figures);
}

if (values.help) console.log(usage);
else if (values['self-test']) await selfTest();
else if (values.emulated) await emulated(values.seeds === undefined ? 3 : number('seeds'));
else if (values.seeds !== undefined || values.hours !== undefined) {
  let seed = number('from');
  const last = values.seeds === undefined ? Infinity : seed + number('seeds') - 1;
  const until = values.hours === undefined ? Infinity : performance.now() + number('hours') * 3_600_000;
  const job = size();
  await many(() => (seed > last || performance.now() >= until ? undefined : { seed: seed++, ...job }));
} else await one(values.seed === undefined ? 1 : number('seed'));

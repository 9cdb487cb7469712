import { parseArgs } from 'node:util';
import { ways, type Way } from '../support/dispatch/fault-layer.ts';
import type { QueueFaults } from '../support/dispatch/world.ts';
import { announcementScenario, digestScenario, type Faults, type Outcome } from './scenario.ts';

/**
 * `npm run faults [-- --readers 200] [--pairs 300] [--json]`: fails every call of a digest run in every way, one at a
 * time, then pairs of calls at random, then every message; the same for an announcement. Prints what was lost, doubled
 * and left unaccounted, which should be nothing.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    readers: { type: 'string', default: '200' },
    pairs: { type: 'string', default: '300' },
    every: { type: 'string', default: '1' },
  },
});
const readers = Number(values.readers);
const pairs = Number(values.pairs);
const every = Number(values.every);

interface Tally {
  tried: number;
  lost: number;
  doubled: number;
  possibleDuplicates: number;
  unbalanced: number;
  failures: string[];
}

const scenarios = { digest: digestScenario, announcement: announcementScenario } as const;
const tallies = new Map<string, Tally>();

async function attempt(
  name: keyof typeof scenarios,
  kind: string,
  faults: Faults,
  what: string,
): Promise<Outcome> {
  const outcome = await scenarios[name](readers, faults);
  const key = `${name}: ${kind}`;
  const tally = tallies.get(key) ?? {
    tried: 0,
    lost: 0,
    doubled: 0,
    possibleDuplicates: 0,
    unbalanced: 0,
    failures: [],
  };
  tallies.set(key, tally);
  tally.tried += 1;
  tally.lost += outcome.lost;
  tally.doubled += outcome.doubled;
  tally.possibleDuplicates += outcome.possibleDuplicates;
  tally.unbalanced += outcome.unbalanced;
  if (outcome.lost + outcome.doubled + outcome.unbalanced > 0) {
    const { lost, doubled, unbalanced } = outcome;
    tally.failures.push(`${what}: lost ${lost}, doubled ${doubled}, unbalanced ${unbalanced}`);
  }
  return outcome;
}

/** A number from a seed, so that a pair that fails can be looked at again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

for (const name of ['digest', 'announcement'] as const) {
  const baseline = await attempt(name, 'nothing goes wrong', {}, 'baseline');
  const calls = baseline.calls.length;
  for (let position = 0; position < calls; position += every) {
    for (const way of ways) {
      const what = `${way} at call ${position} (${baseline.calls[position] ?? ''})`;
      await attempt(name, 'one call', { calls: new Map([[position, way]]) }, what);
    }
  }
  const next = random(20261124);
  for (let pair = 0; pair < pairs; pair++) {
    const pick = (): [number, Way] => [
      Math.floor(next() * calls),
      ways[Math.floor(next() * ways.length)] ?? 'death',
    ];
    const [first, second] = [pick(), pick()];
    const what = `${first.join(' ')} and ${second.join(' ')}`;
    await attempt(name, 'two calls', { calls: new Map([first, second]) }, what);
  }
  for (let position = 0; position < baseline.messages; position += every) {
    for (const kind of ['duplicated', 'reordered', 'redelivered'] as const) {
      const messages: QueueFaults = { [kind]: new Set([position]) };
      await attempt(name, 'one message', { messages }, `message ${position} ${kind}`);
    }
  }
}

const sum = (field: 'tried' | 'lost' | 'doubled' | 'possibleDuplicates' | 'unbalanced', of = ''): number =>
  [...tallies].reduce((total, [key, tally]) => (key.startsWith(of) ? total + tally[field] : total), 0);
const nothing = (name: string, value: number, unit: string) => ({
  name,
  value,
  unit,
  bar: '= 0',
  holds: value === 0,
});
const figures = [
  ...[...tallies].map(([name, { tried }]) => ({
    name: `scenarios, ${name}`,
    value: tried,
    unit: 'scenarios',
  })),
  nothing('lost digests (articles not received)', sum('lost', 'digest'), 'articles'),
  nothing('lost announcements', sum('lost', 'announcement'), 'mails'),
  nothing('doubled digests', sum('doubled', 'digest'), 'mails'),
  nothing('doubled announcements that no certificate counts', sum('doubled', 'announcement'), 'mails'),
  { name: 'announcements sent twice, and counted so', value: sum('possibleDuplicates'), unit: 'mails' },
  nothing('certificates that do not add up or are missing', sum('unbalanced'), 'runs'),
];

if (values.json) console.log(JSON.stringify({ figures }));
else {
  console.table(figures);
  for (const [name, { failures }] of tallies) {
    for (const failure of failures.slice(0, 20)) console.log(`${name}: ${failure}`);
  }
}
if (figures.some((figure) => 'holds' in figure && !figure.holds)) process.exitCode = 1;

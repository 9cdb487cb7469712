import { ways, type Way } from '../support/dispatch/fault-layer.ts';
import type { QueueFaults } from '../support/dispatch/world.ts';
import {
  announcementScenario,
  digestScenario,
  type Faults,
  type Ground,
  type Outcome,
  type Scenario,
} from './scenario.ts';

export const scenarios = {
  digest: digestScenario,
  announcement: announcementScenario,
  /** The only hint at what became of a mail is SES's answer: what is unknown, stays so. */
  'announcement without events': (readers, faults, ground) =>
    announcementScenario(readers, { ...faults, losesEvents: true }, ground),
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
export const scenarioNames = Object.keys(scenarios) as ScenarioName[];

/** One thing that goes wrong in one scenario; plain, so that it can be handed to another process. */
export interface Case {
  scenario: ScenarioName;
  kind: 'nothing' | 'one call' | 'two calls' | 'one message';
  calls: [number, Way][];
  message?: [keyof QueueFaults, number];
}

/** How much of everything that can go wrong is tried. */
export interface Extent {
  readers: number;
  /** Every n-th call and message. */
  every: number;
  /** Pairs of calls at random, of each scenario. */
  pairs: number;
  ways: readonly Way[];
  /** Messages go wrong too. */
  messages: boolean;
}

export const tryCase = ({ scenario, calls, message }: Case, readers: number, ground?: Ground) => {
  const faults: Faults = {
    calls: new Map(calls),
    messages: message === undefined ? {} : { [message[0]]: new Set([message[1]]) },
  };
  return scenarios[scenario](readers, faults, ground);
};

/** All cases of one scenario, given how it goes when nothing goes wrong. */
export function* casesOf(scenario: ScenarioName, baseline: Outcome, extent: Extent): Generator<Case> {
  const { calls, messages } = baseline;
  yield { scenario, kind: 'nothing', calls: [] };
  // Without events all is as with them, but for what becomes of mails whose outcome is unknown.
  const isTold = scenario === 'announcement without events';
  const places = calls.flatMap((name, position) => (!isTold || name === 'ses.send' ? [position] : []));
  for (let index = 0; index < places.length; index += extent.every) {
    for (const way of extent.ways) {
      yield { scenario, kind: 'one call', calls: [[places[index] ?? 0, way]] };
    }
  }
  const next = random(20261124);
  const pick = (): [number, Way] => [
    Math.floor(next() * calls.length),
    extent.ways[Math.floor(next() * extent.ways.length)] ?? 'death',
  ];
  for (let pair = 0; pair < extent.pairs; pair++) {
    yield { scenario, kind: 'two calls', calls: [pick(), pick()] };
  }
  if (!extent.messages || isTold) return;
  for (let position = 0; position < messages; position += extent.every) {
    for (const kind of ['duplicated', 'reordered', 'redelivered'] as const) {
      yield { scenario, kind: 'one message', calls: [], message: [kind, position] };
    }
  }
}

export const allWays: readonly Way[] = ways;

/** How one HTTP request can go wrong; processes in each other's way are a matter of whole calls. */
export const requestWays = ways.filter((way) => way !== 'overtaken' && way !== 'stalled');

export function describeCase({ calls, message }: Case, baseline: Outcome): string {
  if (message !== undefined) return `message ${message[1]} ${message[0]}`;
  if (calls.length === 0) return 'nothing goes wrong';
  return calls.map(([at, way]) => `${way} at call ${at} (${baseline.calls[at] ?? ''})`).join(' and ');
}

export const hasHarm = ({ lost, doubled, unbalanced }: Outcome): boolean => lost + doubled + unbalanced > 0;

/** A number from a seed, so that a pair that fails can be looked at again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

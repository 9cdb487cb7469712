import { worldOf } from './acts.ts';
import { brokenParts } from './broken-parts.ts';
import { simulate, type Outcome } from './simulation.ts';

/** What the worker of a core is asked to live through. */
export interface Job {
  seed: number;
  days: number;
  subscribers: number;
  /** Name of a broken part, in which case the story ends with the first violation. */
  broken?: string;
}

export interface Lived {
  job: Job;
  outcome?: Omit<Outcome, 'story' | 'end'>;
  /** The simulation itself failed. */
  error?: string;
  cpuSeconds: number;
}

export async function live(job: Job): Promise<Lived> {
  const began = process.cpuUsage();
  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  };
  try {
    const breaks = job.broken === undefined ? {} : { ...brokenParts[job.broken]?.(), stopAtFirst: true };
    const { story: _story, end: _end, ...outcome } = await simulate(worldOf(job), breaks);
    return { job, outcome, cpuSeconds: cpuSeconds() };
  } catch (error) {
    return { job, error: (error as Error).stack ?? String(error), cpuSeconds: cpuSeconds() };
  }
}

// As a process of its own, one job after the other.
if (process.send !== undefined && process.argv.includes('--worker')) {
  process.on('message', (job: Job) => {
    void live(job).then((lived) => process.send?.(lived));
  });
}

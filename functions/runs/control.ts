import { isoMillis, type Temporal } from '../platform/time.ts';
import type { PauseReason, Run } from './run.ts';
import type { RunStore } from './run-store.ts';

/** Daily quotas are over a sliding day, so a little comes free every now and then. */
const quotaPause = { minutes: 30 };

/**
 * Changes a run, again if another writer was faster.
 *
 * @param change returns `undefined` to leave it as it is
 * @returns the run as it stands afterwards
 */
export async function changeRun(
  runs: RunStore,
  id: string,
  change: (run: Run) => Run | undefined,
): Promise<Run | undefined> {
  for (;;) {
    const run = await runs.get(id);
    const next = run && change(run);
    if (run === undefined || next === undefined) return run;
    const written = { ...next, version: run.version + 1 };
    if ((await runs.update(written)) === 'updated') return written;
  }
}

/** Stops sending until someone resumes the run; a used-up daily quota ends by itself. */
export const pauseRun = (
  runs: RunStore,
  id: string,
  because: PauseReason,
  now: Temporal.Instant,
): Promise<Run | undefined> =>
  changeRun(runs, id, (run) =>
    run.state === 'closed' || run.state === 'paused' || run.stopped !== undefined
      ? undefined
      : {
          ...run,
          state: 'paused',
          paused: {
            because,
            at: isoMillis(now),
            until: because === 'quota-exceeded' ? isoMillis(now.add(quotaPause)) : undefined,
          },
        },
  );

/** Goes on with a paused run: the next tick queues what is open. What was sent is in the ledger, and stays sent. */
export const resumeRun = (runs: RunStore, id: string): Promise<Run | undefined> =>
  changeRun(runs, id, (run) => (run.state === 'paused' ? resumed(run) : undefined));

/** Sends nothing more of a run. It closes once it is known what became of the mails under way. */
export const cancelRun = (runs: RunStore, id: string): Promise<Run | undefined> =>
  changeRun(runs, id, (run) =>
    run.state === 'closed' || run.stopped !== undefined ? undefined : stopped(run, 'cancelled'),
  );

export const resumed = (run: Run): Run => ({
  ...run,
  // Without preflight it was paused before all of its shards were planned.
  state: run.preflight === undefined ? 'planning' : 'delivering',
  paused: undefined,
  progress: undefined,
});

export const stopped = (run: Run, why: 'cancelled' | 'expired'): Run => ({
  ...(run.state === 'paused' ? resumed(run) : run),
  progress: undefined,
  stopped: why,
});

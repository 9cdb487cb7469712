import type { Run } from '../../functions/runs/run.ts';

/** A day's digest of seven articles that is being planned; `overrides` decide what a test is about. */
export const aRun = (overrides: Partial<Run> = {}): Run => ({
  id: 'digest-daily-2026-11-24',
  kind: 'digest',
  cadence: 'daily',
  fromNumber: 0,
  toNumber: 7,
  slot: '2026-11-24T06:00:00.000Z',
  createdAt: '2026-11-24T06:00:05.000Z',
  deadline: '2026-11-25T05:30:00.000Z',
  state: 'planning',
  shards: 2,
  version: 1,
  ...overrides,
});

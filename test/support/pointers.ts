import type { CadencePointers } from '../../functions/runs/run.ts';
import { cadences, type Cadence } from '../../functions/subscribers/subscriber.ts';

/** Cadences whose digests have come up to these publications. */
export const pointersAt = (numbers: Partial<Record<Cadence, number>>): CadencePointers =>
  Object.fromEntries(
    cadences.map((cadence) => [
      cadence,
      { toNumber: numbers[cadence] ?? 0, slot: '2026-11-24T06:00:00.000Z' },
    ]),
  );

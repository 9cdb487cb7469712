import { building } from './digest/building.ts';
import { counting } from './digest/counting.ts';
import { pacing } from './digest/sending.ts';
import { planning } from './digest/planning.ts';
import type { Figure } from './run.ts';

/**
 * Digests: building mails, planning, pacing, calls. A smaller `HEROLD_BENCH_READERS` (100000 when not set) shortens the
 * paced run, which lasts as long as the rate has it last.
 */
export default async function digest(): Promise<{ figures: Figure[] }> {
  const readers = Number(process.env['HEROLD_BENCH_READERS'] ?? 100_000);
  return {
    figures: [
      ...(await building()),
      ...(await planning()),
      ...(await pacing(readers)),
      ...(await counting(Math.min(readers, 12_500))),
    ],
  };
}

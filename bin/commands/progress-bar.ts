import { Presets, SingleBar } from 'cli-progress';

/** Draws on standard error, if someone watches. */
export function progressBar(): {
  /** Call once, before the first step. */
  start(total: number): void;
  /** One more step is done, or as many as said. */
  advance(steps?: number): void;
  stop(): void;
} {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: '[{bar}] {value}/{total}, {eta_formatted} left',
      clearOnComplete: true,
    },
    Presets.legacy,
  );
  return {
    start: (total) => bar.start(total, 0),
    advance: (steps = 1) => bar.increment(steps),
    stop: () => bar.stop(),
  };
}

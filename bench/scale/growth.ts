import type { Figure } from '../run.ts';

/** What issue 9 asks for: a little more than twice as much for twice as many. */
const most = 2.1;

/** The steepest growth between neighbours in size, as it would be for a doubling. */
export function growthFigure(name: string, sizes: readonly number[], values: readonly number[]): Figure {
  const steps = sizes.slice(1).map((size, index) => {
    const doublings = Math.log2(size / (sizes[index] ?? size));
    return ((values[index + 1] ?? 0) / (values[index] ?? 0)) ** (1 / doublings);
  });
  const steepest = Math.max(...steps);
  return {
    name: `${name}: growth per doubling, at the steepest`,
    value: steepest,
    unit: 'times',
    bar: `≤ ${most}`,
    holds: steepest <= most,
  };
}

/** Time of this process on its processor, in milliseconds: others want the machine too. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

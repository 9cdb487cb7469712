import type { World } from './acts.ts';
import type { Violation } from './model.ts';

/**
 * Makes a story that breaks a rule as short as can be: fewer acts, fewer days, that still break the same rule.
 *
 * @param breaks the violation that a world comes to, if any
 */
export async function shrink(
  world: World,
  rule: string,
  breaks: (world: World) => Promise<Violation | undefined>,
  progress: (world: World) => void,
): Promise<World> {
  const stillBreaks = async (candidate: World): Promise<boolean> => (await breaks(candidate))?.rule === rule;
  let smallest = world;
  let size = Math.ceil(smallest.acts.length / 2);
  while (size >= 1) {
    let start = 0;
    while (start < smallest.acts.length) {
      const acts = [...smallest.acts.slice(0, start), ...smallest.acts.slice(start + size)];
      if (await stillBreaks({ ...smallest, acts })) {
        smallest = { ...smallest, acts };
        progress(smallest);
      } else start += size;
    }
    size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return smallest;
}

import { createHash } from 'node:crypto';
import { topics, type TopicSlug } from '../../config/topics.ts';

/** A picture for a release: hills under a sky, in colours that go with its topic. The same name gives the same picture. */
export function illustration(name: string, topic: TopicSlug): string {
  const bytes = createHash('sha256').update(name).digest();
  const byte = (index: number): number => bytes[index] ?? 0;
  const hue = (topics.findIndex(({ slug }) => slug === topic) * 43 + 12) % 360;
  const ridge = (level: number): string => {
    const points = [0, 160, 320, 480, 640, 800].map(
      (x, index) => `${x},${140 + level * 75 + (byte(level * 6 + index) % 60)}`,
    );
    return `<polygon points="0,450 ${points.join(' ')} 800,450" fill="hsl(${hue + level * 14} ${38 - level * 4}% ${62 - level * 14}%)"/>`;
  };
  const sun = `<circle cx="${120 + (byte(30) % 560)}" cy="${70 + (byte(31) % 70)}" r="${28 + (byte(29) % 24)}" fill="hsl(${(hue + 40) % 360} 85% 82%)"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450" width="800" height="450">` +
    `<rect width="800" height="450" fill="hsl(${hue} 45% 90%)"/>${sun}${[0, 1, 2, 3].map(ridge).join('')}</svg>`
  );
}

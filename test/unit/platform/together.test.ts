import { setTimeout as sleep } from 'node:timers/promises';
import { together } from '../../../functions/platform/together.ts';

test('a failure waits for what is under way beside it', async () => {
  const ended: string[] = [];
  const call = async (name: string, ms: number, fails = false): Promise<string> => {
    await sleep(ms);
    ended.push(name);
    if (fails) throw new Error(`${name} failed`);
    return name;
  };
  await expect(
    together([call('slow', 20), call('second', 10, true), call('first', 0, true)]),
  ).rejects.toThrow('second failed');
  expect(ended).toEqual(['first', 'second', 'slow']);
  expect(await together([call('a', 5), 1, call('b', 0)])).toEqual(['a', 1, 'b']);
});

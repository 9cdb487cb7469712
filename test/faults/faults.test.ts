import { firstHarm, planted } from './planted.ts';
import { allWays } from './sweep.ts';

// `npm run faults` tries everything; this is the part of it that there is time for at each change.

const extent = { readers: 4, pairs: 0, messages: true };

test('calls and messages going wrong, a sample: nothing is lost, doubled or unaccounted', async () => {
  expect(await firstHarm({}, { ...extent, every: 7, pairs: 20, ways: allWays })).toBeUndefined();
}, 60_000);

test.each(planted)(
  'a sweep would see that $defect',
  async ({ stores, shownBy }) => {
    const ways = shownBy === undefined ? [] : [shownBy];
    expect(await firstHarm({ stores }, { ...extent, every: 1, ways })).toBeDefined();
  },
  60_000,
);

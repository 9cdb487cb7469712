import { base32, digestId } from '../../../functions/platform/ids.ts';

test.each([
  ['', ''],
  ['f', 'my'],
  ['fo', 'mzxq'],
  ['foo', 'mzxw6'],
  ['foob', 'mzxw6yq'],
  ['fooba', 'mzxw6ytb'],
  ['foobar', 'mzxw6ytboi'],
])('base 32 of %j is %j (RFC 4648, section 10)', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded);
});

test('ids depend on every part and on where one part ends', () => {
  expect(digestId('ab', 'c')).toMatch(/^[a-z2-7]{16}$/);
  expect(digestId('ab', 'c')).toBe(digestId('ab', 'c'));
  expect(new Set([digestId('ab', 'c'), digestId('a', 'bc'), digestId('abc'), digestId('abc', '')]).size).toBe(
    4,
  );
});

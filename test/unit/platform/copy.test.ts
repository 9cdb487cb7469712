import { copyOf } from '../../../functions/platform/copy.ts';

test('a copy of plain data is equal, and shares nothing with it', () => {
  const row = {
    text: 'a',
    number: 1,
    none: undefined,
    list: [{ deep: true }],
    bytes: new Uint8Array([1, 2]),
  };
  const copy = copyOf(row);
  expect(copy).toEqual(row);
  copy.list[0] = { deep: false };
  copy.bytes[0] = 9;
  expect(row).toEqual({ text: 'a', number: 1, list: [{ deep: true }], bytes: new Uint8Array([1, 2]) });
});

test('what is no plain data is copied as the platform does', () => {
  const map = new Map([['a', 1]]);
  expect([...copyOf(map)]).toEqual([['a', 1]]);
  expect(copyOf(map)).not.toBe(map);
});

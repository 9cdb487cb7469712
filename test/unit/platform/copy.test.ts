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
  row.list[0] = { deep: false };
  row.bytes[0] = 9;
  expect(copy).toEqual({ text: 'a', number: 1, list: [{ deep: true }], bytes: new Uint8Array([1, 2]) });
});

test('a copy can not be changed, and so is its own copy', () => {
  const copy = copyOf({ list: [{ deep: true }] });
  expect(() => copy.list.push({ deep: false })).toThrow(TypeError);
  expect(() => Object.assign(copy.list[0] ?? {}, { deep: false })).toThrow(TypeError);
  expect(copyOf(copy)).toBe(copy);
});

test('what is no plain data is copied as the platform does', () => {
  const map = new Map([['a', 1]]);
  expect([...copyOf(map)]).toEqual([['a', 1]]);
  expect(copyOf(map)).not.toBe(map);
});

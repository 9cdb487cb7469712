import fc from 'fast-check';
import { displayAddress, readAddress } from '../../../functions/subscribers/email-address.ts';
import { normaliseAddress } from '../../../functions/subscribers/sid.ts';

test.each([
  [' Ada@Example.org ', 'Ada@example.org'],
  ['info@Bücher.example', 'info@xn--bcher-kva.example'],
  ['a.b+c_d@sub.domain.example', 'a.b+c_d@sub.domain.example'],
  ["o'neil@example.org", "o'neil@example.org"],
])('%j can be written to as %s', (typed, address) => {
  expect(readAddress(typed)).toEqual({ outcome: 'valid', address });
});

test.each([
  ['', 'empty'],
  ['ada', 'malformed'],
  ['@example.org', 'malformed'],
  ['ada@', 'malformed'],
  ['ada@localhost', 'malformed'],
  ['ada@exa mple.org', 'malformed'],
  ['a..b@example.org', 'malformed'],
  ['ada@example.org\nBcc: x@example.org', 'malformed'],
  ['Ada <ada@example.org>', 'malformed'],
  ['ada@example.org,bob@example.org', 'malformed'],
  ['ädä@example.org', 'local-part-not-ascii'],
  [`${'a'.repeat(65)}@example.org`, 'too-long'],
  [`a@${'a.'.repeat(130)}example`, 'too-long'],
])('%j is no address: %s', (typed, outcome) => {
  expect(readAddress(typed)).toEqual({ outcome });
});

test('whatever passes can stand in a header, and names the same person however it is typed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), (typed) => {
      const reading = readAddress(typed);
      if (reading.outcome !== 'valid') return;
      expect(reading.address).toMatch(/^[!-~]+@[!-~]+$/);
      expect(reading.address).not.toMatch(/[<>(),;:"\\[\]]/);
      expect(normaliseAddress(reading.address)).toBe(normaliseAddress(typed));
      expect(normaliseAddress(typed.toUpperCase())).toBe(normaliseAddress(typed));
    }),
    { numRuns: 500 },
  );
});

test('people read domains in their own letters', () => {
  expect(displayAddress('info@xn--bcher-kva.example')).toBe('info@bücher.example');
});

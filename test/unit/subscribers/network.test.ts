import { networkOf } from '../../../functions/subscribers/network.ts';

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::/48'],
  ['2001:DB8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['fe80::', 'fe80:0:0::/48'],
])('%s belongs to %s', (ip, network) => {
  expect(networkOf(ip, 'prefix')).toBe(network);
});

test('the whole address is kept only where that is decided', () => {
  expect(networkOf('203.0.113.77', 'full')).toBe('203.0.113.77');
  expect(networkOf('2001:DB8:0:0::1', 'full')).toBe('2001:db8::1');
});

test.each(['', 'unknown', '203.0.113.77:443', '203.0.113.77, 10.0.0.1', '<script>'])('%j is none', (text) => {
  expect(networkOf(text, 'prefix')).toBeUndefined();
  expect(networkOf(text, 'full')).toBeUndefined();
});

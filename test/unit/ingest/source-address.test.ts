import {
  checkAddress,
  ForbiddenAddress,
  isPublicAddress,
  publicLookup,
} from '../../../functions/ingest/source-address.ts';

test.each([
  '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '127.0.0.1', '127.255.255.255', '0.0.0.0', '169.254.169.254',
  '100.64.0.1', '100.127.255.255', '192.0.0.192', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.9', '224.0.0.1', '239.255.255.255',
  '240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '64:ff9b::a00:1', 'fe80::1',
  'fc00::1', 'fd00:ec2::254', 'ff02::1', '2001:db8::1', '2002:a00:1::', '2001::1', 'no address',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
}); // prettier-ignore

test.each([
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '193.174.75.1',
  '2a00:1450:4001::1',
  '2001:4860:4860::8888',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  'ftp://ministry.example/feed',
  'file:///etc/passwd',
  'https://ministry.example:8443/feed',
  'http://ministry.example:22/',
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::1]/',
])('%s is not fetched', (url) => {
  expect(() => checkAddress(new URL(url), new Set())).toThrow(ForbiddenAddress);
});

test('what the allow-list names is fetched, that port alone', () => {
  const allowed = new Set(['127.0.0.1:8090']);
  expect(() => checkAddress(new URL('http://127.0.0.1:8090/feed'), allowed)).not.toThrow();
  expect(() => checkAddress(new URL('http://127.0.0.1:8091/feed'), allowed)).toThrow();
  expect(() => checkAddress(new URL('http://127.0.0.1/feed'), allowed)).toThrow();
});

test.each([true, false])(
  'a name that resolves to loopback is refused before anything connects (all: %s)',
  async (all) => {
    const error = await new Promise((resolve) =>
      publicLookup('localhost', { all }, (refusal) => resolve(refusal)),
    );
    expect(error).toMatchObject({ name: 'ForbiddenAddress' });
  },
);

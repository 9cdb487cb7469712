import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/** How much of a visitor's IP address may be kept. */
export type NetworkDetail = 'prefix' | 'full';

/**
 * The network that an IP address belongs to: /24 of IPv4, /48 of IPv6, which is about a household or an office. With
 * `full` the address itself. `undefined` for what is no IP address.
 */
export function networkOf(ip: string, detail: NetworkDetail): string | undefined {
  const v4 = ip.startsWith('::ffff:') ? ip.slice('::ffff:'.length) : ip;
  if (isIPv4(v4)) return detail === 'full' ? v4 : `${v4.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(ip)) return undefined;
  const address = new SocketAddress({ address: ip, family: 'ipv6' }).address; // in RFC 5952's form
  if (detail === 'full') return address;
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back];
  return `${groups.slice(0, 3).join(':')}::/48`;
}

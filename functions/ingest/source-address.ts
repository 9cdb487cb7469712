import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** An address that ingest must not fetch from: not the web, or not public. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

// IANA special-purpose registries (RFC 6890): whatever is not globally reachable.
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24],
  ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24],
  ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) special.addSubnet(network, prefix); // prettier-ignore
// In these, an IPv4 address hides (Teredo, 6to4), or nobody lives (documentation, benchmarks).
for (const [network, prefix] of [
  ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20],
] as const) special.addSubnet(network, prefix, 'ipv6'); // prettier-ignore
/** The only IPv6 that is routed on the Internet. Mapped, NAT64, loopback, local and multicast ones lie outside of it. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether anyone on the Internet could be reached at an IP address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family === 6) return globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
  return false;
}

/**
 * Checks an address before anything is sent to it: http or https, on port 80 or 443, not a private IP address. Names
 * are checked when they are resolved, by {@link publicLookup}.
 *
 * @param allowedHosts `host:port` pairs that may be fetched whatever they are
 * @throws ForbiddenAddress
 */
export function checkAddress(url: URL, allowedHosts: ReadonlySet<string>): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ForbiddenAddress(`${url.protocol} is not fetched, only http: and https:`);
  if (isAllowed(url, allowedHosts)) return;
  if (url.port !== '' && url.port !== '80' && url.port !== '443')
    throw new ForbiddenAddress(`Port ${url.port} of ${url.hostname} is not fetched, only 80 and 443`);
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) !== 0 && !isPublicAddress(literal))
    throw new ForbiddenAddress(`${literal} is not a public address`);
}

export const isAllowed = (url: URL, allowedHosts: ReadonlySet<string>): boolean =>
  allowedHosts.has(
    `${url.hostname}:${url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port}`,
  );

/**
 * Resolves a name for a connection, and refuses it if any of its addresses is not public. What is returned is what is
 * connected to, so an answer that changes between check and connection has no effect (DNS rebinding).
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const refused = addresses?.find(({ address }) => !isPublicAddress(address)); // eslint-disable-line @typescript-eslint/no-unnecessary-condition -- undefined when there is an error
    if (error !== null) callback(error, []);
    else if (refused !== undefined)
      callback(
        new ForbiddenAddress(`${hostname} is at ${refused.address}, which is not a public address`),
        [],
      );
    else if (options.all === true) callback(null, addresses);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
};

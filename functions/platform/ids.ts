import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base 32 in lower case, without padding: safe in paths, file names and `tag:` URIs. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet[(buffer >> bits) & 31] ?? '';
    }
    buffer &= (1 << bits) - 1;
  }
  if (bits > 0) out += alphabet[(buffer << (5 - bits)) & 31] ?? '';
  return out;
}

/**
 * A short name for content: SHA-256 over the parts, cut to 80 bits, 16 characters of base 32.
 * Parts are length-prefixed, so that `('ab', 'c')` and `('a', 'bc')` differ.
 */
export function digestId(...parts: string[]): string {
  const prefixed = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  return base32(createHash('sha256').update(prefixed).digest().subarray(0, 10));
}

import { createHmac } from 'node:crypto';
import { base32 } from '../platform/ids.ts';

/**
 * An address in the form that decides identity: domain in lower case, local part too. RFC 5321 lets local parts
 * differ by case, but no mailbox provider in use does, and two rows for one person would mean two mails.
 */
export const normaliseAddress = (address: string): string => address.trim().normalize('NFC').toLowerCase();

/** HMAC-SHA256 over the normalised address, cut to 16 bytes: 26 characters of base 32. */
export const sidOf = (address: string, pepper: Uint8Array): string =>
  base32(createHmac('sha256', pepper).update(normaliseAddress(address)).digest().subarray(0, 16));

/**
 * Shard of a sid, from its first bits: 0 ≤ shard < `shardCount`. The number of shards is fixed at deployment and
 * must be a power of two, at most 1024.
 */
export function shardOf(sid: string, shardCount: number): number {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  const tenBits = alphabet.indexOf(sid.charAt(0)) * 32 + alphabet.indexOf(sid.charAt(1));
  return Math.floor((tenBits * shardCount) / 1024);
}

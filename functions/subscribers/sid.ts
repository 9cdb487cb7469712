import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { base32 } from '../platform/ids.ts';

/**
 * An address in the form that decides identity: lower case, the domain in ASCII (UTS 46). RFC 5321 lets local parts
 * differ by case, but no mailbox provider in use does, and two rows for one person would mean two mails.
 */
export function normaliseAddress(address: string): string {
  const lower = address.trim().normalize('NFC').toLowerCase();
  const at = lower.lastIndexOf('@');
  const domain = domainToASCII(lower.slice(at + 1));
  return domain === '' ? lower : lower.slice(0, at + 1) + domain;
}

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

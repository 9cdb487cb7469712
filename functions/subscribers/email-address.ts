import { domainToASCII, domainToUnicode } from 'node:url';
import * as z from 'zod';

/** Why a text is no address that we can write to, for the form to say so. */
export type AddressProblem = 'empty' | 'too-long' | 'local-part-not-ascii' | 'malformed';

export type AddressReading = { outcome: 'valid'; address: string } | { outcome: AddressProblem };

/** RFC 5321 § 4.5.3.1: path 256 with its brackets, local part 64, in octets. */
const maxLength = 254;
const maxLocalPart = 64;

/**
 * Reads an address as someone typed it.
 *
 * @returns it with its local part as typed and its domain in ASCII: SES takes no other
 *   (https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html). Line breaks, quotes and comments never
 *   pass, so it can stand in a header.
 */
export function readAddress(text: string): AddressReading {
  const trimmed = text.trim().normalize('NFC');
  if (trimmed === '') return { outcome: 'empty' };
  if (trimmed.length > 4 * maxLength) return { outcome: 'too-long' };
  const at = trimmed.lastIndexOf('@');
  const localPart = trimmed.slice(0, Math.max(at, 0));
  const domain = domainToASCII(trimmed.slice(at + 1));
  if (at < 1 || domain === '') return { outcome: 'malformed' };
  if (/[\u0080-\uffff]/.test(localPart)) return { outcome: 'local-part-not-ascii' };
  const address = `${localPart}@${domain}`;
  if (address.length > maxLength || localPart.length > maxLocalPart) return { outcome: 'too-long' };
  return z.regexes.email.test(address) ? { outcome: 'valid', address } : { outcome: 'malformed' };
}

/** An address for people to read: `info@bücher.example`. */
export function displayAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at + 1) + domainToUnicode(address.slice(at + 1));
}

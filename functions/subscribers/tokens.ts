import { createHmac, timingSafeEqual } from 'node:crypto';
import { base32 } from '../platform/ids.ts';
import { epochSeconds, Temporal } from '../platform/time.ts';
import type { Keyring } from './keyring.ts';

/** What a token lets its bearer do, and for how many hours; `undefined` is for ever. */
const purposes = {
  /** Leave, from any mail ever sent. */
  unsubscribe: { letter: 'u', validHours: undefined },
  /** See and change one's own settings and data; in every mail. */
  settings: { letter: 's', validHours: 30 * 24 },
  /** Confirm an address. */
  confirm: { letter: 'c', validHours: 7 * 24 },
  /** Send a form that is for everyone: proves that it came from our page, and when. */
  form: { letter: 'f', validHours: 12 },
} as const;

export type TokenPurpose = keyof typeof purposes;

/** Days for which a sign-up can be confirmed. */
export const confirmationDays = purposes.confirm.validHours / 24;

/** Days for which a link to the settings can be used. */
export const settingsDays = purposes.settings.validHours / 24;

/** The sid in a `form` token, which is about nobody. */
export const nobody = 'a'.repeat(26);

/**
 * Characters in every token, whatever its purpose and key: 2 for the key's id, 1 for the purpose, 52 of base64url
 * (RFC 4648 § 5) for 16 bytes of sid, 5 of time and 18 of MAC. Mails are made once with slots of this width.
 */
export const tokenLength = 55;

const sidBytes = 16;
const timeBytes = 5;
const macBytes = 18;

/**
 * Makes a token for one purpose and person.
 *
 * @param at when it is made; its validity counts from here. Those that are valid for ever are always the same.
 */
export function makeToken(
  keyring: Keyring,
  purpose: TokenPurpose,
  sid: string,
  at: Temporal.Instant,
): string {
  const { letter, validHours } = purposes[purpose];
  const payload = Buffer.alloc(sidBytes + timeBytes);
  payload.set(fromBase32(sid));
  if (validHours !== undefined) payload.writeUIntBE(epochSeconds(at), sidBytes, timeBytes);
  const head = `${keyring.currentKey}${letter}`;
  const key = keyring.tokenKeys.get(keyring.currentKey);
  if (key === undefined) throw new Error(`the keyring has no key ${keyring.currentKey}`);
  return head + Buffer.concat([payload, macOf(key, head, payload)]).toString('base64url');
}

/** What a token that is ours says. */
export type TokenReading =
  | { outcome: 'valid'; sid: string; madeAt: Temporal.Instant }
  /** Ours, but too old, or from the future by more than a minute. */
  | { outcome: 'expired'; sid: string }
  /** Not made by us for this purpose, or mutilated on its way. */
  | { outcome: 'invalid' };

/** Reads a token for one purpose. Compares in constant time; never throws, whatever the text. */
export function readToken(
  keyring: Keyring,
  purpose: TokenPurpose,
  token: string,
  now: Temporal.Instant,
): TokenReading {
  const { letter, validHours } = purposes[purpose];
  if (token.length !== tokenLength || token.charAt(2) !== letter) return { outcome: 'invalid' };
  // Node reads base64's other letters too, so one token could be written in many ways.
  if (!/^[\w-]+$/.test(token)) return { outcome: 'invalid' };
  const key = keyring.tokenKeys.get(token.slice(0, 2));
  const bytes = Buffer.from(token.slice(3), 'base64url');
  if (key === undefined || bytes.length !== sidBytes + timeBytes + macBytes) return { outcome: 'invalid' };
  const payload = bytes.subarray(0, sidBytes + timeBytes);
  const mac = bytes.subarray(sidBytes + timeBytes);
  if (!timingSafeEqual(mac, macOf(key, token.slice(0, 3), payload))) return { outcome: 'invalid' };

  const sid = base32(payload.subarray(0, sidBytes));
  const madeAt = Temporal.Instant.fromEpochMilliseconds(payload.readUIntBE(sidBytes, timeBytes) * 1000);
  if (validHours !== undefined) {
    const age = madeAt.until(now).total('hours');
    if (age >= validHours || age < -1 / 60) return { outcome: 'expired', sid };
  }
  return { outcome: 'valid', sid, madeAt };
}

const macOf = (key: Uint8Array, head: string, payload: Uint8Array): Buffer =>
  createHmac('sha256', key)
    .update('herold-token\0')
    .update(head)
    .update(payload)
    .digest()
    .subarray(0, macBytes);

function fromBase32(sid: string): Uint8Array {
  const bytes = new Uint8Array(sidBytes);
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const character of sid) {
    const value = 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(character);
    if (value < 0 || sid.length !== 26) throw new Error('a sid has 26 characters of base 32');
    buffer = (buffer << 5) | value;
    bits += 5;
    if (bits >= 8 && length < sidBytes) {
      bits -= 8;
      bytes[length++] = (buffer >> bits) & 0xff;
      buffer &= (1 << bits) - 1;
    }
  }
  return bytes;
}

import fc from 'fast-check';
import { Temporal } from '../../../functions/platform/time.ts';
import { newKeyringSecret, parseKeyring, type Keyring } from '../../../functions/subscribers/keyring.ts';
import { sidOf } from '../../../functions/subscribers/sid.ts';
import {
  makeToken,
  nobody,
  readToken,
  tokenLength,
  type TokenPurpose,
} from '../../../functions/subscribers/tokens.ts';

const keyring = parseKeyring(newKeyringSecret());
const at = Temporal.Instant.from('2026-04-01T06:00:00Z');
const later = (hours: number) => at.add({ seconds: Math.round(hours * 3600) });
const sid = sidOf('ada@example.org', keyring.pepper);
const purposes: TokenPurpose[] = ['unsubscribe', 'settings', 'confirm', 'form'];

test('every token has the same width, and its characters pass through URLs and mails', () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.constantFrom(...purposes), (address, purpose) => {
      const someone = sidOf(address, keyring.pepper);
      const token = makeToken(keyring, purpose, someone, at);
      expect(token).toHaveLength(tokenLength);
      expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(readToken(keyring, purpose, token, at)).toMatchObject({ outcome: 'valid', sid: someone });
    }),
  );
  expect(readToken(keyring, 'form', makeToken(keyring, 'form', nobody, at), at)).toEqual({
    outcome: 'valid',
    sid: nobody,
    madeAt: at,
  });
});

test('a token serves one purpose', () => {
  for (const purpose of purposes) {
    const token = makeToken(keyring, purpose, sid, at);
    for (const other of purposes.filter((candidate) => candidate !== purpose)) {
      expect(readToken(keyring, other, token, at)).toEqual({ outcome: 'invalid' });
      const forged = token.slice(0, 2) + makeToken(keyring, other, sid, at).charAt(2) + token.slice(3);
      expect(readToken(keyring, other, forged, at)).toEqual({ outcome: 'invalid' });
    }
  }
});

test('no other text is a token, nor is one with any character changed', () => {
  const token = makeToken(keyring, 'settings', sid, at);
  fc.assert(
    fc.property(
      fc.nat(tokenLength - 1),
      fc.constantFrom('a', 'Z', '0', '_', '-', '%', 'ä', '='),
      (index, character) => {
        const changed = token.slice(0, index) + character + token.slice(index + 1);
        fc.pre(changed !== token);
        expect(readToken(keyring, 'settings', changed, at)).toEqual({ outcome: 'invalid' });
      },
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readToken(keyring, 'unsubscribe', text, at)).toEqual({ outcome: 'invalid' });
    }),
  );
});

test('a token can be written in one way only, not in the letters of plain base64 too', () => {
  const written = Array.from({ length: 50 }, (_, minute) =>
    makeToken(keyring, 'settings', sid, later(minute / 60)),
  )
    .map(
      (token) =>
        [token, token.slice(0, 3) + token.slice(3).replaceAll('-', '+').replaceAll('_', '/')] as const,
    )
    .filter(([token, other]) => token !== other);
  expect(written.length).toBeGreaterThan(10);
  for (const [token, other] of written) {
    expect(readToken(keyring, 'settings', token, later(1)).outcome).toBe('valid');
    expect(readToken(keyring, 'settings', other, later(1)).outcome).toBe('invalid');
  }
});

test.each<[TokenPurpose, number]>([
  ['settings', 30 * 24],
  ['confirm', 7 * 24],
  ['form', 12],
])('%s tokens are valid for %d hours', (purpose, hours) => {
  const token = makeToken(keyring, purpose, sid, at);
  expect(readToken(keyring, purpose, token, later(hours - 0.01)).outcome).toBe('valid');
  expect(readToken(keyring, purpose, token, later(hours))).toEqual({ outcome: 'expired', sid });
  expect(readToken(keyring, purpose, token, later(-0.1))).toEqual({ outcome: 'expired', sid });
});

test('unsubscribe tokens are valid years later and after key rotation, and always the same', () => {
  const token = makeToken(keyring, 'unsubscribe', sid, at);
  expect(makeToken(keyring, 'unsubscribe', sid, later(99))).toBe(token);
  const rotated: Keyring = {
    ...keyring,
    tokenKeys: new Map([...keyring.tokenKeys, ['k2', Buffer.alloc(32, 7)]]),
    currentKey: 'k2',
  };
  expect(makeToken(rotated, 'unsubscribe', sid, at)).not.toBe(token);
  expect(readToken(rotated, 'unsubscribe', token, later(24 * 365 * 20))).toMatchObject({
    outcome: 'valid',
    sid,
  });
  const withoutOld: Keyring = { ...rotated, tokenKeys: new Map([['k2', Buffer.alloc(32, 7)]]) };
  expect(readToken(withoutOld, 'unsubscribe', token, at)).toEqual({ outcome: 'invalid' });
});

test('a keyring that does not fit is refused without being quoted', () => {
  const secret = JSON.stringify({ pepper: 'c2hvcnQ=', tokenKeys: { k1: 'c2hvcnQ=' }, currentKey: 'k2' });
  expect(() => parseKeyring(secret)).toThrow(/currentKey is not in tokenKeys/);
  expect(() => parseKeyring(secret)).not.toThrow(/c2hvcnQ/);
  expect(() => parseKeyring('geheim')).toThrow(/^the keyring is not JSON$/);
});

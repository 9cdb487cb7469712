import { oneOf, positiveInt, readEnv, text, webUrl } from '../../../functions/platform/env.ts';

const contract = { TABLE: text, LIMIT: positiveInt, BASE: webUrl, MODE: oneOf('on', 'off') };

test('an environment that fits comes out typed', () => {
  const env = readEnv(contract, {
    TABLE: 'content',
    LIMIT: '50',
    BASE: 'https://portal.example',
    MODE: 'on',
    OTHER: 'x',
  });
  expect(env).toEqual({ TABLE: 'content', LIMIT: 50, BASE: new URL('https://portal.example'), MODE: 'on' });
});

test('every problem is told at once, with the value received and the mend', () => {
  expect(() => readEnv(contract, { TABLE: '', LIMIT: '1.5', BASE: 'portal.example' })).toThrow(
    'The environment does not fit: TABLE is ""; it must not be empty. ' +
      'LIMIT is "1.5"; it must be a whole number of at least 1. ' +
      'BASE is "portal.example"; it must be an absolute URL such as https://portal.example. ' +
      'MODE is missing.',
  );
  expect(() => readEnv(contract, { TABLE: 'a', LIMIT: '0', BASE: 'ftp://x', MODE: 'maybe' })).toThrow(
    /LIMIT is "0".*must begin with https:\/\/.*must be one of on, off/s,
  );
});

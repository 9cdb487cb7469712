import { parseKeyring } from '../../functions/subscribers/keyring.ts';
import { shardOf, sidOf } from '../../functions/subscribers/sid.ts';
import { shardCount } from '../../local/environment.ts';
import { aSubscriber, changeTo, testPepper } from '../../test/support/subscribers.ts';
import type { Row } from '../support/filled-dynamodb.ts';

/** Known to both processes, so that links can be made here and read there. */
export const keyringText = JSON.stringify({
  pepper: testPepper.toString('base64'),
  tokenKeys: { k1: Buffer.alloc(32, 7).toString('base64') },
  currentKey: 'k1',
});
export const keyring = parseKeyring(keyringText);

/** Found by it in logs, where it must not be. */
export const addressDomain = 'load.example';

export const seededAddress = (index: number): string => `leser${index}@${addressDomain}`;
export const newAddress = (index: number): string => `neu${index}@${addressDomain}`;

/** Confirmed subscribers and the first entry of their ledgers. */
export function* seededRows(count: number): Iterable<Row> {
  for (let index = 0; index < count; index++) {
    const address = seededAddress(index);
    const sid = sidOf(address, testPepper);
    const { subscriber, entry } = changeTo(aSubscriber(address, { sid }));
    yield { pk: `S#${shardOf(sid, shardCount)}`, sk: sid, ...subscriber };
    yield { pk: `C#${sid}`, sk: `${entry.at}#000001#aaaaaaaa`, ...entry };
  }
}

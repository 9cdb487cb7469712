import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableNames } from '../../local/environment.ts';
import type { LoadTook } from './load.ts';

/** One confirmation goes to an address in so many seconds, of the server's time (`functions/subscribers/limits.ts`). */
const perAddressSeconds = 15 * 60;

/** Where answers and store disagree. */
export interface Disagreements {
  /** Answered with 200, and not there: a row, its ledger's entry, or its message. */
  lost: number;
  /** There twice, or by nobody's wish. */
  doubled: number;
  /** Sign-ups that are there. */
  signUps: number;
}

/** Holds every answer against what is stored and queued afterwards. */
export async function compare(
  client: DynamoDBDocumentClient,
  messages: readonly string[],
  took: LoadTook,
): Promise<Disagreements> {
  const states = new Map<string, string>();
  /** Moments, by sid and by what happened. */
  const events = new Map<string, string[]>();
  const pages = paginateScan({ client }, { TableName: tableNames.subscribers, ConsistentRead: true });
  for await (const { Items: rows = [] } of pages) {
    for (const row of rows) {
      const [kind = '', sid = ''] = String(row['pk']).split('#');
      if (kind === 'S') states.set(String(row['sid']), String(row['state']));
      else {
        const key = `${sid} ${row['event']} by ${row['reason']}`;
        events.set(key, [...(events.get(key) ?? []), String(row['at'])].sort());
      }
    }
  }
  const mails = new Map<string, number>();
  for (const body of messages) {
    const { sid } = JSON.parse(body) as { sid: string };
    mails.set(sid, (mails.get(sid) ?? 0) + 1);
  }
  const asked = (sid: string) => events.get(`${sid} requested by sign-up-form`) ?? [];
  const left = (sid: string) => events.get(`${sid} left by one-click`) ?? [];
  const pending = [...states].filter(([, state]) => state === 'pending').map(([sid]) => sid);

  const lostSignUps = [...took.signedUp].filter(
    (sid) =>
      states.get(sid) !== 'pending' || asked(sid).length < 1 || (mails.get(sid) ?? 0) < asked(sid).length,
  );
  const lostLeavings = [...took.left].filter((sid) => states.get(sid) !== 'left' || left(sid).length < 1);
  const doubled = [...states.keys()].filter(
    (sid) =>
      left(sid).length > 1 ||
      (mails.get(sid) ?? 0) > asked(sid).length ||
      asked(sid).some(
        (at, index, all) => index > 0 && secondsBetween(all[index - 1], at) < perAddressSeconds,
      ),
  );
  const unasked = [...states].filter(
    ([sid, state]) =>
      (state === 'left' && !took.left.has(sid)) || (state === 'pending' && !took.signedUp.has(sid)),
  );
  const strangers = [...mails.keys()].filter((sid) => states.get(sid) !== 'pending');
  return {
    lost: lostSignUps.length + lostLeavings.length,
    doubled: doubled.length + unasked.length + strangers.length,
    signUps: pending.length,
  };
}

const secondsBetween = (from = '', to = ''): number => (Date.parse(to) - Date.parse(from)) / 1000;

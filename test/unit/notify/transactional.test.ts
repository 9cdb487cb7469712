import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { MemoryMailer } from '../../../functions/mail/memory-mailer.ts';
import { DynamoDbMailClaims } from '../../../functions/mail/transactional/dynamodb-mail-claims.ts';
import type { MailClaims } from '../../../functions/mail/transactional/mail-claims.ts';
import { MemoryMailClaims } from '../../../functions/mail/transactional/memory-mail-claims.ts';
import { sendTransactional, type TransactionalParts } from '../../../functions/notify/transactional.ts';
import { documentClient } from '../../../functions/platform/aws-clients.ts';
import { Retry } from '../../../functions/platform/errors.ts';
import { createLog } from '../../../functions/platform/log.ts';
import { epochSeconds, isoMillis, Temporal } from '../../../functions/platform/time.ts';
import { confirm, signUp } from '../../../functions/subscribers/sign-up.ts';
import { sidOf } from '../../../functions/subscribers/sid.ts';
import { requestMove, confirmMove } from '../../../functions/subscribers/move.ts';
import { requestSettingsLink } from '../../../functions/subscribers/settings.ts';
import { readToken } from '../../../functions/subscribers/tokens.ts';
import type { TransactionalMessage } from '../../../functions/subscribers/transactional-message.ts';
import { memorySubscriberParts, testKeyring } from '../../support/subscriber-parts.ts';
import { testPepper } from '../../support/subscribers.ts';
import { freshTables } from '../../support/tables.ts';

const t0 = Temporal.Instant.from('2026-04-01T06:00:00Z');
const later = (minutes: number) => t0.add({ minutes });
const ada = 'Ada@example.org';
const adaSid = sidOf(ada, testPepper);

describe.each<[string, () => Promise<MailClaims>]>([
  ['memory', async () => new MemoryMailClaims()],
  ['DynamoDB', async () => new DynamoDbMailClaims(documentClient(), (await freshTables()).dispatch)],
])('mails that someone waits for, claimed in %s', (_name, makeClaims) => {
  let subscribers: ReturnType<typeof memorySubscriberParts>;
  let mailer: MemoryMailer;
  let parts: TransactionalParts;
  const send = (message: TransactionalMessage, at = t0) => sendTransactional(parts, message, at);
  const parsed = (index: number) => simpleParser(Buffer.from(mailer.sent[index]?.raw ?? []));
  const nextMessage = (): TransactionalMessage => {
    const [message] = subscribers.mails.drain();
    if (message === undefined) throw new Error('no message waits');
    return message;
  };

  /** Ada is confirmed and asks for another address at minute 20; returns what confirms that. Mails of it are left out. */
  const asksToMove = async (to: string) => {
    const confirmation = { sid: adaSid, network: undefined, wantsMailAgain: false };
    await confirm(subscribers, { ...confirmation, requestedAt: isoMillis(t0) }, t0);
    await requestMove(subscribers, adaSid, to, undefined, later(20));
    subscribers.mails.drain();
    return { ...confirmation, sid: sidOf(to, testPepper), requestedAt: isoMillis(later(20)) };
  };
  const isSent = async (id: string, minutes: number, outcome: 'accepted' | 'failed' = 'accepted') => {
    await parts.claims.claim(id, undefined, {
      state: 'claimed',
      attempt: 1,
      at: epochSeconds(later(minutes)),
    });
    await parts.claims.settle(id, outcome);
  };

  beforeEach(async () => {
    subscribers = memorySubscriberParts();
    mailer = new MemoryMailer();
    parts = {
      ...subscribers,
      claims: await makeClaims(),
      mailer,
      queue: subscribers.mails,
      baseUrl: new URL('https://portal.example'),
      sender: 'meldungen@portal.example',
      log: createLog('test'),
    };
    const choice = {
      subscriptions: [{ cadence: 'daily' as const, topics: ['jugendarbeit', 'familie'] }],
      announcements: true,
    };
    await signUp(subscribers, { address: ada, network: '192.0.2.0/24', ...choice }, t0);
  });

  test('a confirmation says what is asked, in whose name, and nothing else', async () => {
    expect(await send(nextMessage())).toBe('sent');
    const mail = await parsed(0);
    expect(mailer.sent[0]?.to).toBe(ada);
    expect(mail.subject).toBe('Bitte bestätigen Sie Ihre Anmeldung');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headerLines.map(({ key }) => key)).not.toContain('list-unsubscribe');
    expect(mail.text).toContain('am 1. April 2026, 08:00 Uhr');
    expect(mail.text).toContain('- täglich: Jugendarbeit, Familie und Eltern');
    expect(mail.text).toContain('- Hinweise zum Portal');
    expect(mail.text).toContain('Der Link gilt bis zum 8. April 2026, 08:00 Uhr.');
    expect(mail.text).toContain('Musterstraße 1');
    expect(mail.html).toContain('lang="de"');
    expect(mail.html).not.toMatch(/<img|src=/);
    const token = /bestaetigung\?t=(\S+)/.exec(mail.text ?? '')?.[1] ?? '';
    expect(mail.html).toContain(token);
    expect(readToken(testKeyring, 'confirm', token, later(1))).toMatchObject({
      outcome: 'valid',
      sid: adaSid,
    });
    const source = Buffer.from(mailer.sent[0]?.raw ?? []).toString('latin1');
    expect(source).not.toMatch(/[\u0080-\uffff]/);
    expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(source.match(/Content-Transfer-Encoding: quoted-printable/g)).toHaveLength(2);
  });

  test('the ledger keeps the hash of the mail with the confirmation', async () => {
    await send(nextMessage());
    const row = await subscribers.store.get(adaSid, epochSeconds(t0));
    expect(row?.request?.mailHash).toMatch(/^[0-9a-f]{64}$/);
    await confirm(
      subscribers,
      { sid: adaSid, requestedAt: isoMillis(t0), network: undefined, wantsMailAgain: false },
      later(5),
    );
    const history = await subscribers.store.history(adaSid, epochSeconds(t0));
    expect(history.at(-1)).toMatchObject({ event: 'confirmed', mailHash: row?.request?.mailHash });
  });

  test('a message received twice, even at the same time, sends one mail', async () => {
    const message = nextMessage();
    const outcomes = await Promise.allSettled([send(message), send(message), send(message)]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await send(message, later(2))).toBe('done-before');
    expect(mailer.sent).toHaveLength(1);
  });

  test('a refused mail is tried again when its message comes back', async () => {
    const message = nextMessage();
    mailer.answers.push({ outcome: 'refused', reason: 'rate-exceeded' });
    await expect(send(message)).rejects.toThrow(Retry);
    expect(await send(message, later(3))).toBe('sent');
    expect(mailer.sent).toHaveLength(1);
  });

  test('a mail of unknown outcome goes out once more after half an hour, and never again', async () => {
    const message = nextMessage();
    mailer.answers.push({ outcome: 'unknown', reason: 'timeout' }, { outcome: 'unknown', reason: 'timeout' });
    expect(await send(message)).toBe('unknown');
    expect(subscribers.mails.sent).toEqual([{ message, delaySeconds: 900 }]);
    expect(await send(nextMessage(), later(15))).toBe('waiting');
    expect(mailer.answers).toHaveLength(1);
    expect(await send(nextMessage(), later(30))).toBe('unknown');
    expect(mailer.answers).toHaveLength(0);
    expect(await send(message, later(90))).toBe('done-before');
    expect(subscribers.mails.sent).toEqual([]);
  });

  test('SES telling that it took the mail ends the waiting', async () => {
    const message = nextMessage();
    mailer.answers.push({ outcome: 'unknown', reason: 'timeout' });
    await send(message);
    await parts.claims.settle(message.id, 'accepted');
    await parts.claims.settle(message.id, 'unknown');
    expect(await send(message, later(31))).toBe('done-before');
    expect(mailer.sent).toHaveLength(0);
  });

  test('a claim whose holder died counts as unknown', async () => {
    const message = nextMessage();
    await parts.claims.claim(message.id, undefined, { state: 'claimed', attempt: 1, at: epochSeconds(t0) });
    await expect(send(message, t0.add({ seconds: 59 }))).rejects.toThrow(Retry);
    expect(await send(message, later(1))).toBe('waiting');
    expect(await send(message, later(30))).toBe('sent');
  });

  test('what is not asked for any more is not sent', async () => {
    const message = nextMessage();
    expect(await send(message, later(8 * 24 * 60))).toBe('dropped');
    expect(await send({ id: 'x', kind: 'settings-link', sid: adaSid })).toBe('dropped');
    expect(await send({ id: 'y', kind: 'address-changed', sid: adaSid })).toBe('dropped');
    expect(mailer.sent).toHaveLength(0);
  });

  test('the former address is told of a change and then forgotten; a settings link goes to the new one', async () => {
    subscribers.mails.drain();
    const confirmation = { sid: adaSid, network: undefined, wantsMailAgain: false };
    await confirm(subscribers, { ...confirmation, requestedAt: isoMillis(t0) }, t0);
    await requestMove(subscribers, adaSid, 'ada@bücher.example', undefined, later(20));
    const sid = sidOf('ada@bücher.example', testPepper);
    expect(await send(nextMessage(), later(21))).toBe('sent');
    expect((await parsed(0)).subject).toBe('Bitte bestätigen Sie Ihre neue E-Mail-Adresse');
    await confirmMove(subscribers, { ...confirmation, sid, requestedAt: isoMillis(later(20)) }, later(22));
    expect(await send(nextMessage(), later(23))).toBe('sent');
    expect(mailer.sent[0]?.tags).toMatchObject({ sid });
    expect(mailer.sent[1]?.to).toBe(ada);
    expect(mailer.sent[1]?.tags).not.toHaveProperty('sid');
    expect((await parsed(1)).text).toContain('a…@bücher.example');
    expect(await subscribers.store.get(sid, 0)).not.toHaveProperty('formerAddress');
    await requestSettingsLink(subscribers, 'ada@bücher.example', undefined, later(24));
    expect(await send(nextMessage(), later(24))).toBe('sent');
    expect((await parsed(2)).text).toMatch(/einstellungen\?t=\S{55}\n/);
  });

  test.each(['accepted', 'failed'] as const)(
    'a former address is forgotten although whoever told it died before that: %s',
    async (outcome) => {
      const move = await asksToMove('ada@neu.example');
      const { sid } = move;
      await confirmMove(subscribers, move, later(22));
      const message = nextMessage();
      await isSent(message.id, 22, outcome);
      expect(await subscribers.store.get(sid, 0)).toHaveProperty('formerAddress');
      expect(await send(message, later(23))).toBe('done-before');
      expect(mailer.sent).toHaveLength(0);
      expect(await subscribers.store.get(sid, 0)).not.toHaveProperty('formerAddress');
    },
  );

  test('a change of address is in force only when its letter to the former address is under way', async () => {
    const move = await asksToMove('ada@neu.example');
    const unreachable = { send: () => Promise.reject(new Error('no connection')) };
    await expect(confirmMove({ ...subscribers, mails: unreachable }, move, later(22))).rejects.toThrow();
    expect(await subscribers.store.get(adaSid, 0)).toMatchObject({ state: 'confirmed', address: ada });
    expect(await confirmMove(subscribers, move, later(23))).toMatchObject({ outcome: 'confirmed' });
    expect(subscribers.mails.sent).toMatchObject([
      { message: { kind: 'address-changed' }, delaySeconds: 20 },
    ]);
  });

  test('the hash of a confirmation is on record although whoever sent it died before that', async () => {
    const message = nextMessage();
    await isSent(message.id, 1);
    expect(await send(message, later(3))).toBe('done-before');
    const noted = (await subscribers.store.get(adaSid, epochSeconds(t0)))?.request?.mailHash;
    // What would have been sent, byte for byte.
    parts.claims = new MemoryMailClaims();
    await send(message);
    const { raw } = mailer.sent[0] ?? { raw: new Uint8Array() };
    expect(noted).toBe(createHash('sha256').update(raw).digest('hex'));
  });

  test('a message that comes back late touches nothing that was asked or changed since', async () => {
    const first = nextMessage();
    await send(first);
    const again = { address: ada, network: undefined, subscriptions: [], announcements: true };
    await signUp(subscribers, again, later(2 * 24 * 60));
    await send(nextMessage(), later(2 * 24 * 60));
    const hash = async () =>
      (await subscribers.store.get(adaSid, epochSeconds(later(2 * 24 * 60))))?.request?.mailHash;
    const before = await hash();
    expect(await send(first, later(2 * 24 * 60 + 1))).toBe('done-before');
    expect(await hash()).toBe(before);
  });

  test('a letter of an earlier change that comes back late leaves the former address of a later one', async () => {
    const move = await asksToMove('ada@neu.example');
    await isSent('earlier', 19);
    await confirmMove(subscribers, move, later(22));
    const earlier = { id: 'earlier', kind: 'address-changed' as const, sid: move.sid };
    expect(await send(earlier, later(23))).toBe('done-before');
    expect(await subscribers.store.get(move.sid, 0)).toMatchObject({ formerAddress: ada });
  });
});

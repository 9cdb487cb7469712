import { allowList, AllowListedMailer } from '../../../functions/mail/allow-list.ts';
import { MemoryMailer } from '../../../functions/mail/memory-mailer.ts';

test('a star allows everyone', () => {
  const isAllowed = allowList(' * ');
  expect(isAllowed('anyone@mail.example')).toBe(true);
});

test('addresses allow themselves, however they are written, and no one else', () => {
  const isAllowed = allowList('ada@mail.example, Grace@Mail.example ,');
  expect(isAllowed('ADA@mail.example')).toBe(true);
  expect(isAllowed('grace@mail.example')).toBe(true);
  for (const other of ['eve@mail.example', 'ada@mail.example.evil', 'xada@mail.example', '', '*']) {
    expect(isAllowed(other)).toBe(false);
  }
});

test.each(['', ' , ', 'ada', '*@mail.example extra', 'ada@mail.example,*'])(
  'what is neither a star nor addresses allows no one by mistake: "%s"',
  (value) => {
    expect(() => allowList(value)).toThrow('must be * or addresses joined by commas');
  },
);

test('whoever is not on the list gets nothing, whatever the caller believes', async () => {
  const inner = new MemoryMailer();
  const mailer = new AllowListedMailer(inner, allowList('ada@mail.example'));
  const mail = { raw: Buffer.from('Subject: x\r\n\r\n'), tags: {} };
  expect(await mailer.send({ ...mail, to: 'eve@mail.example' })).toEqual({
    outcome: 'failed',
    reason: 'not-allow-listed',
  });
  expect(await mailer.send({ ...mail, to: 'ada@mail.example' })).toMatchObject({ outcome: 'accepted' });
  expect(inner.sent.map(({ to }) => to)).toEqual(['ada@mail.example']);
  expect(await mailer.quota()).toEqual(await inner.quota());
});

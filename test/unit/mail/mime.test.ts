import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { bytesOf } from '../../../functions/mail/mime.ts';

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\r\n\r\n',
        ' \r\n',
        '\t',
        '=',
        '.',
        '..\r\n',
        'ß',
        '–',
        '👨‍👩‍👧',
        'Straße ',
        'a'.repeat(75),
      ),
      fc.string({ unit: 'binary', maxLength: 90 }).map((one) => one.replaceAll(/[^\x20-\x7e]/g, 'ß')),
    ),
    { minLength: 1, maxLength: 200 },
  )
  .map((parts) => `${parts.join('')}.`);

test('a mail has the bytes that nodemailer streams, whatever its texts', async () => {
  const mail = fc.record(
    {
      subject: fc.string({ minLength: 1 }),
      text,
      html: text,
      attachments: fc.array(
        fc.record({
          filename: fc.constantFrom('r.ics', 'Übersicht.txt'),
          content: fc.oneof(
            text,
            fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
          ),
        }),
        { maxLength: 2 },
      ),
      textEncoding: fc.constantFrom('quoted-printable' as const, 'base64' as const),
    },
    { requiredKeys: ['subject', 'text', 'html'] },
  );
  await fc.assert(
    fc.asyncProperty(mail, async (parts) => {
      const node = new MailComposer({ from: 'a@portal.example', to: 'ada@mail.example', ...parts }).compile();
      expect(bytesOf(node).toString()).toBe((await node.build()).toString());
    }),
    { numRuns: 300 },
  );
});

import fc from 'fast-check';
import { simpleParser, type ParsedMail } from 'mailparser';
import { compose, composeTemplate, splice, type Reader } from '../../../functions/mail/compose.ts';
import { ownLinks, type Edition } from '../../../functions/mail/edition.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { readAddress } from '../../../functions/subscribers/email-address.ts';
import { tokenLength } from '../../../functions/subscribers/tokens.ts';

const sender = { address: 'newsletter@portal.example', baseUrl: new URL('https://portal.example') };

const anEdition = (overrides: Partial<Edition> = {}): Edition => ({
  list: { label: 'taeglich', name: 'Tagesüberblick – Portal der Kinder- und Jugendhilfe' },
  subject: '„Kita-Ausbau kommt voran“ und 4 weitere Meldungen',
  html: `<html lang="de"><body><h1>Überblick</h1><a href="${ownLinks.settings}">Einstellungen</a> <a href="${ownLinks.unsubscribe}">Abmelden</a></body></html>`,
  text: `Überblick\n\nEinstellungen: ${ownLinks.settings}\nAbmelden: ${ownLinks.unsubscribe}\n`,
  attachments: [],
  ...overrides,
});

const aReader = (overrides: Partial<Reader> = {}): Reader => ({
  address: 'ada@mail.example',
  unsubscribeToken: 'U'.repeat(tokenLength),
  settingsToken: 'S'.repeat(tokenLength),
  messageId: `run.${'a'.repeat(26)}@portal.example`,
  at: Temporal.Instant.from('2026-11-24T06:00:00Z'),
  ...overrides,
});

/** What a mailbox sees, without the boundary, which is drawn anew with each composing. */
async function structureOf(raw: Buffer): Promise<Partial<ParsedMail> & { headerLines: unknown }> {
  const { subject, from, to, date, messageId, html, text, attachments, headerLines } = await simpleParser(
    raw,
    {
      skipHtmlToText: true,
      skipTextToHtml: true,
    },
  );
  return {
    subject,
    from,
    to,
    date,
    messageId,
    html,
    text,
    attachments: attachments.map(({ headers: _headers, ...rest }) => rest) as ParsedMail['attachments'],
    headerLines: headerLines.filter(({ key }) => key !== 'content-type'),
  };
}

const tokenOf = fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${tokenLength}}$`));
const words = fc.array(
  fc.oneof(
    fc.constantFrom(
      'Jugendämter',
      'größer',
      'weiß',
      '„Zitat“',
      'e=mc²',
      '=3D',
      '.',
      '..',
      '–',
      'Straße',
      '👨‍👩‍👧',
    ),
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 90 })
      .map((text) => text.replaceAll(/[^\x20-\x7e]/g, 'ß')),
  ),
  { maxLength: 60 },
);

test('a spliced mail parses to the same as one composed for its reader, whatever text stands around the slots', async () => {
  const reader = fc.record({
    address: fc
      .stringMatching(/^[a-zA-Z][a-zA-Z0-9.+_'-]{0,40}@[a-z]{1,30}(\.xn--bcher-kva|\.mail)?\.example$/)
      .filter((address) => readAddress(address).outcome === 'valid'),
    unsubscribeToken: tokenOf,
    settingsToken: tokenOf,
    messageId: fc.stringMatching(/^[a-z2-7]{26}@portal\.example$/),
    at: fc
      .integer({ min: 0, max: 4_000_000_000 })
      .map((s) => Temporal.Instant.fromEpochMilliseconds(s * 1000)),
  });
  await fc.assert(
    fc.asyncProperty(
      words,
      words,
      words,
      fc.array(reader, { minLength: 1, maxLength: 3 }),
      async (a, b, c, all) => {
        const around = (link: string): string => `${a.join(' ')}${link}${b.join(' ')}\n${c.join('')} ${link}`;
        const edition = anEdition({
          subject: `Überblick ${a.join(' ')}`.replaceAll(/\s+/g, ' ').slice(0, 200),
          text: `${around(ownLinks.unsubscribe)} ${around(ownLinks.settings)}`,
          html: `<p>${around(ownLinks.settings)}</p>${around(ownLinks.unsubscribe)}`,
        });
        const template = composeTemplate(edition, sender, all[0]?.messageId.length ?? 0);
        for (const one of all) {
          const spliced = splice(template, one);
          expect(await structureOf(spliced)).toEqual(await structureOf(compose(edition, sender, one)));
        }
      },
    ),
    { numRuns: 30 },
  );
}, 60_000);

test('headers are those of a list that can be left with one click', async () => {
  const mail = await simpleParser(compose(anEdition(), sender, aReader()));
  const header = (name: string): string => mail.headerLines.find(({ key }) => key === name)?.line ?? '';
  expect(header('list-unsubscribe').replaceAll(/\s+/g, ' ')).toBe(
    `List-Unsubscribe: <https://portal.example/abmeldung?t=${'U'.repeat(tokenLength)}>`,
  );
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(header('list-id')).toMatch(/<taeglich\.portal-jugendhilfe\.example>$/);
  expect(header('auto-submitted')).toBe('Auto-Submitted: auto-generated');
  expect(mail.subject).toBe('„Kita-Ausbau kommt voran“ und 4 weitere Meldungen');
  expect(header('content-type')).toMatch(/multipart\/alternative/);
});

test('an attachment is carried along, the same for every reader', async () => {
  const calendar = {
    filename: 'r.ics',
    contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
    content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
  };
  const template = composeTemplate(
    anEdition({ attachments: [calendar] }),
    sender,
    aReader().messageId.length,
  );
  const { attachments } = await simpleParser(splice(template, aReader()));
  expect(attachments).toMatchObject([{ filename: 'r.ics', contentType: 'text/calendar' }]);
  expect(attachments[0]?.content.toString()).toBe(calendar.content);
});

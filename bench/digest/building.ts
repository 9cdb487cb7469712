import { composed, composeTemplate, splice, type Reader } from '../../functions/mail/compose.ts';
import { renderDigest } from '../../functions/mail/digest-edition.tsx';
import { Temporal } from '../../functions/platform/time.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import { makeToken } from '../../functions/subscribers/tokens.ts';
import { topics } from '../../config/topics.ts';
import { anArticle } from '../../test/support/articles.ts';
import { keyring } from '../../test/support/dispatch/world.ts';
import { testPepper } from '../../test/support/subscribers.ts';
import type { Figure } from '../run.ts';
import { median } from './median.ts';

const editionCount = 200;
const rounds = 5;
const splicedMails = 100_000;
const composedMails = 1000;

const at = Temporal.Instant.from('2026-11-24T06:00:00Z');
const sender = { address: 'newsletter@portal.example', baseUrl: new URL('https://portal.example') };

/** 100,000 mails of 200 editions, spliced, against composing each as nodemailer does; tokens and sids are made either way. */
export async function building(): Promise<Figure[]> {
  const editions = Array.from({ length: editionCount }, (_, index) =>
    renderDigest(
      Array.from({ length: 3 + (index % 6) }, (_unused, number) =>
        anArticle({
          guid: `${index}-${number}`,
          publication: number + 1,
          headline: `Meldung ${number + 1} für die Praxis der Jugendhilfe`,
          lead: 'Die Länder stellen in den nächsten Jahren mehr Mittel für Fachkräfte bereit. '.repeat(3),
          topics: [topics[(index + number) % topics.length]?.slug ?? 'familie'],
        }),
      ),
      {
        cadence: 'daily',
        catchUp: false,
        day: Temporal.PlainDate.from('2026-11-24'),
        baseUrl: sender.baseUrl,
      },
    ),
  );
  const messageIdLength = reader(0).messageId.length;
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const templates = editions.map((edition) => composeTemplate(edition, sender, messageIdLength));
    const perRound = splicedMails / rounds;
    let bytes = 0;
    const splicing = performance.now();
    for (let index = 0; index < perRound; index++) {
      const template = templates[index % editionCount];
      if (template !== undefined) bytes += splice(template, reader(index)).length;
    }
    const splicedMs = (performance.now() - splicing) / perRound;
    const composing = performance.now();
    for (let index = 0; index < composedMails / rounds; index++) {
      const edition = editions[index % editionCount];
      if (edition !== undefined) bytes += (await composed(edition, sender, reader(index)).build()).length;
    }
    const composedMs = (performance.now() - composing) / (composedMails / rounds);
    if (bytes === 0) throw new Error('No mail was built');
    ratios.push(composedMs / splicedMs);
    rates.push(1000 / splicedMs);
  }
  const ratio = median(ratios);
  const rate = median(rates);
  return [
    {
      name: 'splicing against composing a mail',
      value: ratio,
      unit: 'times',
      bar: '≥ 30',
      holds: ratio >= 30,
    },
    { name: 'mails built on one core', value: rate, unit: 'mails/s', bar: '≥ 20000', holds: rate >= 20_000 },
  ];
}

function reader(index: number): Reader {
  const address = `leser${String(index).padStart(6, '0')}@mail.example`;
  const sid = sidOf(address, testPepper);
  return {
    address,
    unsubscribeToken: makeToken(keyring, 'unsubscribe', sid, at),
    settingsToken: makeToken(keyring, 'settings', sid, at),
    messageId: `digest-daily-2026-11-24.${sid}@portal-jugendhilfe.example`,
    at,
  };
}

import { composeTemplate } from '../../../functions/mail/compose.ts';
import { renderDigest, subjectOf, type DigestContext } from '../../../functions/mail/digest-edition.tsx';
import { Temporal } from '../../../functions/platform/time.ts';
import { anArticle } from '../../support/articles.ts';

const context: DigestContext = {
  cadence: 'daily',
  catchUp: false,
  day: Temporal.PlainDate.from('2026-11-24'),
  baseUrl: new URL('https://portal.example'),
};

test.each([
  ['Kita-Ausbau kommt voran', 1, '„Kita-Ausbau kommt voran“'],
  ['Kita-Ausbau kommt voran', 2, '„Kita-Ausbau kommt voran“ und eine weitere Meldung'],
  [
    '„Sächsische Migrantenorganisationen vernetzen sich“',
    5,
    '„Sächsische Migrantenorganisationen vernetzen sich“ und 4 weitere Meldungen',
  ],
  [
    '"Sächsische Migrantenorganisationen vernetzen sich"',
    1,
    '„Sächsische Migrantenorganisationen vernetzen sich“',
  ],
  ['Länder wollen „Gute Kita“ stärken', 1, '„Länder wollen ‚Gute Kita‘ stärken“'],
  ['Länder wollen "Gute Kita" stärken', 1, '„Länder wollen ‚Gute Kita‘ stärken“'],
])('the subject names the top story and the count: %s, %d', (headline, count, subject) => {
  expect(subjectOf({ headline }, count)).toBe(subject);
});

test('a long headline is shortened at a word', () => {
  const headline = `${'Jugendhilfe '.repeat(12)}Ende`;
  expect(subjectOf({ headline }, 3)).toMatch(/^„(Jugendhilfe )+…“ und 2 weitere Meldungen$/);
});

test('articles stand once, under the first of their topics, in the order of the portal, the newest first', () => {
  const articles = [
    anArticle({ guid: '1', publication: 1, topics: ['familie', 'beteiligung'], headline: 'Erste' }),
    anArticle({ guid: '2', publication: 2, topics: ['beteiligung'], headline: 'Zwei' }),
    anArticle({ guid: '3', publication: 3, topics: ['familie'], headline: 'Drei' }),
    anArticle({ guid: '4', publication: 4, topics: ['kindertagesbetreuung'], headline: 'Vier' }),
  ];
  const { subject, text, html } = renderDigest(articles, context);
  const order =
    /KINDERTAGESBETREUUNG.*Vier.*FAMILIE UND ELTERN.*Drei.*Erste.*BETEILIGUNG UND DEMOKRATIE.*Zwei/su;
  expect(text).toMatch(order);
  expect(text.match(/Erste/gu)).toHaveLength(1);
  expect(html.match(/>Erste</gu)).toHaveLength(1);
  expect(subject).toBe('„Vier“ und 3 weitere Meldungen');
});

test('after a freeze the topic with most articles comes first, and the introduction says why there are so many', () => {
  const articles = [
    anArticle({ guid: '1', publication: 1, topics: ['beteiligung'], headline: 'Eins' }),
    anArticle({ guid: '2', publication: 2, topics: ['beteiligung'], headline: 'Zwei' }),
    anArticle({ guid: '3', publication: 3, topics: ['familie'], headline: 'Drei' }),
    anArticle({ guid: '4', publication: 4, topics: ['kindertagesbetreuung'], headline: 'Vier' }),
  ];
  const { subject, text, html } = renderDigest(articles, { ...context, catchUp: true });
  expect(text).toMatch(
    /BETEILIGUNG UND DEMOKRATIE.*Zwei.*Eins.*KINDERTAGESBETREUUNG.*Vier.*FAMILIE UND ELTERN.*Drei/su,
  );
  expect(subject).toBe('„Zwei“ und 3 weitere Meldungen');
  const introduction = /Einige Zeit haben wir im Portal nichts Neues veröffentlicht/u;
  for (const part of [html, text.replaceAll('\n', ' ')]) expect(part).toMatch(introduction);
  expect(renderDigest(articles, context).html).not.toMatch(introduction);
});

test('what a source writes is text, never markup', () => {
  const { html } = renderDigest(
    [anArticle({ headline: '<script>alert(1)</script> & Co', publication: 1 })],
    context,
  );
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co');
});

test('HTML and text both say where it is from, why it came, and how to leave', () => {
  const { html, text } = renderDigest([anArticle({ publication: 1 })], context);
  for (const part of [html, text]) {
    expect(part).toContain('Quelle: Sächsische Staatsministerin für Gleichstellung und Integration');
    expect(part).toMatch(/vom\s29\.03\.2015/u);
    expect(part).toMatch(/Sie erhalten diese E-Mail/u);
    for (const word of ['herold:abmelden', 'herold:einstellungen', '/impressum', '/datenschutz']) {
      expect(part).toContain(word);
    }
  }
  expect(html).toMatch(/^<!DOCTYPE html><html lang="de"/u);
  expect(html).not.toContain('<img');
});

test.each([40, 250, 900])(
  '%d articles stay below 90 kB, and none is left out without a link',
  async (count) => {
    const articles = Array.from({ length: count }, (_, index) =>
      anArticle({
        guid: `g${index}`,
        publication: index + 1,
        headline: `Meldung ${index} über Jugendämter`,
        lead: 'Größere Fördermittel für die Länder. '.repeat(12),
      }),
    );
    const edition = renderDigest(articles, context);
    const { bytes } = composeTemplate(edition, { address: 'a@portal.example', baseUrl: context.baseUrl }, 60);
    expect(bytes.length).toBeLessThan(90_000);
    const shown = edition.text.match(/\/artikel\//gu)?.length ?? 0;
    const linked = Number(/(\d+) weitere Meldungen zu diesem Thema/u.exec(edition.text)?.[1] ?? 0);
    expect(shown + linked).toBe(count);
  },
  30_000,
);

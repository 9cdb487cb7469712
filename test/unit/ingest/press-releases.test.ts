import { sourceSchema } from '../../../config/sources.schema.ts';
import { canonicalLink } from '../../../functions/ingest/links.ts';
import { creditOfLine, splitCredit } from '../../../functions/ingest/image-credit.ts';
import { pressReleasesOf } from '../../../functions/ingest/press-releases.ts';
import type { SourceFeed, SourceItem } from '../../../functions/ingest/source-feed.ts';
import { topicsOf } from '../../../functions/ingest/topics.ts';
import { Temporal } from '../../../functions/platform/time.ts';

const at = Temporal.Instant.from('2015-03-30T12:00:00Z');
const source = sourceSchema.parse({
  id: 'ministry',
  issuer: 'Ministerium',
  url: 'https://ministry.example/feed',
});
const anItem = (overrides: Partial<SourceItem> = {}): SourceItem => ({
  guid: 'g-1',
  link: 'https://ministry.example/1',
  title: 'Migrantenorganisationen vernetzen sich',
  authors: [],
  published: '2015-03-29',
  categories: [],
  enclosures: [],
  base: 'https://ministry.example/',
  ...overrides,
});
const aFeed = (...items: SourceItem[]): SourceFeed => ({
  link: 'https://ministry.example/',
  items,
  pace: { skipHours: [], skipDays: [] },
  findings: [],
});
const normalise = (items: SourceItem[], overrides = {}) =>
  pressReleasesOf(aFeed(...items), { ...source, ...overrides }, at);
const release = (overrides: Partial<SourceItem> = {}, definition = {}) => {
  const [first] = normalise([anItem(overrides)], definition).releases;
  if (first === undefined) throw new Error('no release');
  return first.release;
};

describe('identity', () => {
  test('GUID, else link, else title and date', () => {
    expect(release().guid).toBe('g-1');
    expect(release({ guid: undefined, link: 'https://ministry.example/1?utm_source=rss#x' }).guid).toBe(
      'https://ministry.example/1',
    );
    const hashed = release({ guid: undefined, link: undefined });
    expect(hashed.guid).toMatch(/^hash:/);
    expect(hashed.guid).not.toBe(release({ guid: undefined, link: undefined, published: '2015-03-28' }).guid);
    expect(hashed.link).toBe('https://ministry.example/');
  });

  test('a GUID that different items share identifies none of them', () => {
    const { releases, findings } = normalise([
      anItem({ link: 'https://ministry.example/1' }),
      anItem({ link: 'https://ministry.example/2' }),
    ]);
    expect(releases.map(({ release: { guid } }) => guid).sort()).toEqual([
      'https://ministry.example/1',
      'https://ministry.example/2',
    ]);
    expect(findings[0]?.what).toBe('2 different items share the GUID g-1');
  });

  test('a GUID that is the address of the whole feed identifies nothing', () => {
    expect(release({ guid: 'https://ministry.example/' }).guid).toBe('https://ministry.example/1');
  });

  test('an item that is in the feed twice is filed once', () => {
    expect(normalise([anItem(), anItem()]).releases).toHaveLength(1);
  });

  test('a link that several items have, or that is the home page, identifies no article', () => {
    const shared = normalise([
      anItem(),
      anItem({ guid: 'g-2', title: 'x' }),
      anItem({ guid: 'g-3', link: 'https://ministry.example/' }),
    ]);
    // Two items under different GUIDs with one link are two articles.
    expect(shared.releases.map(({ linkIdentifies }) => linkIdentifies)).toEqual([false, false, false]);
    expect(normalise([anItem()]).releases[0]?.linkIdentifies).toBe(true);
  });

  test.each([
    ['https://m.example/1?utm_source=rss&id=5&fbclid=x#top', 'https://m.example/1?id=5'],
    ['https://m.example/1;jsessionid=ABC?nn=123', 'https://m.example/1'],
    ['https://user:pw@m.example:443/a%20b?q=a+b', 'https://m.example/a%20b?q=a+b'],
    ['http://m.example/a/?source=7', 'http://m.example/a/?source=7'],
  ])('%s is %s', (link, canonical) => {
    expect(canonicalLink(link)).toBe(canonical);
  });
});

describe('the page that this portal is known by', () => {
  const content = `<p>Achtung Icon</p><p>Relaunch - Am 23. Mai ist es soweit:</p><p>Unter der bekannten Adresse finden Sie unser Angebot.</p>
    <p>Flucht und Migration</p><h2>"Sächsische Migrantenorganisationen vernetzen sich"</h2>
    <img src="/bild.jpg" alt="Jemand hat das Wort &quot;Network&quot; gemalt." width="400"><p>Bild: © PHOTOMORPHIC PTE. LTD. - Fotolia.com</p>
    <p>Ziel der gleichnamigen Konferenz am 28. März war die Bildung einer landesweiten Vertretung als Ansprechpartner und Mittler.</p>
    <p>"Dazu gehört es auch", so Köpping.<br>Die Staatsministerin hat angekündigt, das Netzwerk zu unterstützen.</p>
    <p>Pressekontakt:<br>Erika Muster, Telefon 0351 1234</p>
    <p>Quelle: Sächsische Staatsministerin für Gleichstellung und Integration vom 29.03.2015</p>`;
  const item = {
    title: '„Sächsische Migrantenorganisationen vernetzen sich“',
    description:
      '<p>Ziel der gleichnamigen Konferenz am 28. März war die Bildung einer landesweiten Vertretung als Ansprechpartner …</p>',
    content,
    published: '2015-03-30T08:00:00.000Z',
  };

  test('is taken apart as people read it', () => {
    expect(release(item)).toMatchObject({
      kicker: 'Flucht und Migration',
      headline: '„Sächsische Migrantenorganisationen vernetzen sich“',
      lead: 'Ziel der gleichnamigen Konferenz am 28. März war die Bildung einer landesweiten Vertretung als Ansprechpartner und Mittler.',
      body: {
        html: '<p>&quot;Dazu gehört es auch&quot;, so Köpping.<br />Die Staatsministerin hat angekündigt, das Netzwerk zu unterstützen.</p>'.replaceAll(
          '&quot;',
          '"',
        ),
        text: '"Dazu gehört es auch", so Köpping.\nDie Staatsministerin hat angekündigt, das Netzwerk zu unterstützen.',
      },
      image: {
        url: 'https://ministry.example/bild.jpg',
        alt: 'Jemand hat das Wort "Network" gemalt.',
        credit: 'PHOTOMORPHIC PTE. LTD. - Fotolia.com',
      },
      issuer: 'Sächsische Staatsministerin für Gleichstellung und Integration',
      sourceDate: '2015-03-29',
      contact: 'Pressekontakt:\nErika Muster, Telefon 0351 1234',
      invitation: false,
      topics: ['flucht-und-migration'],
    });
  });

  test.each(['', '\n'])('the source is named at the very end, with %j after it', (end) => {
    expect(
      release({
        description: `<p>Ein Satz.</p><p>Noch einer.</p>Quelle: Ministerium für Soziales vom 2. Januar 2015${end}`,
      }),
    ).toMatchObject({
      issuer: 'Ministerium für Soziales',
      sourceDate: '2015-01-02',
    });
  });
});

describe('lead and body', () => {
  test('a teaser that says the first paragraph in other words is shown once', () => {
    const { lead, body } = release({
      description:
        'Das Land fördert im kommenden Jahr erneut zwölf Projekte der offenen Jugendarbeit in ländlichen Räumen.',
      content:
        '<p>Das Land fördert im kommenden Jahr zwölf Projekte der offenen Jugendarbeit in ländlichen Räumen.</p><p>Anträge nimmt das Landesjugendamt an.</p>',
    });
    expect(lead).toMatch('erneut zwölf');
    expect(body?.text).toBe('Anträge nimmt das Landesjugendamt an.');
  });

  test('a teaser of its own stands above the whole text', () => {
    const { lead, body } = release({
      description: 'Zwölf Projekte werden gefördert.',
      content: '<p>Dresden. Der Minister hat zugesagt.</p><p>Anträge nimmt das Landesjugendamt an.</p>',
    });
    expect([lead, body?.text]).toEqual([
      'Zwölf Projekte werden gefördert.',
      'Dresden. Der Minister hat zugesagt.\n\nAnträge nimmt das Landesjugendamt an.',
    ]);
  });

  test('of a teaser alone there is no body', () => {
    expect(release({ description: 'Nur ein Satz. Weiterlesen' })).not.toHaveProperty('body');
  });

  test('without a title the first words are the headline', () => {
    expect(release({ title: undefined, description: 'Nur ein Satz.' }).headline).toBe('Nur ein Satz.');
  });

  test('lines of the page around the text are left out', () => {
    expect(
      release({
        description: 'a',
        content:
          '<p>Eins.</p><p>Zwei.</p><p>Zum Seitenanfang</p><p><a href="/x">Drucken</a></p><p>Back to Top</p>',
      }).body?.text,
    ).toBe('Eins.\n\nZwei.');
  });
});

describe('dates', () => {
  test('versions of a page are no text, and the first one dates it', () => {
    const { sourceDate, body } = release({
      description: 'Kurz.',
      content:
        '<p>Erstveröffentlichung: 12.03.2015</p><p>Aktualisierung: 15.03.2015</p><p>Eins.</p><p>Zwei.</p>',
    });
    expect([sourceDate, body?.text]).toEqual(['2015-03-12', 'Eins.\n\nZwei.']);
  });

  test('the date of an event ahead is no source date', () => {
    expect(release({ published: '2015-05-01', updated: '2015-03-28' }).sourceDate).toBe('2015-03-28');
    expect(release({ published: '2015-05-01' }).sourceDate).toBe('2015-03-30');
  });

  test('without a date, another day of the poll is no correction', () => {
    const undated = anItem({ published: undefined });
    const [a, b] = [at, at.add({ hours: 24 })].map(
      (moment) => pressReleasesOf(aFeed(undated), source, moment).releases[0]?.release,
    );
    expect(a?.sourceDate).not.toBe(b?.sourceDate);
    expect(a?.contentHash).toBe(b?.contentHash);
  });
});

describe('the date of the event, apart from that of the release', () => {
  const title = 'Einladung zum Pressegespräch: Kita-Ausbau';
  test.each([
    ['Das Gespräch findet am 12. April 2015 statt.', '2015-04-12'],
    ['Am Donnerstag, dem 2. April 2015, um 10 Uhr in Kiel.', '2015-04-02'],
    ['Termin: 12.04.2015, 10:00 Uhr', '2015-04-12'],
    ['Wann: Mittwoch, 1. April 2015', '2015-04-01'],
    ['Am 12. April 2015 und noch einmal: am 12.4.2015.', '2015-04-12'],
    ['Am 12. April 2015. Anmeldung bis spätestens am 10. April 2015.', '2015-04-12'],
    ['Am 12. April 2015, oder am 13. April 2015.', undefined],
    ['Das Gesetz trat am 1. Januar 2015 in Kraft.', undefined],
    ['Das Gespräch findet am 12. April statt.', undefined],
    ['Anmeldung bis am 10. April 2015.', undefined],
  ])('of an invitation: %s', (lead, event) => {
    const { eventDate, sourceDate } = release({ title, description: lead });
    expect([eventDate, sourceDate]).toEqual([event, '2015-03-29']);
  });

  test('is in no release that does not invite, unless the feed says it in a field of its own', () => {
    expect(release({ description: 'Das Gesetz gilt am 12. April 2015.' })).not.toHaveProperty('eventDate');
    expect(release({ event: '2015-04-12' }).eventDate).toBe('2015-04-12');
  });

  test('changes no hash: it is said in the text, and shown nowhere', () => {
    expect(release({ event: '2015-04-12' }).contentHash).toBe(release().contentHash);
  });
});

describe('embargo', () => {
  test.each([
    ['Sperrfrist: Bitte nicht vor dem 03.04.2015 veröffentlichen', '2015-04-02T22:00:00.000Z'],
    ['Sperrfrist: Freitag, 3. April 2015, 10:00 Uhr', '2015-04-03T08:00:00.000Z'],
    ['Achtung! Sperrfrist bis einschließlich 3. April 2015', '2015-04-03T22:00:00.000Z'],
  ])('%s', (line, until) => {
    const { embargoUntil, body, lead } = release({ description: `<p>${line}</p><p>Eins.</p><p>Zwei.</p>` });
    expect(embargoUntil).toBe(until);
    expect(`${lead} ${body?.text ?? ''}`).toBe('Eins. Zwei.');
  });

  test('in the headline', () => {
    expect(release({ title: 'SPERRFRIST 3.4.2015, 12 Uhr: Bericht' }).embargoUntil).toBe(
      '2015-04-03T10:00:00.000Z',
    );
  });

  test('none where the word is only mentioned', () => {
    expect(
      release({ description: '<p>Eins.</p><p>Die Sperrfrist für Anträge endet am 03.04.2015.</p>' }),
    ).not.toHaveProperty('embargoUntil');
  });
});

test.each([
  ['Einladung zum Pressegespräch: Kita-Ausbau', true],
  ['Presseeinladung: Ministerin besucht Jugendamt', true],
  ['Terminhinweis: Fototermin am Freitag', true],
  ['Ministerin nimmt Einladung der Jugend an', false],
  ['Pressefreiheit ist Thema der Jugendkonferenz', false],
])('is %j an invitation to the press? %s', (title, invitation) => {
  expect(release({ title }).invitation).toBe(invitation);
});

test.each([
  ['Bild: © PHOTOMORPHIC PTE. LTD. - Fotolia.com', 'PHOTOMORPHIC PTE. LTD. - Fotolia.com'],
  ['Foto: Erika Muster', 'Erika Muster'],
  ['© Land Hessen', 'Land Hessen'],
  ['Bildnachweis: Max-Planck-Schule - dpa - picture alliance', 'Max-Planck-Schule - dpa - picture alliance'],
  ['Bildung ist wichtig', undefined],
])('%s credits %s', (line, credit) => {
  expect(creditOfLine(line)).toBe(credit);
});

test('holder and agency part at the last hyphen between spaces', () => {
  expect(splitCredit('PHOTOMORPHIC PTE. LTD. - Fotolia.com')).toEqual({
    holder: 'PHOTOMORPHIC PTE. LTD.',
    agency: 'Fotolia.com',
  });
  expect(splitCredit('Max-Planck-Schule - dpa - picture alliance')).toEqual({
    holder: 'Max-Planck-Schule - dpa',
    agency: 'picture alliance',
  });
  expect(splitCredit('Land Hessen')).toEqual({ holder: 'Land Hessen' });
});

describe('what readers see decides what is a correction', () => {
  const content = '<p>Eins.</p><p>Zwei.</p>';
  test('furniture, contacts and unshown text do not', () => {
    const before = release({ description: 'Kurz.', content }).contentHash;
    expect(release({ description: 'Kurz.', content: `${content}<p>Zum Seitenanfang</p>` }).contentHash).toBe(
      before,
    );
    expect(release({ description: 'Kurz.', content: '<p>Eins.</p><p>Drei.</p>' }).contentHash).toBe(before);
    expect(release({ description: 'Kurz.', content, categories: ['neu'] }).contentHash).toBe(before);
  });
  test('the text does where it is shown', () => {
    const shown = { fullText: 'allowed' };
    expect(release({ description: 'Kurz.', content }, shown).contentHash).not.toBe(
      release({ description: 'Kurz.', content: '<p>Eins.</p><p>Drei.</p>' }, shown).contentHash,
    );
    expect(release({ description: 'Kurz.' }).contentHash).not.toBe(release({ description: 'y' }).contentHash);
  });
});

describe('topics', () => {
  const place = (
    overrides: Partial<Parameters<typeof topicsOf>[0]>,
    defaults: Parameters<typeof topicsOf>[1] = [],
  ) => topicsOf({ headline: 'Ministerin reist', lead: '', categories: [], ...overrides }, defaults);

  test.each([
    ['a kicker', place({ kicker: 'Flucht und Migration' }), ['flucht-und-migration']],
    [
      'a category by its alias, whatever its case',
      place({ categories: ['KITA', 'Pressemitteilung'] }),
      ['kindertagesbetreuung'],
    ],
    [
      'a word of the headline',
      place({ headline: 'Mehr Geld für die Schulsozialarbeit' }),
      ['jugendsozialarbeit'],
    ],
    [
      'half a pair of words',
      place({ headline: 'Neue Kinder- und Jugendparlamente gegründet' }),
      ['beteiligung'],
    ],
    ['an office', place({ headline: 'Zehn Jahre Jugendberufsagentur in Kiel' }), ['jugendsozialarbeit']],
    [
      'words that only together tell',
      place({ headline: 'Krisendienst für Jugendliche rund um die Uhr' }),
      ['kinder-und-jugendschutz'],
    ],
    ['the same words of others', place({ headline: 'Krisendienst für Landwirte' }), ['unzugeordnet']],
    ['a plural', place({ headline: 'Land fördert Kitas' }), ['kindertagesbetreuung']],
    ['the beginning of a word', place({ lead: 'Das Integrationsgesetz kommt.' }), ['flucht-und-migration']],
    ['what the source stands for', place({}, ['familie']), ['familie']],
    [
      'several, in the order of the portal',
      place({ categories: ['Familienpolitik', 'Kinderschutz'] }),
      ['kinder-und-jugendschutz', 'familie'],
    ],
  ])('by %s', (_by, found, topics) => {
    expect(found).toEqual({ topics, unknown: [] });
  });

  test('what nothing places is not dropped, and its words are for the editor', () => {
    expect(place({ categories: ['Forsten'], kicker: 'Wald' })).toEqual({
      topics: ['unzugeordnet'],
      unknown: ['Wald', 'Forsten'],
    });
  });
});

test('of a feed that is all markup, every item is kept, and the texts that can be read in time', () => {
  const content = '<p>Eins.</p>'.repeat(1900);
  const many = Array.from({ length: 900 }, (_, n) =>
    anItem({ guid: `g-${n}`, link: `https://ministry.example/${n}`, content }),
  );
  const last = anItem({ guid: 'last', link: 'https://ministry.example/last', content: '<p>Kurz.</p>' });
  const start = process.cpuUsage();
  const { releases, findings } = normalise([...many, last]);
  const { user, system } = process.cpuUsage(start);
  // Without a limit it takes a minute.
  expect((user + system) / 1_000_000).toBeLessThan(10);
  expect(releases).toHaveLength(901);
  const read = releases.filter(({ release: { lead } }) => lead !== '');
  expect(read.map(({ release: { guid } }) => guid)).toHaveLength(16);
  expect(findings.filter(({ what }) => what.startsWith('its text is left out'))).toHaveLength(885);
  expect(releases.find(({ release: { guid } }) => guid === 'last')?.release.lead).toBe('Kurz.');
});

test('an item that Herold fails on costs only itself', () => {
  const bad = anItem({ guid: 'bad' });
  Object.defineProperty(bad, 'content', {
    get: () => {
      throw new Error('boom');
    },
  });
  const { releases, faults } = normalise([bad, anItem({ link: 'https://ministry.example/2' })]);
  expect(releases).toHaveLength(1);
  expect(faults).toMatchObject([{ guid: 'bad' }]);
});

import { parseSourceFeed } from '../../../functions/ingest/parse-source-feed.ts';

const url = 'https://ministry.example/presse/feed.xml';
const parse = (body: string | Uint8Array, contentType?: string) =>
  parseSourceFeed(typeof body === 'string' ? Buffer.from(body) : body, { url, contentType });
const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Presse</title>${head}${items}</channel></rss>`;
const titles = async (body: string | Uint8Array, contentType?: string) =>
  (await parse(body, contentType)).items.map(({ title }) => title);

test('the date of an event has a field of its own, which is none of the release', async () => {
  const items = `<item><title>Fachtag</title><pubDate>Tue, 03 Mar 2026 10:00:00 +0100</pubDate>
    <e:startdate xmlns:e="http://purl.org/rss/1.0/modules/event/">2026-03-12T10:00:00+01:00</e:startdate></item>
    <item><title>Messe</title><x:dtstart xmlns:x="urn:ietf:params:xml:ns:xcal">20260314</x:dtstart></item>`;
  const feed = await parse(rss(items));
  expect(feed.items.map(({ event, published }) => [event, published])).toEqual([
    ['2026-03-12T09:00:00.000Z', '2026-03-03T09:00:00.000Z'],
    ['2026-03-14', undefined],
  ]);
});

describe('dialects', () => {
  const item = '<title>Neue Förderung</title><link>https://ministry.example/1</link>';
  test.each([
    ['RSS 0.91', `<rss version="0.91"><channel><title>P</title><item>${item}</item></channel></rss>`],
    ['RSS 0.92', `<rss version="0.92"><channel><title>P</title><item>${item}</item></channel></rss>`],
    ['RSS 2.0', `<rss version="2.0"><channel><title>P</title><item>${item}</item></channel></rss>`],
    ['RSS without a version', `<rss><channel><title>P</title><item>${item}</item></channel></rss>`],
    [
      'RSS of an unknown version',
      `<rss version="3"><channel><title>P</title><item>${item}</item></channel></rss>`,
    ],
    ['a channel without a root', `<channel><title>P</title><item>${item}</item></channel>`],
    [
      'RSS in upper case',
      `<RSS VERSION="2.0"><CHANNEL><TITLE>P</TITLE><ITEM><TITLE>Neue Förderung</TITLE><LINK>https://ministry.example/1</LINK></ITEM></CHANNEL></RSS>`,
    ],
    [
      'RSS 1.0',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>P</title></channel><item rdf:about="https://ministry.example/1">${item}</item></rdf:RDF>`,
    ],
    [
      'RSS 1.0 under a prefix',
      `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rss="http://purl.org/rss/1.0/"><rss:channel><rss:title>P</rss:title></rss:channel><rss:item><rss:title>Neue Förderung</rss:title><rss:link>https://ministry.example/1</rss:link></rss:item></r:RDF>`,
    ],
    [
      'Atom 1.0',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><title>Neue Förderung</title><link href="/1"/></entry></feed>`,
    ],
    [
      'Atom under a prefix',
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title><a:entry><a:title>Neue Förderung</a:title><a:link href="/1"/></a:entry></a:feed>`,
    ],
    [
      'Atom without a namespace',
      `<feed><title>P</title><entry><title>Neue Förderung</title><link href="/1"/></entry></feed>`,
    ],
    [
      'Atom 0.3',
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>P</title><entry><title mode="escaped" type="text/html">Neue F&amp;ouml;rderung</title><link rel="alternate" type="text/html" href="/1"/></entry></feed>`,
    ],
    [
      'JSON Feed',
      `{"version":"https://jsonfeed.org/version/1.1","title":"P","items":[{"id":"1","url":"https://ministry.example/1","title":"Neue Förderung"}]}`,
    ],
  ])('%s', async (_dialect, body) => {
    const feed = await parse(body);
    expect(feed.title).toBe('P');
    expect(feed.items).toHaveLength(1);
    expect(feed.items[0]).toMatchObject({ title: 'Neue Förderung', link: 'https://ministry.example/1' });
  });
});

describe('charset', () => {
  const text = rss('<item><title>Jugendämter fördern „Häuser“ – 5 €</title></item>');
  const windows1252 = (source: string) =>
    Buffer.from(
      Array.from(source).map((c) => ({ '„': 0x84, '“': 0x93, '–': 0x96, '€': 0x80 })[c] ?? c.charCodeAt(0)),
    );
  const utf16be = (source: string) => Buffer.from(source, 'utf16le').swap16();
  const utf32le = (source: string) =>
    Buffer.concat(Array.from(source).map((c) => Buffer.from(Uint32Array.of(c.codePointAt(0) ?? 0).buffer)));

  test.each(
    (
      [
        ['UTF-8', Buffer.from(text)],
        [
          'UTF-8 with a mark, whatever the header says',
          Buffer.from(`\ufeff${text}`),
          'text/xml; charset=iso-8859-1',
        ],
        ['the header, quoted, with a semicolon', windows1252(text), 'text/xml; charset="ISO-8859-1";'],
        [
          'the header before the declaration',
          windows1252(text.replace('?>', ' encoding="utf-8"?>')),
          'text/xml;charset=windows-1252',
        ],
        ['the declaration', windows1252(text.replace('?>', ' encoding="iso-8859-1"?>'))],
        ['the declaration in single quotes', windows1252(text.replace('?>', " encoding='windows-1252'?>"))],
        ['none, and it is not UTF-8', windows1252(text)],
        [
          'declared as UTF-8, and it is not',
          windows1252(text.replace('?>', ' encoding="utf-8"?>')),
          'text/xml; charset=utf-8',
        ],
        ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
        ['UTF-16 BE with a mark', utf16be(`\ufeff${text}`)],
        ['UTF-16 LE without', Buffer.from(text, 'utf16le')],
        ['UTF-16 BE without', utf16be(text)],
        ['UTF-32 LE with a mark', utf32le(`\ufeff${text}`)],
        ['UTF-32 LE without', utf32le(text)],
        ['called UTF-16 and is UTF-8', Buffer.from(text.replace('?>', ' encoding="utf-16"?>'))],
      ] satisfies [string, Uint8Array, string?][]
    ).map(([name, bytes, contentType]) => [name, bytes, contentType] as const),
  )('%s', async (_name, bytes, contentType) => {
    const [title] = await titles(bytes, contentType);
    expect(title).toBe('Jugendämter fördern „Häuser“ – 5 €');
  });

  test('old text glued into a UTF-8 template: each byte is read as what it is', async () => {
    const mixed = Buffer.concat([
      Buffer.from(rss('<item><title>Förderung für Jugend').replace('</channel></rss>', '')),
      Buffer.from('\u00e4mter', 'latin1'),
      Buffer.from('</title></item></channel></rss>'),
    ]);
    const feed = await parse(mixed);
    expect(feed.items[0]?.title).toBe('Förderung für Jugendämter');
    expect(feed.findings).toContainEqual({
      kind: 'repaired',
      where: 'feed',
      what: '1 bytes are not UTF-8 and were read as windows-1252',
    });
  });
});

describe('malformed XML', () => {
  test.each([
    [
      'bare ampersands',
      rss('<item><title>Familie & Jugend</title><link>https://m.example/?a=1&b=2</link></item>'),
      'Familie & Jugend',
    ],
    [
      'control characters',
      rss('<item><title>Fam\u0000ilie\u0008 & Jugend\u000b</title></item>'),
      'Familie & Jugend',
    ],
    [
      'references to NUL',
      rss('<item><title>Fam&#0;ilie&#x0; &#38; Jugend</title></item>'),
      'Familie & Jugend',
    ],
    ['HTML entities', rss('<item><title>Familie&nbsp;&amp; Jugend</title></item>'), 'Familie & Jugend'],
    [
      'junk before the declaration',
      `<br />\n<b>Warning</b>: foo in bar.php\n${rss('<item><title>Familie &amp; Jugend</title></item>')}`,
      'Familie & Jugend',
    ],
    [
      'white space before the declaration',
      `\n\n  ${rss('<item><title>Familie &amp; Jugend</title></item>')}`,
      'Familie & Jugend',
    ],
    [
      'a DOCTYPE',
      rss('<item><title>Familie &amp; Jugend</title></item>').replace(
        '<rss',
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss',
      ),
      'Familie & Jugend',
    ],
    [
      'an unclosed title',
      rss('<item><title>Familie &amp; Jugend<link>https://m.example/1</link></item>'),
      'Familie & Jugend',
    ],
    [
      'an unclosed break in the text',
      rss('<item><title>Familie &amp; Jugend</title><description>a<br>b</description></item>'),
      'Familie & Jugend',
    ],
    ['a stray end tag', rss('</p><item></b><title>Familie &amp; Jugend</title></item>'), 'Familie & Jugend'],
    [
      'junk after the end',
      `${rss('<item><title>Familie &amp; Jugend</title></item>')}<script>x</script>`,
      'Familie & Jugend',
    ],
    [
      'unquoted attributes',
      rss('<item><title a=b c>Familie &amp; Jugend</title></item>'),
      'Familie & Jugend',
    ],
    [
      'a title twice escaped',
      rss('<item><title>Familie &amp;amp; Jugend</title></item>'),
      'Familie & Jugend',
    ],
  ])('%s', async (_name, body, title) => {
    expect(await titles(body)).toEqual([title]);
  });

  test('links and dates survive what is wrong beside them', async () => {
    const { items } = await parse(
      rss(
        '<item><title>A & B</title><link>https://m.example/?a=1&b=2</link><pubDate>Tue, 12 Mar 2024 14:30:00 +0100</pubDate></item>',
      ),
    );
    expect(items[0]).toMatchObject({
      link: 'https://m.example/?a=1&b=2',
      published: '2024-03-12T13:30:00.000Z',
    });
  });

  test('entities that a document declares are never expanded', async () => {
    const lol = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const body = rss('<item><title>Ha &l9; ha</title></item>').replace(
      '<rss',
      `<!DOCTYPE rss [<!ENTITY l0 "lol">${lol}]><rss`,
    );
    const feed = await parse(body);
    expect(feed.items[0]?.title).toBe('Ha &l9; ha');
    expect(feed.findings[0]?.what).toMatch('not expanded');
  });

  const three = [1, 2, 3].map(
    (n) => `<item><title>Meldung ${n}</title><description><![CDATA[<p>Text ${n}</p>]]></description></item>`,
  );
  test.each([
    ['a tail that is missing', rss(three.join('')).slice(0, -60), ['Meldung 1', 'Meldung 2']],
    [
      'an item without its end',
      rss(three.join('').replace('</item>', '')),
      ['Meldung 1', 'Meldung 2', 'Meldung 3'],
    ],
    [
      'an item without its beginning',
      rss(three.join('').replace('<item><title>Meldung 2', '<title>Meldung 2')),
      ['Meldung 1', 'Meldung 3'],
    ],
    [
      'a CDATA section that never ends',
      rss(three.join('').replace('1</p>]]>', '1</p>')),
      ['Meldung 2', 'Meldung 3'],
    ],
    [
      'a comment that never ends',
      rss(three.join('').replace('Meldung 1', '<!-- Meldung 1')),
      ['Meldung 2', 'Meldung 3'],
    ],
    [
      'an attribute that never ends',
      rss(three.join('').replace('<title>Meldung 1', '<title a="b>Meldung 1')),
      ['Meldung 2', 'Meldung 3'],
    ],
  ])('%s: the items that are whole are kept, the rest is told', async (_name, body, whole) => {
    const feed = await parse(body);
    expect(feed.items.map(({ title }) => title)).toEqual(whole);
    expect(feed.items.at(-1)?.description).toBe(`<p>Text ${whole.at(-1)?.at(-1) ?? ''}</p>`);
    expect(feed.findings.length).toBeGreaterThan(0);
  });

  test('an item that quotes a feed stays one item', async () => {
    const feed = await parse(
      rss(
        '<item><title>So geht RSS</title><description><![CDATA[<pre><item><title>x</title></item></pre>]]></description></item>',
      ),
    );
    expect(feed.items).toHaveLength(1);
  });
});

describe('what is no feed', () => {
  test.each([
    [
      'an HTML page',
      '<!DOCTYPE html><html><head><title>Wartungsarbeiten</title></head><body><p>x</body></html>',
      'NotAFeed',
      'an HTML page (“Wartungsarbeiten”)',
    ],
    ['nothing', '', 'NotAFeed', 'an empty body'],
    ['white space', ' \n ', 'NotAFeed', 'an empty body'],
    [
      'other XML',
      '<?xml version="1.0"?><urlset><url/></urlset>',
      'NotAFeed',
      'XML of another kind (<urlset>)',
    ],
    ['text', 'Service unavailable', 'NotAFeed', 'text that begins with "Service unavailable"'],
    ['other JSON', '{"error":"x"}', 'NotAFeed', 'JSON without a list of items'],
    ['a feed cut off in its first item', rss('<item><title>Meldung').slice(0, -20), 'BrokenFeed', 'cut off'],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'NotAFeed', 'text that begins'],
  ])('%s', async (_name, body, name, saw) => {
    const error = await parse(body).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.name).toBe(name);
    expect(error?.message).toContain(saw);
  });

  test('more than 15 MB', async () => {
    await expect(parse(Buffer.alloc(15_000_001, 0x20))).rejects.toMatchObject({ name: 'TooLarge' });
  });

  test('a feed without items is one', async () => {
    expect((await parse(rss(''))).items).toEqual([]);
  });
});

describe('silent loss', () => {
  test.each([
    ['elements in a title', rss('<item><title>Neue <em>Förderung</em> startet</title></item>')],
    [
      'escaped elements in a title',
      rss('<item><title>Neue &lt;em&gt;Förderung&lt;/em&gt; startet</title></item>'),
    ],
    [
      'CDATA in part of a title',
      rss('<item><title>Neue <![CDATA[<em>Förderung</em>]]> startet</title></item>'),
    ],
    ['two CDATA sections', rss('<item><title><![CDATA[Neue ]]><![CDATA[Förderung startet]]></title></item>')],
    [
      'an Atom title in XHTML',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Neue <em>Förderung</em> startet</div></title></entry></feed>',
    ],
    [
      'an Atom title in XHTML under a prefix',
      '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="http://www.w3.org/1999/xhtml"><entry><title type="xhtml"><x:div>Neue <x:em>Förderung</x:em> startet</x:div></title></entry></feed>',
    ],
    [
      'an Atom title in HTML',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Neue &lt;em>F&amp;ouml;rderung&lt;/em> startet</title></entry></feed>',
    ],
    [
      'only dc:title',
      rss(
        '<item xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>Neue Förderung startet</d:title></item>',
      ),
    ],
  ])('%s', async (_name, body) => {
    expect(await titles(body)).toEqual(['Neue Förderung startet']);
  });

  test('Atom XHTML keeps its markup, references and all', async () => {
    const { items } = await parse(
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Kinder &amp; <b>Jugend</b> &lt; 27</p><p><![CDATA[1 < 2]]></p></div></content></entry></feed>',
    );
    expect(items[0]?.content).toContain('<p>Kinder &amp; <b>Jugend</b> &lt; 27</p><p>1 &lt; 2</p>');
  });

  test('Atom text is text', async () => {
    const { items } = await parse(
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="text">Kinder &lt; 3 &amp;amp; Eltern</title><summary>a &lt; b</summary></entry></feed>',
    );
    expect(items[0]).toMatchObject({ title: 'Kinder < 3 &amp; Eltern', description: '<p>a &lt; b</p>' });
  });

  test('10,000 levels of nesting', async () => {
    const deep = `${'<div>'.repeat(10_000)}tief${'</div>'.repeat(10_000)}`;
    const { items } = await parse(rss(`<item><title>x</title><description>${deep}</description></item>`));
    expect(items[0]?.description).toContain('tief');
    expect(
      await titles(rss(`<item><title>${'<b>'.repeat(10_000)}tief${'</b>'.repeat(10_000)}</title></item>`)),
    ).toEqual(['tief']);
  });
});

describe('links', () => {
  const atom = (links: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title>${links}</entry></feed>`;
  test.each([
    [
      'an Atom link without rel',
      atom('<link rel="enclosure" href="/e.pdf"/><link href="/p"/>'),
      'https://ministry.example/p',
    ],
    [
      'alternate HTML before another alternate',
      atom(
        '<link rel="alternate" type="application/pdf" href="/e.pdf"/><link rel="alternate" type="text/html" href="/p"/>',
      ),
      'https://ministry.example/p',
    ],
    [
      'an enclosure is no link',
      atom('<link rel="enclosure" href="/e.pdf"/><link rel="self" href="/s"/>'),
      undefined,
    ],
    [
      'xml:base',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/a/"><entry xml:base="c/"><title>x</title><link href="p"/></entry></feed>`,
      'https://b.example/a/c/p',
    ],
    ['a relative link', rss('<item><title>x</title><link>../1</link></item>'), 'https://ministry.example/1'],
    [
      'a GUID that is a permalink',
      rss('<item><title>x</title><guid>https://m.example/1</guid></item>'),
      'https://m.example/1',
    ],
    [
      'a GUID that is none',
      rss('<item><title>x</title><guid isPermaLink="false">https://m.example/1</guid></item>'),
      undefined,
    ],
    [
      'an Atom link in RSS',
      rss('<item xmlns:q="http://www.w3.org/2005/Atom"><title>x</title><q:link href="/1"/></item>'),
      'https://ministry.example/1',
    ],
    ['a script', rss('<item><title>x</title><link>javascript:alert(1)</link></item>'), undefined],
    [
      'CDATA and white space',
      rss('<item><title>x</title><link>\n <![CDATA[ https://m.example/1 ]]>\n</link></item>'),
      'https://m.example/1',
    ],
  ])('%s', async (_name, body, link) => {
    expect((await parse(body)).items[0]?.link).toBe(link);
  });

  test('the hub is not the feed’s address, nor is the feed itself', async () => {
    const links =
      '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/"/><a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="/feed.xml"/>';
    expect((await parse(rss('', `${links}<link>https://ministry.example/presse</link>`))).link).toBe(
      'https://ministry.example/presse',
    );
    expect((await parse(rss('', links))).link).toBeUndefined();
    expect(
      (
        await parse(
          '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/><link rel="self" href="/f"/></feed>',
        )
      ).link,
    ).toBeUndefined();
  });
});

describe('the rest of an item', () => {
  test('namespaces count by their address', async () => {
    const body = `<rss version="2.0" xmlns:foo="http://purl.org/dc/elements/1.1/" xmlns:dc="https://wrong.example/" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:m="http://search.yahoo.com/mrss/"><channel><item>
      <title>x</title><dc:creator>falsch</dc:creator><foo:creator>Petra Köpping</foo:creator><foo:date>2015-03-29T10:00:00+02:00</foo:date><foo:subject>Integration</foo:subject>
      <c:encoded><![CDATA[<p>ganz</p>]]></c:encoded><description>kurz</description>
      <m:group><m:content url="/b.jpg" medium="image"><m:description>Zwei Männchen</m:description><m:credit>PHOTOMORPHIC - Fotolia.com</m:credit></m:content></m:group></item></channel></rss>`;
    expect((await parse(body)).items[0]).toMatchObject({
      authors: ['Petra Köpping'],
      published: '2015-03-29T08:00:00.000Z',
      categories: ['Integration'],
      content: '<p>ganz</p>',
      description: '<p>kurz</p>',
      image: {
        url: 'https://ministry.example/b.jpg',
        alt: 'Zwei Männchen',
        credit: 'PHOTOMORPHIC - Fotolia.com',
      },
    });
  });

  test('undeclared prefixes mean what they usually do', async () => {
    const { items, findings } = await parse(
      rss(
        '<item><title>x</title><dc:creator>A</dc:creator><content:encoded>&lt;p>ganz&lt;/p></content:encoded></item>',
      ),
    );
    expect(items[0]).toMatchObject({ authors: ['A'], content: '<p>ganz</p>' });
    expect(findings.map(({ what }) => what)).toContain('the prefix dc: is not declared');
  });

  test('several enclosures, categories in all forms', async () => {
    const { items } = await parse(
      rss(
        '<item><title>x</title><enclosure url="/a.pdf" type="application/pdf" length="12"/><enclosure url="/b.mp3"/><category>Kita</category><category domain="d"> Familie </category><category/></item>',
      ),
    );
    expect(items[0]).toMatchObject({
      enclosures: [
        { url: 'https://ministry.example/a.pdf', type: 'application/pdf', length: 12 },
        { url: 'https://ministry.example/b.mp3' },
      ],
      categories: ['Kita', 'Familie'],
    });
    const atom = await parse(
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><category term="kita" label="Kindertagesbetreuung"/><category term="familie"/></entry></feed>',
    );
    expect(atom.items[0]?.categories).toEqual(['Kindertagesbetreuung', 'familie']);
  });

  test('one bad date costs nothing but itself', async () => {
    const { items, findings } = await parse(
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><published>gestern</published><updated>2024-03-12T10:00:00Z</updated></entry><entry><title>b</title><updated>31.02.2024</updated></entry><entry><title>c</title></entry></feed>',
    );
    expect(items.map(({ title, published }) => [title, published])).toEqual([
      ['a', '2024-03-12T10:00:00.000Z'],
      ['b', undefined],
      ['c', undefined],
    ]);
    expect(findings.map(({ what }) => what)).toEqual([
      'atom:published is no date: "gestern"',
      'atom:updated is no date: "31.02.2024"',
    ]);
  });

  test('GUIDs stay as they are', async () => {
    const { items } = await parse(
      rss('<item><title>x</title><guid isPermaLink="false">Ä/ 1&amp;2</guid></item>'),
    );
    expect(items[0]?.guid).toBe('Ä/ 1&2');
  });

  test('what the feed asks of those who poll it', async () => {
    const head =
      '<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>23</hour></skipHours><skipDays><day>Saturday</day></skipDays>';
    expect((await parse(rss('', head))).pace).toEqual({
      minutesBetweenPolls: 90,
      skipHours: [0, 0, 23],
      skipDays: [6],
    });
    const sy =
      '<s:updatePeriod xmlns:s="http://purl.org/rss/1.0/modules/syndication/">daily</s:updatePeriod><s:updateFrequency xmlns:s="http://purl.org/rss/1.0/modules/syndication/">4</s:updateFrequency>';
    expect((await parse(rss('', sy))).pace.minutesBetweenPolls).toBe(360);
  });

  test('the head of a feed', async () => {
    expect(
      await parse(
        rss(
          '',
          '<link>https://m.example/</link><description>Alle &lt;b>Meldungen&lt;/b></description><language>de-DE</language><copyright>© Land</copyright><lastBuildDate>Tue, 12 Mar 2024 14:30:00 +0100</lastBuildDate>',
        ),
      ),
    ).toMatchObject({
      title: 'Presse',
      link: 'https://m.example/',
      description: 'Alle Meldungen',
      language: 'de-DE',
      rights: '© Land',
      updated: '2024-03-12T13:30:00.000Z',
    });
  });
});

describe('JSON Feed', () => {
  test('a cut one keeps its whole items', async () => {
    const feed = await parse(
      '{"title":"P","items":[{"id":1,"title":"a","content_html":"<p>{\\"}</p>","tags":["Kita"],"authors":[{"name":"N"}]},{"id":"2","title":"b',
    );
    expect(feed.items).toHaveLength(1);
    expect(feed.items[0]).toMatchObject({ guid: '1', title: 'a', categories: ['Kita'], authors: ['N'] });
    expect(feed.findings.map(({ kind }) => kind)).toEqual(['rejected', 'repaired']);
  });

  test('fields of the wrong type count as missing', async () => {
    const feed = await parse(
      '{"items":[{"id":"1","title":{"x":1},"url":7,"date_published":"12.03.2024 14:30"},"x"]}',
    );
    expect(feed.items).toEqual([
      expect.objectContaining({ guid: '1', published: '2024-03-12T13:30:00.000Z' }),
    ]);
  });
});

import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { contentOf } from '../../functions/articles/article.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { anArticle } from '../support/articles.ts';
import { freshTables } from '../support/tables.ts';

const at = '2015-03-29T09:00:00.000Z';
const identifies = { linkIdentifies: true };

describe.each([
  ['memory', async () => new MemoryArticles()],
  ['DynamoDB', async () => new DynamoDbArticles(documentClient(), (await freshTables()).content)],
])('articles in %s', (_name, make) => {
  let articles: MemoryArticles | DynamoDbArticles;
  beforeEach(async () => {
    articles = await make();
  });

  const published = async (guid: string, overrides = {}) => {
    const article = anArticle({ guid, ...overrides });
    await articles.insert(article, identifies);
    await articles.publish(article.id, at);
    const live = await articles.get(article.id);
    if (live === undefined) throw new Error(`${guid} is not there`);
    return live;
  };

  test('an inserted article is found by id, GUID and link', async () => {
    const article = anArticle({ body: { html: '<p>Text</p>', text: 'Text' }, heldUntil: undefined });
    expect(await articles.insert(article, identifies)).toBe('inserted');
    expect(await articles.get(article.id)).toEqual(article);
    expect(await articles.findByGuids('ministry', ['g-1', 'other'])).toEqual(
      new Map([['g-1', { articleId: article.id, contentHash: 'hash-1' }]]),
    );
    expect(await articles.findByGuids('elsewhere', ['g-1'])).toEqual(new Map());
    expect(await articles.findByLink(article.link)).toBe(article.id);
    expect(await articles.get('nowhere')).toBeUndefined();
    expect(await articles.findByLink('https://nowhere.example/')).toBeUndefined();
  });

  test('a GUID or an identifying link is filed once, and a refused insert leaves nothing behind', async () => {
    await articles.insert(anArticle({ guid: 'a' }), identifies);
    expect(await articles.insert(anArticle({ guid: 'a' }), identifies)).toBe('taken');
    const sameLink = anArticle({ guid: 'b', link: 'https://ministry.example/a' });
    expect(await articles.insert(sameLink, identifies)).toBe('taken');
    expect(await articles.get(sameLink.id)).toBeUndefined();
    expect(await articles.findByGuids('ministry', ['b'])).toEqual(new Map());
    expect(await articles.insert(sameLink, { linkIdentifies: false })).toBe('inserted');
    expect(await articles.listHeld()).toHaveLength(2);
  });

  test('a text that tells releases apart is filed once, on its day, and a refused insert leaves nothing behind', async () => {
    const both = { linkIdentifies: true, textIdentifies: true };
    const lead =
      'Die Jugendministerinnen und Jugendminister der Länder haben heute in Kiel einen gemeinsamen Antrag beschlossen.';
    const text = { headline: 'Länder stärken die Jugendarbeit', lead };
    const article = anArticle({ guid: 'a', ...text });
    const alike = {
      headline: 'LÄNDER stärken die „Jugendarbeit“',
      lead: `${lead.slice(0, 95)} …`,
      sourceDate: '2015-03-29T08:30:00.000Z',
    };
    expect(await articles.insert(article, both)).toBe('inserted');
    expect(await articles.findByText(anArticle(alike))).toBe(article.id);
    expect(await articles.findByText(anArticle({ ...alike, sourceDate: '2015-03-30' }))).toBeUndefined();
    expect(await articles.findByText(anArticle({ ...alike, lead: `Gemeinsam: ${lead}` }))).toBeUndefined();

    const second = anArticle({ guid: 'b', ...alike });
    expect(await articles.insert(second, both)).toBe('taken');
    expect(await articles.get(second.id)).toBeUndefined();
    expect(await articles.findByLink(second.link)).toBeUndefined();
    expect(await articles.insert(second, identifies)).toBe('inserted');
    expect(await articles.findByText(second)).toBe(article.id);
  });

  test('a text that says too little identifies nothing', async () => {
    const both = { linkIdentifies: true, textIdentifies: true };
    for (const guid of ['a', 'b']) {
      const short = anArticle({ guid, headline: 'Termine der Woche' });
      expect(await articles.insert(short, both)).toBe('inserted');
      expect(await articles.findByText(short)).toBeUndefined();
    }
  });

  test('getMany keeps the order asked for, beyond one batch', async () => {
    const many = Array.from({ length: 120 }, (_, index) => anArticle({ guid: `g${index}` }));
    await Promise.all(many.map((article) => articles.insert(article, identifies)));
    const ids = many.map(({ id }) => id).reverse();
    expect((await articles.getMany(['nowhere', ...ids])).map(({ id }) => id)).toEqual(ids);
    const guids = many.map(({ origins }) => origins[0]?.guid ?? '');
    expect((await articles.findByGuids('ministry', guids)).size).toBe(120);
  });

  test('publication gives dense numbers, topic rows and a live article', async () => {
    const first = await published('a');
    const second = await published('b', { topics: ['familie', 'beteiligung'], quiet: true });
    expect([first.publication, second.publication]).toEqual([1, 2]);
    expect(first).toMatchObject({ status: 'live', publishedAt: at, version: 2 });
    expect(first.heldBecause).toBeUndefined();
    expect(await articles.lastNumber()).toBe(2);
    expect(await articles.publish(first.id, at)).toEqual({ outcome: 'not-held' });
    expect(await articles.publish('nowhere', at)).toEqual({ outcome: 'not-held' });
    expect(await articles.listHeld()).toEqual([]);
    const second_ = { number: 2, articleId: second.id, publishedAt: at, quiet: true };
    expect(await articles.listPublishedBetween('beteiligung', 0, 9)).toEqual([second_]);
    expect(await articles.listNewest('alle', 9)).toEqual([
      second_,
      { number: 1, articleId: first.id, publishedAt: at, quiet: false },
    ]);
    expect(await articles.listNewest('jugendarbeit', 9)).toEqual([]);
  });

  test('windows over the log are half open: (after, upTo]', async () => {
    for (const guid of ['a', 'b', 'c', 'd', 'e']) await published(guid);
    const numbers = async (after: number, upTo: number) =>
      (await articles.listPublishedBetween('alle', after, upTo)).map(({ number }) => number);
    expect(await numbers(0, 2)).toEqual([1, 2]);
    expect(await numbers(2, 4)).toEqual([3, 4]);
    expect(await numbers(4, 4)).toEqual([]);
    expect(await numbers(4, 99)).toEqual([5]);
    expect((await articles.listNewest('alle', 2)).map(({ number }) => number)).toEqual([5, 4]);
    expect((await articles.listNewest('alle', 2, 4)).map(({ number }) => number)).toEqual([3, 2]);
  });

  test('publications at the same moment get different numbers, without a gap', async () => {
    const many = Array.from({ length: 12 }, (_, index) => anArticle({ guid: `g${index}` }));
    await Promise.all(many.map((article) => articles.insert(article, identifies)));
    await Promise.all(many.flatMap(({ id }) => [articles.publish(id, at), articles.publish(id, at)]));
    const log = await articles.listPublishedBetween('alle', 0, 99);
    expect(log.map(({ number }) => number)).toEqual(many.map((_, index) => index + 1));
    expect(new Set(log.map(({ articleId }) => articleId)).size).toBe(12);
  });

  test('a revision with a new link is filed under both', async () => {
    const live = await published('a');
    const link = 'https://ministry.example/moved';
    await articles.revise({ ...live, link, contentHash: 'hash-2', version: live.version + 1 }, live);
    expect(await articles.findByLink(link)).toBe(live.id);
    expect(await articles.findByLink(live.link)).toBe(live.id);
  });

  test('a link that a freeze holds back is filed as well', async () => {
    const live = await published('a');
    const link = 'https://ministry.example/moved';
    const pendingCorrection = {
      content: contentOf(live),
      link,
      topics: live.topics,
      contentHash: 'hash-2',
    };
    await articles.revise({ ...live, pendingCorrection, version: live.version + 1 }, live);
    expect(await articles.findByLink(link)).toBe(live.id);
    expect(await articles.findByLink(live.link)).toBe(live.id);
  });

  test('a revision moves topic rows and the hash under the GUID, and loses against a faster writer', async () => {
    const live = await published('a', { topics: ['familie', 'beteiligung'] });
    const next = {
      ...live,
      topics: ['familie', 'jugendarbeit'],
      contentHash: 'hash-2',
      version: live.version + 1,
    };
    expect(await articles.revise(next, live)).toBe('revised');
    expect(await articles.revise({ ...next, headline: 'Zu spät' }, live)).toBe('conflict');
    expect(await articles.get(live.id)).toEqual(next);
    expect(await articles.listNewest('beteiligung', 9)).toEqual([]);
    for (const topic of ['familie', 'jugendarbeit', 'alle']) {
      expect((await articles.listNewest(topic, 9)).map(({ number }) => number)).toEqual([1]);
    }
    expect((await articles.findByGuids('ministry', ['a'])).get('a')?.contentHash).toBe('hash-2');
  });

  test('another origin leads to the same article', async () => {
    const article = anArticle({ guid: 'a' });
    await articles.insert(article, identifies);
    const origin = { sourceId: 'elsewhere', guid: 'x', link: 'https://elsewhere.example/x' };
    expect(await articles.addOrigin(article, origin, 'their-hash')).toBe('added');
    expect(await articles.findByGuids('elsewhere', ['x'])).toEqual(
      new Map([['x', { articleId: article.id, contentHash: 'their-hash' }]]),
    );
    const stored = await articles.get(article.id);
    expect(stored?.origins).toEqual([...article.origins, origin]);
    expect(await articles.addOrigin(article, origin, 'their-hash')).toBe('taken');
    expect(await articles.addOrigin(article, { ...origin, guid: 'y' }, 'h')).toBe('conflict');
    expect(await articles.findByGuids('elsewhere', ['y'])).toEqual(new Map());
  });

  test('what waits is listed by source date, whole days at their beginning in Berlin', async () => {
    const held = [
      anArticle({ guid: 'late', sourceDate: '2015-03-29T22:30:00.000Z' }),
      anArticle({ guid: 'next-day', sourceDate: '2015-03-30', heldBecause: 'embargo', heldUntil: at }),
      anArticle({ guid: 'day', sourceDate: '2015-03-29' }),
    ];
    for (const article of held) await articles.insert(article, identifies);
    expect(await articles.listHeld()).toEqual([
      {
        articleId: held[2]?.id,
        sourceDate: '2015-03-29',
        because: 'publication-pending',
        duringFreeze: 'hold',
        correction: false,
      },
      {
        articleId: held[1]?.id,
        sourceDate: '2015-03-30',
        because: 'embargo',
        until: at,
        duringFreeze: 'hold',
        correction: false,
      },
      {
        articleId: held[0]?.id,
        sourceDate: '2015-03-29T22:30:00.000Z',
        because: 'publication-pending',
        duringFreeze: 'hold',
        correction: false,
      },
    ]);
  });

  test('a pending correction waits, and its hash is the one that polls compare with', async () => {
    const live = await published('a');
    const { headline, issuer, sourceDate, invitation } = live;
    const pendingCorrection = {
      content: { headline, lead: 'Neu', issuer, sourceDate, invitation },
      link: live.link,
      topics: live.topics,
      contentHash: 'hash-2',
    };
    await articles.revise({ ...live, pendingCorrection, version: live.version + 1 }, live);
    expect(await articles.listHeld()).toEqual([
      { articleId: live.id, sourceDate, because: 'freeze', duringFreeze: 'hold', correction: true },
    ]);
    expect((await articles.findByGuids('ministry', ['a'])).get('a')?.contentHash).toBe('hash-2');
  });

  test('a withdrawn article leaves every topic and the held list, and keeps its GUID', async () => {
    const live = await published('a');
    const waiting = anArticle({ guid: 'b' });
    await articles.insert(waiting, identifies);
    expect(await articles.withdraw(live.id, at)).toBe('withdrawn');
    expect(await articles.withdraw(live.id, at)).toBe('already');
    expect(await articles.withdraw(waiting.id, at)).toBe('withdrawn');
    expect(await articles.withdraw('nowhere', at)).toBe('unknown');
    expect(await articles.listNewest('alle', 9)).toEqual([]);
    expect(await articles.listNewest('flucht-und-migration', 9)).toEqual([]);
    expect(await articles.listHeld()).toEqual([]);
    expect(await articles.publish(waiting.id, at)).toEqual({ outcome: 'not-held' });
    expect((await articles.findByGuids('ministry', ['a'])).has('a')).toBe(true);
  });
});

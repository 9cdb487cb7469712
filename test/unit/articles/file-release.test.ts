import { sourceSchema } from '../../../config/sources.schema.ts';
import { DynamoDbArticles } from '../../../functions/articles/dynamodb-articles.ts';
import { fileRelease, type FilingContext } from '../../../functions/articles/file-release.ts';
import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import { publishDue } from '../../../functions/articles/publish-due.ts';
import { documentClient } from '../../../functions/platform/aws-clients.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { aRelease } from '../../support/articles.ts';
import { freshTables } from '../../support/tables.ts';

const day = (date: string) => Temporal.Instant.from(`${date}T09:00:00Z`);
const source = sourceSchema.parse({
  id: 'ministry',
  issuer: 'Ministerium',
  url: 'https://ministry.example/feed',
});

let articles: MemoryArticles;
beforeEach(() => {
  articles = new MemoryArticles();
});

const usual = { at: day('2015-03-30'), source, frozen: false, firstPoll: false, linkIdentifies: true };
const file = async (release = aRelease(), context: Partial<FilingContext> = {}) =>
  fileRelease(articles, release, {
    ...usual,
    filing: (await articles.findByGuids(release.sourceId, [release.guid])).get(release.guid),
    ...context,
  });

const stored = async (release = aRelease(), context: Partial<FilingContext> = {}) => {
  const { articleId } = await file(release, context);
  return articles.get(articleId);
};

describe('a release that nothing holds', () => {
  test('is published at once, and the same again changes nothing', async () => {
    expect(await file()).toMatchObject({ outcome: 'stored', publication: 1 });
    const before = await articles.getMany(
      (await articles.listNewest('alle', 9)).map(({ articleId }) => articleId),
    );
    expect(await file()).toMatchObject({ outcome: 'unchanged' });
    expect(await articles.getMany(before.map(({ id }) => id))).toEqual(before);
    expect(await articles.lastNumber()).toBe(1);
  });

  test('stored before a crash, it is published by the clock', async () => {
    const crashing = Object.assign(new MemoryArticles(), {
      publish: () => Promise.reject(new Error('killed')),
    });
    articles = crashing;
    await expect(file()).rejects.toThrow('killed');
    expect(await file()).toMatchObject({ outcome: 'unchanged' });
    Reflect.deleteProperty(crashing, 'publish');
    expect(await publishDue(articles, day('2015-03-30'), false)).toEqual({
      published: 1,
      corrected: 0,
      more: false,
    });
    expect(await articles.lastNumber()).toBe(1);
  });
});

describe('identity', () => {
  test('a changed GUID with the same link is the same article, also when the text changed with it', async () => {
    const first = await file();
    const second = await file(aRelease({ guid: 'renamed', link: 'https://ministry.example/g-1' }));
    expect(second).toEqual({ outcome: 'duplicate', articleId: first.articleId });
    const third = await file(
      aRelease({ guid: 'again', link: 'https://ministry.example/g-1', lead: 'Neu', contentHash: 'hash-2' }),
    );
    expect(third).toEqual({ outcome: 'corrected', articleId: first.articleId });
    expect(await articles.lastNumber()).toBe(1);
    expect((await articles.get(first.articleId))?.origins.map(({ guid }) => guid)).toEqual([
      'g-1',
      'renamed',
      'again',
    ]);
    expect(
      await file(
        aRelease({
          guid: 'renamed',
          link: 'https://ministry.example/g-1',
          lead: 'Neu',
          contentHash: 'hash-2',
        }),
      ),
    ).toMatchObject({ outcome: 'unchanged' });
  });

  test('a second source that carries the release adds an origin, and corrects nothing', async () => {
    const first = await file();
    const theirs = { sourceId: 'elsewhere', guid: 'x', link: 'https://ministry.example/g-1' };
    expect(await file(aRelease({ ...theirs, lead: 'Anders', contentHash: 'other' }))).toMatchObject({
      outcome: 'duplicate',
    });
    expect(await file(aRelease({ ...theirs, lead: 'Noch anders', contentHash: 'third' }))).toMatchObject({
      outcome: 'duplicate',
    });
    expect(await articles.get(first.articleId)).toMatchObject({ revision: 1, contentHash: 'hash-1' });
  });

  describe('by its text', () => {
    const text = {
      headline: 'Länder stärken die Jugendarbeit',
      lead: 'Die Jugendministerinnen und Jugendminister der Länder haben heute in Kiel einen Antrag beschlossen.',
    };
    const theirs = { ...text, sourceId: 'elsewhere', guid: 'x', link: 'https://elsewhere.example/x' };

    test('another source that carries it at another address adds an origin, polled once or often', async () => {
      const first = await file(aRelease(text));
      const { articleId } = first;
      const again = aRelease({ ...theirs, lead: `${text.lead.slice(0, 90)} …`, contentHash: 'other' });
      expect(await file(again)).toEqual({ outcome: 'duplicate', articleId });
      expect(await file(again)).toEqual({ outcome: 'unchanged', articleId });
      const article = await articles.get(articleId);
      expect(article?.origins.map(({ link }) => link)).toEqual([
        'https://ministry.example/g-1',
        'https://elsewhere.example/x',
      ]);
      expect(article).toMatchObject({ revision: 1, lead: text.lead });
      expect(await articles.lastNumber()).toBe(1);
    });

    test('two of one source at two addresses stay two, and a third source joins the first', async () => {
      const first = await file(aRelease(text));
      expect(await file(aRelease({ ...text, guid: 'g-2' }))).toMatchObject({ outcome: 'stored' });
      expect(await file(aRelease(theirs))).toEqual({ outcome: 'duplicate', articleId: first.articleId });
      expect(await articles.lastNumber()).toBe(2);
    });

    test('two sources at once yield one article with both as origin', async () => {
      for (const store of [articles, new DynamoDbArticles(documentClient(), (await freshTables()).content)]) {
        const outcomes = await Promise.all(
          [aRelease(text), aRelease(theirs)].map((release) =>
            fileRelease(store, release, { ...usual, filing: undefined }),
          ),
        );
        expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'stored']);
        expect(new Set(outcomes.map(({ articleId }) => articleId)).size).toBe(1);
        expect((await store.get(outcomes[0]?.articleId ?? ''))?.origins).toHaveLength(2);
        expect(await store.lastNumber()).toBe(1);
      }
    });
  });

  test('a link that changes under its GUID is filed, so that the GUID may change after it', async () => {
    const first = await file();
    const link = 'https://ministry.example/neu/g-1';
    expect(await file(aRelease({ link, contentHash: 'hash-2' }))).toMatchObject({ outcome: 'corrected' });
    expect(await articles.get(first.articleId)).toMatchObject({ link, revision: 2 });
    expect(await file(aRelease({ guid: 'renamed', link, contentHash: 'hash-2' }))).toEqual({
      outcome: 'duplicate',
      articleId: first.articleId,
    });
  });

  test("a link that is another article's is not taken over, nor one that identifies nothing", async () => {
    const first = await file();
    await file(aRelease({ guid: 'g-2', headline: 'Eine andere Meldung aus diesem Hause' }));
    const link = 'https://ministry.example/g-2';
    await file(aRelease({ link, contentHash: 'hash-2' }));
    expect(await articles.get(first.articleId)).toMatchObject({ link: 'https://ministry.example/g-1' });
    await file(aRelease({ link: 'https://ministry.example/', contentHash: 'hash-3' }), {
      linkIdentifies: false,
    });
    expect(await articles.get(first.articleId)).toMatchObject({
      link: 'https://ministry.example/g-1',
      revision: 3,
    });
  });

  test('a link that does not identify keeps two releases apart', async () => {
    const link = 'https://ministry.example/presse';
    await file(aRelease({ guid: 'a', link }), { linkIdentifies: false });
    expect(await file(aRelease({ guid: 'b', link }), { linkIdentifies: false })).toMatchObject({
      outcome: 'stored',
    });
  });

  test('two polls at once store one article', async () => {
    const outcomes = await Promise.all([file(), file(), file()]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['stored', 'unchanged', 'unchanged']);
    expect(await articles.lastNumber()).toBe(1);
  });
});

describe('corrections', () => {
  const correction = aRelease({ lead: 'Neu', contentHash: 'hash-2' });

  test('raise the revision and keep number and id', async () => {
    const before = await stored();
    const after = await stored(correction, { at: day('2015-04-01') });
    expect(after).toMatchObject({
      id: before?.id,
      publication: 1,
      publishedAt: before?.publishedAt,
      lead: 'Neu',
      revision: 2,
      updatedAt: '2015-04-01T09:00:00.000Z',
    });
  });

  test('leave alone what an editor set', async () => {
    const before = await stored();
    if (before === undefined) throw new Error('not stored');
    const overrides = { headline: 'Vom Redakteur', topics: ['familie'] };
    await articles.revise({ ...before, ...overrides, overrides, version: before.version + 1 }, before);
    expect(await stored(correction)).toMatchObject({
      headline: 'Vom Redakteur',
      topics: ['familie'],
      lead: 'Neu',
    });
  });

  test('of a live article wait while a freeze lasts, and show after it', async () => {
    const before = await stored();
    const during = await stored(correction, { frozen: true });
    expect(during).toMatchObject({ lead: before?.lead, revision: 1 });
    expect(await file(correction, { frozen: true })).toMatchObject({ outcome: 'unchanged' });
    expect(await publishDue(articles, day('2015-04-02'), true)).toEqual({
      published: 0,
      corrected: 0,
      more: false,
    });
    expect(await publishDue(articles, day('2015-05-02'), false)).toEqual({
      published: 0,
      corrected: 1,
      more: false,
    });
    expect(await articles.get(before?.id ?? '')).toMatchObject({ lead: 'Neu', revision: 2, publication: 1 });
    expect(await articles.listHeld()).toEqual([]);
  });

  test('of a withdrawn article do not bring it back', async () => {
    const before = await stored();
    await articles.withdraw(before?.id ?? '', '2015-03-31T09:00:00.000Z');
    expect(await stored(correction)).toMatchObject({ status: 'withdrawn' });
    expect(await articles.listNewest('alle', 9)).toEqual([]);
  });
});

describe('what is held', () => {
  test('a freeze holds new articles and releases them by source date', async () => {
    await file(aRelease({ guid: 'b', sourceDate: '2015-04-02', contentHash: 'b' }), { frozen: true });
    const first = await stored(aRelease({ guid: 'a', sourceDate: '2015-04-01', contentHash: 'a' }), {
      frozen: true,
    });
    expect(first).toMatchObject({ status: 'held', heldBecause: 'freeze', quiet: false });
    expect(await articles.lastNumber()).toBe(0);
    await publishDue(articles, day('2015-05-02'), false);
    expect((await articles.get(first?.id ?? ''))?.publication).toBe(1);
    expect(await articles.lastNumber()).toBe(2);
  });

  test('an exempt source publishes during a freeze', async () => {
    const exempt = { ...source, duringFreeze: 'publish' as const };
    expect(await file(aRelease(), { frozen: true, source: exempt })).toMatchObject({ publication: 1 });
  });

  test('an embargo holds until its moment, and a freeze beyond it', async () => {
    const embargoUntil = '2015-04-03T08:00:00.000Z';
    expect(await stored(aRelease({ embargoUntil }))).toMatchObject({
      status: 'held',
      heldBecause: 'embargo',
      heldUntil: embargoUntil,
      quiet: false,
    });
    const before = Temporal.Instant.from('2015-04-03T07:59:59Z');
    const after = Temporal.Instant.from(embargoUntil);
    expect((await publishDue(articles, before, false)).published).toBe(0);
    expect((await publishDue(articles, after, true)).published).toBe(0);
    expect((await publishDue(articles, after, false)).published).toBe(1);
  });

  test('an embargo that has passed holds nothing', async () => {
    expect(await file(aRelease({ embargoUntil: '2015-03-30T08:00:00.000Z' }))).toMatchObject({
      publication: 1,
    });
  });

  test('a changed embargo of a held release takes effect', async () => {
    await file(aRelease({ embargoUntil: '2015-04-03T08:00:00.000Z' }));
    await file(aRelease({ embargoUntil: '2015-04-09T08:00:00.000Z', contentHash: 'hash-2' }));
    expect((await publishDue(articles, day('2015-04-05'), false)).published).toBe(0);
    expect((await publishDue(articles, day('2015-04-10'), false)).published).toBe(1);
  });

  test("an editor's hold is not ended by the clock", async () => {
    const held = await stored(aRelease(), { frozen: true });
    if (held === undefined) throw new Error('not stored');
    await articles.revise({ ...held, heldBecause: 'editor', version: held.version + 1 }, held);
    expect((await publishDue(articles, day('2015-06-01'), false)).published).toBe(0);
  });
});

describe('quiet', () => {
  test.each<[string, Partial<Parameters<typeof aRelease>[0]>, Partial<FilingContext>, boolean]>([
    ['news', {}, {}, false],
    ['all of a first poll', {}, { firstPoll: true }, true],
    [
      'a first poll of a source that announces itself',
      {},
      { firstPoll: true, source: { ...source, firstContact: 'announce' } },
      false,
    ],
    ['older than the limit', { sourceDate: '2015-02-01' }, {}, true],
    ['older than the limit, but held by a freeze', { sourceDate: '2015-02-01' }, { frozen: true }, false],
    ['a press invitation', { invitation: true }, {}, true],
    [
      'an invitation of a source that wants it mailed',
      { invitation: true },
      { source: { ...source, invitations: 'digest' } },
      false,
    ],
  ])('%s', async (_name, release, context, quiet) => {
    expect((await stored(aRelease(release), context))?.quiet).toBe(quiet);
  });
});

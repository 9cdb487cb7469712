import { Newest } from '../../../functions/platform/remembered.ts';

describe('the newest answer about each of many things', () => {
  const asked: string[] = [];
  const newest = new Newest<{ words: string[] }, string>(2);
  const of = (id: string, ...words: string[]): string =>
    newest.of(id, { words }, () => {
      asked.push(id);
      return words.join(' ');
    });

  beforeEach(() => asked.splice(0));

  it('is given again as long as the thing is as it was, and made anew when it changes', () => {
    expect([of('a', 'kita', 'ausbau'), of('a', 'kita', 'ausbau'), of('a', 'kita', 'abbau')]).toEqual([
      'kita ausbau',
      'kita ausbau',
      'kita abbau',
    ]);
    expect(asked).toEqual(['a', 'a']);
  });

  it('is made anew when there is more or less to the thing', () => {
    const fields = new Newest<{ a?: string; b?: string }, number>();
    let made = 0;
    const answers = [{ a: '1' }, { a: '1', b: '2' }, { a: '1', b: '2' }, { b: '2' }, {}].map((question) =>
      fields.of('x', question, () => ++made),
    );
    expect(answers).toEqual([1, 2, 2, 3, 4]);
  });

  it('is kept of no more things than it may be', () => {
    for (const id of ['b', 'c', 'd', 'd', 'b']) expect(of(id, id)).toBe(id);
    expect(asked).toEqual(['b', 'c', 'd', 'b']);
  });
});

import fc from 'fast-check';
import { articleIdOf, articlePath, slugOf, sourceDayText } from '../../../functions/articles/article-page.ts';

test.each([
  ['Größere Räume für Öffnung & Übung', 'groessere-raeume-fuer-oeffnung-uebung'],
  [
    '„Sächsische Migrantenorganisationen vernetzen sich“',
    'saechsische-migrantenorganisationen-vernetzen-sich',
  ],
  ['Careleaver:innen', 'careleaver-innen'],
  ['STRASSE wird STRAẞE', 'strasse-wird-strasse'],
  ['Fußball, a\u0308rger', 'fussball-aerger'],
  ['Café à Paris', 'cafe-a-paris'],
  ['مرحبا', ''],
])('%s is %s in an address', (headline, slug) => {
  expect(slugOf(headline)).toBe(slug);
});

test('an article is found by its address, whatever its headline', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[a-z2-7]{16}$/), (headline, id) => {
      const path = articlePath({ id, headline });
      expect(path).toMatch(/^\/artikel\/[a-z0-9-]{16,97}\/$/u);
      expect(articleIdOf(path.split('/').at(-2) ?? '')).toBe(id);
    }),
  );
});

test('the day of the source is that of the portal’s time zone', () => {
  expect(sourceDayText({ sourceDate: '2026-03-28' })).toBe('28.03.2026');
  expect(sourceDayText({ sourceDate: '2026-03-29T22:30:00.000Z' })).toBe('30.03.2026');
});

import type { Article, PressRelease } from '../../functions/articles/article.ts';
import { digestId } from '../../functions/platform/ids.ts';

/** A held article, as filing makes them; `overrides` decide what a test is about. */
export function anArticle(overrides: Partial<Article> & { guid?: string; sourceId?: string } = {}): Article {
  const { guid = 'g-1', sourceId = 'ministry', ...rest } = overrides;
  const link = rest.link ?? `https://ministry.example/${guid}`;
  return {
    id: digestId(sourceId, guid),
    origins: [{ sourceId, guid, link }],
    link,
    kicker: 'Flucht und Migration',
    headline: '„Sächsische Migrantenorganisationen vernetzen sich“',
    lead: 'Ziel der Konferenz war die Bildung einer landesweiten Vertretung.',
    issuer: 'Sächsische Staatsministerin für Gleichstellung und Integration',
    sourceDate: '2015-03-29',
    invitation: false,
    topics: ['flucht-und-migration'],
    contentHash: 'hash-1',
    revision: 1,
    firstSeenAt: '2015-03-29T08:00:00.000Z',
    updatedAt: '2015-03-29T08:00:00.000Z',
    status: 'held',
    heldBecause: 'publication-pending',
    quiet: false,
    duringFreeze: 'hold',
    version: 1,
    ...rest,
  };
}

export function aRelease(overrides: Partial<PressRelease> = {}): PressRelease {
  const guid = overrides.guid ?? 'g-1';
  return {
    sourceId: 'ministry',
    guid,
    link: `https://ministry.example/${guid}`,
    headline: '„Sächsische Migrantenorganisationen vernetzen sich“',
    lead: 'Ziel der Konferenz war die Bildung einer landesweiten Vertretung.',
    issuer: 'Sächsische Staatsministerin für Gleichstellung und Integration',
    sourceDate: '2015-03-29',
    invitation: false,
    topics: ['flucht-und-migration'],
    contentHash: 'hash-1',
    ...overrides,
  };
}

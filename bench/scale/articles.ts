import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { newsIn } from '../../functions/notify/window.ts';
import { MemorySources } from '../../functions/sources/memory-sources.ts';
import { readFront, readTopic } from '../../functions/web/reading.ts';
import { median } from '../digest/median.ts';
import type { Figure } from '../run.ts';
import { growthFigure } from './growth.ts';
import { articleAt, perDay, topicSlugs } from './portal-at-scale.ts';

const rounds = 21;

/** What readers and ministries wait for, among few and many stored articles; interleaved, medians. */
export async function articles(
  client: DynamoDBDocumentClient,
  tables: readonly { size: number; table: string }[],
): Promise<Figure[]> {
  const sites = tables.map(({ size, table }) => siteOf(new DynamoDbArticles(client, table), size));
  const took = sites.map(() => new Map<string, number[]>());
  for (let round = 0; round < rounds + 2; round++) {
    for (const [index, site] of sites.entries()) {
      for (const [name, act] of Object.entries(site)) {
        const began = performance.now();
        await act();
        // The first rounds are the compiler's.
        if (round >= 2) {
          took[index]?.set(name, [...(took[index].get(name) ?? []), performance.now() - began]);
        }
      }
    }
  }
  const sizes = tables.map(({ size }) => size);
  return Object.keys(sites[0] ?? {}).flatMap((name) => {
    const medians = took.map((times) => median(times.get(name) ?? []));
    return [
      { name: `${name}, among ${sizes.at(-1) ?? 0} articles`, value: medians.at(-1) ?? 0, unit: 'ms' },
      growthFigure(name, sizes, medians),
    ];
  });
}

function siteOf(store: DynamoDbArticles, size: number): Record<string, () => Promise<unknown>> {
  let last = size;
  const reading = {
    articles: store,
    sources: new MemorySources(),
    baseUrl: new URL('https://portal.example'),
  };
  return {
    'one article stored and published': async () => {
      last += 1;
      const article = articleAt(last);
      const { publication: _publication, publishedAt = '', ...held } = article;
      const stored = await store.insert(
        { ...held, status: 'held', heldBecause: 'publication-pending', version: 1 },
        { linkIdentifies: true },
      );
      const { outcome } = await store.publish(article.id, publishedAt);
      if (stored !== 'inserted' || outcome !== 'published') throw new Error(`${article.id} was ${stored}`);
    },
    'front page read': () => readFront(reading),
    'topic page read': () => readTopic(reading, topicSlugs[0] ?? ''),
    'oldest topic page read': () => readTopic(reading, topicSlugs[0] ?? '', 500),
    "one day's news read": () => newsIn(store, { fromNumber: size - perDay, toNumber: size }),
  };
}

import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { planShard } from '../../functions/notify/plan-shard.ts';
import { systemClock, Temporal } from '../../functions/platform/time.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import type { Run } from '../../functions/runs/run.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Figure } from '../run.ts';
import { cpuMs, growthFigure } from './growth.ts';
import { perDay, shards } from './portal-at-scale.ts';

export interface PlanningTables {
  content: string;
  dispatch: string;
  /** By number of subscribers, rising. */
  subscribers: readonly { size: number; table: string }[];
  articles: number;
}

/** A daily run of each size over the adapters of the deployment, shard by shard as one worker plans them. */
export async function planning(client: DynamoDBDocumentClient, tables: PlanningTables): Promise<Figure[]> {
  const plan = planner(client, tables);
  const smallest = tables.subscribers[0];
  if (smallest !== undefined) await plan(smallest, 1); // Compiles what the others then use.
  const seconds: number[] = [];
  const cpu: number[] = [];
  let editions = 0;
  for (const one of tables.subscribers) {
    const began = performance.now();
    const beganCpu = cpuMs();
    editions = await plan(one, shards);
    cpu.push(cpuMs() - beganCpu);
    seconds.push((performance.now() - began) / 1000);
  }
  const sizes = tables.subscribers.map(({ size }) => size);
  const peak = process.resourceUsage().maxRSS / 1024;
  return [
    ...sizes.map((size, index) => ({
      name: `planning a digest for ${size} subscribers, one worker`,
      value: seconds[index] ?? 0,
      unit: 's',
    })),
    { name: 'editions of the largest, shard by shard', value: editions, unit: 'editions' },
    growthFigure('time of the planner on its processor', sizes, cpu),
    {
      name: 'planner, resident memory at its peak',
      value: peak,
      unit: 'MiB',
      bar: '< 512',
      holds: peak < 512,
    },
  ];
}

function planner(client: DynamoDBDocumentClient, tables: PlanningTables) {
  const { content, dispatch } = tables;
  const never = (): Promise<never> => Promise.reject(new Error('There are no announcements here'));
  const now = Temporal.Instant.from('2026-11-24T06:00:00Z');
  let runs = 0;
  return async ({ size, table }: PlanningTables['subscribers'][number], shardCount: number) => {
    runs += 1;
    const run: Run = {
      id: `digest-daily-${runs}`,
      kind: 'digest',
      cadence: 'daily',
      fromNumber: tables.articles - perDay,
      toNumber: tables.articles,
      slot: '2026-11-24T06:00:00.000Z',
      createdAt: '2026-11-24T06:00:00.000Z',
      deadline: '2026-11-25T05:30:00.000Z',
      state: 'planning',
      shards,
      version: 1,
    };
    const parts = {
      runs: new DynamoDbRuns(client, { content, dispatch }, systemClock),
      deliveries: new DynamoDbDeliveries(client, dispatch, systemClock),
      subscribers: new DynamoDbSubscriberStore(client, table, shards),
      articles: new DynamoDbArticles(client, content),
      announcements: { audience: never, edition: never },
      isAllowed: () => true,
    };
    let candidates = 0;
    let editions = 0;
    for (let shard = 0; shard < shardCount; shard++) {
      const manifest = await planShard(parts, run, shard, now);
      candidates += manifest.candidates;
      editions += manifest.editions;
    }
    if (shardCount === shards && candidates !== size) {
      throw new Error(`${candidates} of ${size} subscribers were planned`);
    }
    return editions;
  };
}

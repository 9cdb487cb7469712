import type { Command } from 'commander';
import { feeds } from '../../config/feeds.ts';
import { DynamoDbAnnouncements } from '../../functions/announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { feedDirectory } from '../../functions/articles/feed-directory.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { readEnv } from '../../functions/platform/env.ts';
import { createLog } from '../../functions/platform/log.ts';
import { s3Client } from '../../functions/platform/s3-client.ts';
import { S3ObjectStore } from '../../functions/platform/s3-object-store.ts';
import { DynamoDbSources } from '../../functions/sources/dynamodb-sources.ts';
import { syndicateEnv } from '../../functions/syndicate/env.ts';
import { rebuildFeeds } from '../../functions/syndicate/syndicate.ts';
import { progressBar } from './progress-bar.ts';
import { asJson, terminal, type Format, type Terminal } from './terminal.ts';

/** `herold feeds`: what readers subscribe to. */
export function feedsCommands(program: Command, io: Terminal = terminal): void {
  const command = program.command('feeds').description('the feeds that readers subscribe to');

  command
    .command('rebuild')
    .description('make all feeds and archive pages anew from the table; writes only those whose bytes differ')
    .option(...asJson)
    .action(async ({ json }: Format) => {
      const env = readEnv(syndicateEnv, process.env);
      const content = documentClient();
      const objects = new S3ObjectStore(s3Client(), env.FEED_BUCKET);
      const bar = progressBar();
      bar.start(feedDirectory.length);
      const written = await rebuildFeeds(
        {
          articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
          sources: new DynamoDbSources(content, env.CONTENT_TABLE),
          announcements: new DynamoDbAnnouncements(content, env.CONTENT_TABLE),
          objects,
          baseUrl: env.PORTAL_BASE_URL,
          hub: feeds.hub,
          log: createLog('feeds'),
        },
        () => bar.advance(),
      ).finally(() => bar.stop());
      const stored = (await objects.list('feeds/')).length;
      if (json === true) io.print(JSON.stringify({ feeds: { written: written.length, stored } }));
      else io.print(`${written.length} of ${stored} objects differed and were written.`);
    });
}

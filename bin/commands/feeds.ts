import type { Command } from 'commander';
import { feeds } from '../../config/feeds.ts';
import { DynamoDbAnnouncements } from '../../functions/announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { feedDirectory } from '../../functions/articles/feed-directory.ts';
import { documentClient, s3Client } from '../../functions/platform/aws-clients.ts';
import { readEnv } from '../../functions/platform/env.ts';
import { createLog } from '../../functions/platform/log.ts';
import { S3ObjectStore } from '../../functions/platform/s3-object-store.ts';
import { DynamoDbSources } from '../../functions/sources/dynamodb-sources.ts';
import { syndicateEnv } from '../../functions/syndicate/env.ts';
import { rebuildFeeds } from '../../functions/syndicate/syndicate.ts';
import { terminal, type Terminal } from './terminal.ts';

/** `herold feeds`: what readers subscribe to. */
export function feedsCommands(program: Command, io: Terminal = terminal): void {
  const command = program.command('feeds').description('the feeds that readers subscribe to');

  command
    .command('rebuild')
    .description('make all feeds and archive pages anew from the table; writes only those whose bytes differ')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const env = readEnv(syndicateEnv, process.env);
      const content = documentClient();
      const objects = new S3ObjectStore(s3Client(), env.FEED_BUCKET);
      let done = 0;
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
        (slug) => {
          done += 1;
          if (json === undefined) io.print(`${done} of ${feedDirectory.length}: ${slug}`);
        },
      );
      const stored = (await objects.list('feeds/')).length;
      if (json === true) io.print(JSON.stringify({ feeds: { written: written.length, stored } }));
      else io.print(`${written.length} of ${stored} objects differed and were written.`);
    });
}

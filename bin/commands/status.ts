import type { Command } from 'commander';
import { healthEnv } from '../../functions/clock/health.env.ts';
import { healthAt, healthLists, type Health } from '../../functions/clock/health.ts';
import { DynamoDbAnnouncements } from '../../functions/announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { SesMailer } from '../../functions/mail/ses-mailer.ts';
import { documentClient, sesClient } from '../../functions/platform/aws-clients.ts';
import { readEnv } from '../../functions/platform/env.ts';
import { s3Client } from '../../functions/platform/s3-client.ts';
import { S3ObjectStore } from '../../functions/platform/s3-object-store.ts';
import { systemClock } from '../../functions/platform/time.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { DynamoDbSources } from '../../functions/sources/dynamodb-sources.ts';
import { asJson, terminal, type Format, type Terminal } from './terminal.ts';

/** What an operator does about each of them: the headings of `docs/operations.md`. */
const words: Record<(typeof healthLists)[number], [label: string, runbook: string]> = {
  pollsOverdue: ['Sources that are not polled', 'sources-are-not-polled'],
  sourcesFailing: ['Sources that fail for a day', 'a-source-fails'],
  sourcesSilent: ['Sources without anything new for long', 'a-source-is-silent'],
  publicationsOverdue: ['Articles that should be public', 'articles-are-not-published'],
  feedsBehind: ['Feeds without the newest article', 'feeds-are-behind'],
  runsNotStarted: ['Digests that were due and have not begun', 'a-run-has-not-started'],
  runsNotFinished: ['Runs beyond their deadline', 'a-run-has-not-finished'],
  runsPaused: ['Runs that wait for someone', 'a-run-is-paused'],
  certificatesOff: ['Runs that do not add up', 'a-certificate-does-not-add-up'],
};

/** `herold status`: is it well, on one screen. Fails (exit code 1) when it is not. */
export function statusCommand(program: Command, io: Terminal = terminal): void {
  program
    .command('status')
    .description('is it well? what is late? exits with 1 if anything is')
    .option(...asJson)
    .action(async ({ json }: Format) => {
      const health = await readHealth(io);
      const well = healthLists.every((list) => health[list].length === 0);
      io.print(json === true ? JSON.stringify({ well, ...health }) : screen(well, health));
      if (!well) process.exitCode = 1;
    });
}

async function readHealth(io: Terminal): Promise<Health> {
  const { METRIC_NAMESPACE: _, ...contract } = healthEnv;
  const env = readEnv(contract, process.env);
  const rows = documentClient();
  return healthAt(
    {
      sources: new DynamoDbSources(rows, env.CONTENT_TABLE),
      articles: new DynamoDbArticles(rows, env.CONTENT_TABLE),
      announcements: new DynamoDbAnnouncements(rows, env.CONTENT_TABLE),
      runs: new DynamoDbRuns(rows, { content: env.CONTENT_TABLE, dispatch: env.DISPATCH_TABLE }, systemClock),
      feeds: new S3ObjectStore(s3Client(), env.FEED_BUCKET),
      mailer: new SesMailer(sesClient(), env.BULK_CONFIGURATION_SET),
    },
    io.clock.now(),
  );
}

function screen(well: boolean, health: Health): string {
  const lines = [
    well ? 'All is well.' : 'Something is wrong.',
    `Editorial freeze: ${health.frozen ? 'yes' : 'no'}. Quota used in 24 hours: ${health.quotaUsedPercent} %.`,
  ];
  for (const list of healthLists) {
    const [label, runbook] = words[list];
    const found = health[list];
    lines.push(
      found.length === 0
        ? `  ok    ${label}: none`
        : `  LATE  ${label}: ${found.join(', ')} → docs/operations.md#${runbook}`,
    );
  }
  return lines.join('\n');
}

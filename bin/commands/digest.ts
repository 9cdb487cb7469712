import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { SesMailer } from '../../functions/mail/ses-mailer.ts';
import { deliverEnv } from '../../functions/notify/env.ts';
import { previewDigest, type DigestPreview } from '../../functions/notify/preview.ts';
import { documentClient, secretsManagerClient, sesClient } from '../../functions/platform/aws-clients.ts';
import { readEnv } from '../../functions/platform/env.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { SecretsManagerKeyring } from '../../functions/subscribers/secrets-manager-keyring.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import { cadences, type Cadence } from '../../functions/subscribers/subscriber.ts';
import { asJson, terminal, type Format, type Terminal } from './terminal.ts';

/** `herold digest`: what a digest would be, before it is one. */
export function digestCommands(program: Command, io: Terminal = terminal): void {
  program
    .command('digest')
    .description('look at the next digest')
    .command('preview')
    .description('audience, time, cost and the mail itself, if the run started now; sends nothing')
    .addOption(new Option('--cadence <cadence>', 'whose digest').choices(cadences).makeOptionMandatory())
    .option('--to <address>', 'the mail of this subscriber, instead of the one that most would get')
    .option('--html <file>', 'also write the mail as HTML into this file')
    .option(...asJson)
    .action(async ({ cadence, to, html, json }: PreviewOptions) => {
      const preview = await read(io, cadence, to);
      io.print(json === true ? JSON.stringify(preview) : linesOf(preview).join('\n'));
      if (html !== undefined && preview.edition !== undefined) await writeFile(html, preview.edition.html);
    });
}

interface PreviewOptions extends Format {
  cadence: Cadence;
  to?: string;
  html?: string;
}

async function read(io: Terminal, cadence: Cadence, to: string | undefined): Promise<DigestPreview> {
  const env = readEnv(deliverEnv, process.env);
  const client = documentClient();
  const keyring = new SecretsManagerKeyring(secretsManagerClient(), env.KEYRING_SECRET, io.clock);
  return previewDigest(
    {
      runs: new DynamoDbRuns(client, { dispatch: env.DISPATCH_TABLE, content: env.CONTENT_TABLE }, io.clock),
      articles: new DynamoDbArticles(client, env.CONTENT_TABLE),
      subscribers: new DynamoDbSubscriberStore(client, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
      mailer: new SesMailer(sesClient(), env.BULK_CONFIGURATION_SET),
      isAllowed: env.RECIPIENT_ALLOW_LIST,
      sender: { address: env.SENDER_ADDRESS, baseUrl: env.PORTAL_BASE_URL },
      shardCount: env.SHARD_COUNT,
    },
    cadence,
    io.clock.now(),
    to === undefined ? undefined : sidOf(to, (await keyring.load()).pepper),
  );
}

function linesOf(preview: DigestPreview): string[] {
  const { edition, noEdition } = preview;
  return [
    `window      (${preview.fromNumber}, ${preview.toNumber}]`,
    `candidates  ${preview.candidates}`,
    ...Object.entries(preview.excluded).map(([why, count]) => `excluded    ${count} (${why})`),
    `mails       ${preview.mails} of ${preview.editions} editions`,
    `time        ${preview.seconds} s at the present rate; ${preview.quotaLeft} mails left of the daily quota`,
    `cost        ${preview.usDollars.toFixed(2)} US dollars`,
    '',
    ...(edition === undefined
      ? [
          noEdition === 'left'
            ? 'There is no mail: not subscribed to this digest.'
            : `There is no mail: ${noEdition ?? 'nothing-new'}.`,
        ]
      : [`Subject: ${edition.subject}`, '', edition.text]),
  ];
}

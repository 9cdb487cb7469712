import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { SesMailer } from '../../functions/mail/ses-mailer.ts';
import { deliverEnv } from '../../functions/notify/env.ts';
import { previewDigest, type DigestPreview } from '../../functions/notify/preview.ts';
import { documentClient, secretsManagerClient, sesClient } from '../../functions/platform/aws-clients.ts';
import { readEnv, text } from '../../functions/platform/env.ts';
import { isoMillis, type Temporal } from '../../functions/platform/time.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import type { RunStore } from '../../functions/runs/run-store.ts';
import { newestSlot } from '../../functions/runs/slots.ts';
import { SecretsManagerKeyring } from '../../functions/subscribers/secrets-manager-keyring.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import { cadences, type Cadence } from '../../functions/subscribers/subscriber.ts';
import {
  asJson,
  confirm,
  Refused,
  terminal,
  withoutAsking,
  type Format,
  type Sure,
  type Terminal,
} from './terminal.ts';

/** `herold digest`: what a digest would be, before it is one. */
export function digestCommands(program: Command, io: Terminal = terminal): void {
  const digest = program.command('digest').description('look at the next digest, or let it begin anew');
  digest
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
  digest
    .command('skip')
    .description(
      'let the digests of all cadences begin after what is published now; none of it is mailed any more',
    )
    .option(...withoutAsking)
    .option(...asJson)
    .action(async ({ json, yes }: Format & Sure) => {
      const env = readEnv({ CONTENT_TABLE: text, DISPATCH_TABLE: text }, process.env);
      const client = documentClient();
      const toNumber = await new DynamoDbArticles(client, env.CONTENT_TABLE).lastNumber();
      await confirm(io, `Mail nothing that is published up to now (number ${toNumber})?`, { yes });
      const runs = new DynamoDbRuns(
        client,
        { dispatch: env.DISPATCH_TABLE, content: env.CONTENT_TABLE },
        io.clock,
      );
      const moved = await skipDigests(runs, toNumber, io.clock.now());
      io.print(
        json === true
          ? JSON.stringify({ toNumber, moved })
          : moved
              .map(({ cadence, from }) => `${cadence.padEnd(8)} ${from ?? 'none'} → ${toNumber}`)
              .join('\n'),
      );
    });
}

/** Moves each cadence's pointer past `toNumber`, and past the slots that have come; a run that is open goes on. */
async function skipDigests(
  runs: Pick<RunStore, 'pointers' | 'movePointer'>,
  toNumber: number,
  now: Temporal.Instant,
): Promise<{ cadence: Cadence; from: number | undefined }[]> {
  const moved: { cadence: Cadence; from: number | undefined }[] = [];
  const pointers = await runs.pointers();
  for (const cadence of cadences) {
    const pointer = pointers[cadence];
    const slot = isoMillis(cadence === 'instant' ? now : newestSlot(cadence, now));
    if ((await runs.movePointer(cadence, pointer, { ...pointer, toNumber, slot })) === 'taken') {
      throw new Refused(`A run of ${cadence} began just now; try again`, []);
    }
    moved.push({ cadence, from: pointer?.toNumber });
  }
  return moved;
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

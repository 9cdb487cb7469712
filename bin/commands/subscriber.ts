import type { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { documentClient, secretsManagerClient } from '../../functions/platform/aws-clients.ts';
import { positiveInt, readEnv, text } from '../../functions/platform/env.ts';
import { epochSeconds, type Clock } from '../../functions/platform/time.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import type { ConsentEntry } from '../../functions/subscribers/consent.ts';
import { copyData } from '../../functions/subscribers/data-copy.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { displayAddress, readAddress } from '../../functions/subscribers/email-address.ts';
import { erase, reapplyErasures } from '../../functions/subscribers/erase.ts';
import {
  importColumns,
  importSubscriber,
  readImportLine,
  type ImportLine,
  type ImportOutcome,
} from '../../functions/subscribers/import.ts';
import { erasureListIn } from '../../functions/subscribers/s3-erasure-list.ts';
import { SecretsManagerKeyring } from '../../functions/subscribers/secrets-manager-keyring.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { choiceLines } from '../../functions/subscribers/wording-of-choices.ts';
import { progressBar } from './progress-bar.ts';
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

const subscriberEnv = {
  CONTENT_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  DISPATCH_TABLE: text,
  ARCHIVE_BUCKET: text,
  KEYRING_SECRET: text,
  SHARD_COUNT: positiveInt,
};

/** Lines that are taken in at the same time. */
const importsAtOnce = 16;

/** `herold subscriber` for one person, `herold subscribers` for all of them. */
export function subscriberCommands(program: Command, io: Terminal = terminal): void {
  const one = program.command('subscriber').description('what is on record of one person, and its erasure');
  one
    .command('show <address>')
    .description('print the proof of consent')
    .option(...asJson)
    .action(async (address: string, { json }: Format) => {
      const { store, clock, sid } = await person(address, io.clock);
      const now = epochSeconds(clock.now());
      const [row, history] = await Promise.all([store.get(sid, now), store.history(sid, now)]);
      if (row === undefined && history.length === 0) throw new Refused('Nothing is on record of them.', []);
      io.print(
        json === true
          ? JSON.stringify({ sid, subscriber: row ?? null, consentLedger: history })
          : [...describeRow(sid, row), '', ...history.map(describeEntry)].join('\n'),
      );
    });
  one
    .command('export <address>')
    .description('print all that is on record as JSON (Art. 15 and 20 DSGVO)')
    .option('--json', 'as it does anyway')
    .action(async (address: string) => {
      const { store, clock, sid } = await person(address, io.clock);
      const copy = await copyData(store, sid, clock.now());
      const consentLedger = await store.history(sid, epochSeconds(clock.now()));
      if (copy === undefined && consentLedger.length === 0) {
        throw new Refused('Nothing is on record of them.', []);
      }
      io.print(JSON.stringify(copy ?? { consentLedger }, undefined, 2));
    });
  one
    .command('erase <address>')
    .description('erase a person, but for the keyed hash and the least of the proof (Art. 17 DSGVO)')
    .option(...withoutAsking)
    .option(...asJson)
    .action(async (address: string, { yes, json }: Sure & Format) => {
      const { sid, ...parts } = await person(address, io.clock);
      await confirm(io, 'This can not be undone. Erase?', { yes });
      const outcome = await erase(parts, sid, 'operator', parts.clock.now());
      if (outcome === 'unknown') throw new Refused('Nothing is on record of them.', []);
      io.print(json === true ? JSON.stringify({ sid, outcome }) : `${sid} is erased.`);
    });

  const all = program.command('subscribers').description('import, export, and erasures after a restore');
  all
    .command('import <csv>')
    .description(`take in people with proof of their consent; columns ${importColumns.join(', ')}`)
    .option('--apply', 'write; without it, only say what would be done')
    .option(...asJson)
    .action(async (file: string, { apply = false, json }: { apply?: boolean } & Format) => {
      const lines = readLines(await io.read(file));
      const parts = makeParts(io.clock);
      const counts: Partial<Record<ImportOutcome, number>> = {};
      const bar = progressBar();
      bar.start(lines.length);
      const queue = lines.values();
      const work = async (): Promise<void> => {
        for (const line of queue) {
          const outcome = await importSubscriber(parts, line, io.clock.now(), apply);
          counts[outcome] = (counts[outcome] ?? 0) + 1;
          bar.advance();
        }
      };
      await Promise.all(Array.from({ length: importsAtOnce }, work)).finally(() => bar.stop());
      if (json === true) {
        io.print(JSON.stringify({ applied: apply, outcomes: counts }));
        return;
      }
      const told = Object.entries(counts).map(([outcome, count]) => `${outcome} ${count}`);
      io.print(`${apply ? 'Done' : 'Would be done'}: ${told.join(', ')}.`);
      io.print(apply ? 'Running it again changes nothing.' : 'Nothing is written yet: add --apply.');
    });
  all
    .command('export')
    .description('print all confirmed subscribers as CSV, in the columns of an import')
    .option('--json', 'one JSON object a line instead')
    .action(async ({ json }: Format) => {
      const { store, clock, shardCount } = makeParts(io.clock);
      const print = (records: string[][]): void => {
        if (json !== true) io.print(stringify(records).trimEnd());
        else for (const record of records) io.print(JSON.stringify(namedByColumn(record)));
      };
      if (json !== true) io.print(importColumns.join(','));
      for (let shard = 0; shard < shardCount; shard++) {
        for await (const page of store.listShard(shard, epochSeconds(clock.now()))) {
          const records = page.filter(({ state }) => state === 'confirmed').map(recordOf);
          if (records.length > 0) print(records);
        }
      }
    });
  all
    .command('reapply-erasures')
    .description('erase again whoever a restored backup has brought back')
    .option(...asJson)
    .action(async ({ json }: Format) => {
      const erasedAgain = await reapplyErasures(makeParts(io.clock), io.clock.now());
      io.print(json === true ? JSON.stringify({ erasedAgain }) : `${erasedAgain} erased again.`);
    });
}

function makeParts(clock: Clock) {
  const env = readEnv(subscriberEnv, process.env);
  const dynamo = documentClient();
  return {
    clock,
    shardCount: env.SHARD_COUNT,
    store: new DynamoDbSubscriberStore(dynamo, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
    keyring: new SecretsManagerKeyring(secretsManagerClient(), env.KEYRING_SECRET, clock),
    publications: new DynamoDbArticles(dynamo, env.CONTENT_TABLE),
    runs: new DynamoDbRuns(dynamo, { content: env.CONTENT_TABLE, dispatch: env.DISPATCH_TABLE }, clock),
    erasures: erasureListIn(env.ARCHIVE_BUCKET),
  };
}

async function person(address: string, clock: Clock) {
  const reading = readAddress(address);
  if (reading.outcome !== 'valid') throw new Refused(`That is no address: ${reading.outcome}`, []);
  const parts = makeParts(clock);
  return { ...parts, sid: sidOf(reading.address, (await parts.keyring.load()).pepper) };
}

/** @throws Refused with every line that does not fit, by its number in the file */
function readLines(csv: string): ImportLine[] {
  let rows: { record: unknown; info: { lines: number } }[];
  try {
    rows = parse(csv, { columns: true, bom: true, info: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new Refused(`The file is no CSV: ${(error as Error).message}`, []);
  }
  const lines: ImportLine[] = [];
  const problems: string[] = [];
  for (const { record, info } of rows) {
    const reading = readImportLine(record);
    if (reading.outcome === 'valid') lines.push(reading.line);
    else problems.push(`line ${info.lines}: ${reading.problems.join('; ')}`);
  }
  if (problems.length > 0) {
    throw new Refused(
      `${problems.length} of ${rows.length} lines do not fit; nothing was written:`,
      problems,
    );
  }
  return lines;
}

const describeRow = (sid: string, row: Subscriber | undefined): string[] => [
  `sid          ${sid}`,
  ...(row === undefined
    ? ['state        gone']
    : [
        `state        ${row.state}${row.suppressed === undefined ? '' : `, suppressed by a ${row.suppressed}`}`,
        ...(row.address === '' ? [] : [`address      ${displayAddress(row.address)}`]),
        ...choiceLines(row).map((line) => `subscribed   ${line}`),
        ...(row.pausedUntil === undefined ? [] : [`paused until ${row.pausedUntil}`]),
      ]),
];

function describeEntry(entry: ConsentEntry): string {
  const { at, event, reason, version, after, wording, ...rest } = entry;
  const details = [
    ...(after === undefined ? [] : choiceLines(after)),
    ...(wording === undefined
      ? []
      : [`wording ${wording.version}${wording.text === undefined ? '' : `: ${wording.text}`}`]),
    ...Object.entries(rest)
      .filter(([name]) => name !== 'expiresAt')
      .map(([name, value]) => `${name} ${String(value)}`),
  ];
  return [`${at}  ${version}  ${event} (${reason})`, ...details.map((detail) => `    ${detail}`)].join('\n');
}

const namedByColumn = (record: string[]): Record<string, string> =>
  Object.fromEntries(importColumns.map((column, index) => [column, record[index] ?? '']));

/** One line of an export; its proof points to our own ledger. */
function recordOf(row: Subscriber): string[] {
  const topicsOf = (cadence: (typeof row.subscriptions)[number]['cadence']): string => {
    const topics = row.subscriptions.find((subscription) => subscription.cadence === cadence)?.topics ?? [];
    return topics === 'alle' ? topics : topics.join(' ');
  };
  return [
    row.address,
    topicsOf('instant'),
    topicsOf('daily'),
    topicsOf('weekly'),
    row.announcements ? 'yes' : 'no',
    row.confirmedAt ?? row.requestedAt,
    `confirmed by mail, ledger of ${row.sid}`,
  ];
}

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { sourceSchema } from '../../config/sources.schema.ts';
import { sources } from '../../config/sources.ts';
import { fetchFeed } from '../../functions/ingest/fetch-feed.ts';
import type { Finding } from '../../functions/ingest/feed-errors.ts';
import { splitCredit } from '../../functions/ingest/image-credit.ts';
import { MemoryHostPace } from '../../functions/ingest/memory-host-pace.ts';
import { parseSourceFeed } from '../../functions/ingest/parse-source-feed.ts';
import { pressReleasesOf } from '../../functions/ingest/press-releases.ts';
import { documentClient, sqsClient } from '../../functions/platform/aws-clients.ts';
import { readEnv, text } from '../../functions/platform/env.ts';
import { SqsQueue } from '../../functions/platform/sqs-queue.ts';
import type { Clock } from '../../functions/platform/time.ts';
import { DynamoDbSources } from '../../functions/sources/dynamodb-sources.ts';
import { healthOf } from '../../functions/sources/health.ts';
import type { PollMessage, RegisteredSource } from '../../functions/sources/source-store.ts';
import type { PressRelease } from '../../functions/articles/article.ts';
import { asJson, Refused, terminal, type Format, type Terminal } from './terminal.ts';

/** What a feed would give. */
interface Checked {
  title: string | undefined;
  items: number;
  releases: { release: PressRelease; linkIdentifies: boolean }[];
  unknownTopics: readonly string[];
  findings: Finding[];
  faults: { guid: string; message: string }[];
}

/** `herold source`: tells what a feed would give, and how the sources are. */
export function sourceCommands(program: Command, io: Terminal = terminal): void {
  const command = program.command('source').description('check a feed, poll sources, list how they are');

  command
    .command('check <url-or-file>')
    .description('print what would be stored, and all that was repaired, guessed or rejected')
    .option('--source <id>', 'with the policies of this source of config/sources.ts')
    .option(...asJson)
    .action(async (address: string, { source, json }: { source?: string } & Format) => {
      const checked = await checkSource(address, source, io.clock);
      io.print(json === true ? JSON.stringify(checked) : checkedLines(checked));
    });
  command
    .command('poll [id]')
    .description('poll one source now, due or not; all that are active, with --all')
    .option('--all', 'all that are active')
    .option(...asJson)
    .action(async (id: string | undefined, { all, json }: { all?: true } & Format) => {
      if ((id === undefined) === (all === undefined))
        throw new Refused('Name one source, or --all', ['herold source list shows those there are']);
      const env = readEnv({ CONTENT_TABLE: text, INGEST_QUEUE_URL: text }, process.env);
      const registered = await new DynamoDbSources(documentClient(), env.CONTENT_TABLE).list();
      const polled = registered
        .map(({ source }) => source)
        .filter((one) => (all ? one.active : one.id === id));
      if (polled.length === 0) throw new Refused(`There is no source ${id ?? 'that is active'}`, []);
      await new SqsQueue<PollMessage>(sqsClient(), env.INGEST_QUEUE_URL).send(
        polled.map((one) => ({ sourceId: one.id })),
      );
      const ids = polled.map((one) => one.id);
      io.print(json === true ? JSON.stringify({ polled: ids }) : `Polled within seconds: ${ids.join(', ')}`);
    });
  command
    .command('list')
    .description('last success, last new item, failures and next poll of each source')
    .option(...asJson)
    .action(async ({ json }: Format) => {
      const { CONTENT_TABLE: table } = readEnv({ CONTENT_TABLE: text }, process.env);
      const now = io.clock.now();
      const all = (await new DynamoDbSources(documentClient(), table).list()).map((registered) => ({
        ...registered,
        health: healthOf(registered, now),
      }));
      if (json === true) io.print(JSON.stringify({ sources: all }));
      else io.print(all.length === 0 ? 'There is no source yet.' : all.map(healthLines).join('\n\n'));
    });
  command
    .command('show <id>')
    .description('the health of one source, with its last error')
    .option(...asJson)
    .action(async (id: string, { json }: Format) => {
      const { CONTENT_TABLE: table } = readEnv({ CONTENT_TABLE: text }, process.env);
      const registered = await new DynamoDbSources(documentClient(), table).get(id);
      if (registered === undefined) throw new Refused(`There is no source ${id}`, []);
      const told = { ...registered, health: healthOf(registered, io.clock.now()) };
      io.print(json === true ? JSON.stringify(told) : healthLines(told));
    });
}

async function checkSource(address: string, id: string | undefined, clock: Clock): Promise<Checked> {
  const isWeb = /^https?:\/\//.test(address);
  const url = isWeb ? address : `https://feed.example/${encodeURIComponent(address)}`;
  const definition =
    id === undefined
      ? sourceSchema.parse({ id: 'check', issuer: '(issuer of the source)', url })
      : sources.find((source) => source.id === id);
  if (definition === undefined) throw new Refused(`config/sources.ts has no source ${id ?? ''}`, []);
  const body = isWeb
    ? await fetched(address, clock)
    : { bytes: await readFile(address), url, contentType: undefined };
  const feed = await parseSourceFeed(body.bytes, body).catch((error: unknown) => {
    throw new Refused((error as Error).message, []);
  });
  const { releases, findings, unknownTopics, faults } = pressReleasesOf(feed, definition, clock.now());
  return {
    title: feed.title,
    items: feed.items.length,
    // As the feed has them, newest first.
    releases: releases.toReversed(),
    unknownTopics,
    findings: [...feed.findings, ...findings],
    faults: faults.map(({ guid, error }) => ({ guid, message: (error as Error).message })),
  };
}

const checkedLines = ({ title, items, releases, unknownTopics, findings, faults }: Checked): string =>
  [
    `${title ?? '(no title)'}: ${items} items, ${releases.length} would be filed`,
    '',
    ...releases.map(({ release, linkIdentifies }) => releaseLines(release, linkIdentifies)),
    ...(unknownTopics.length > 0 ? [`Categories without a topic: ${unknownTopics.join(', ')}`, ''] : []),
    ...findings.map(findingLine),
    ...faults.map(({ guid, message }) => `FAULT     ${guid}: ${message}`),
  ].join('\n');

async function fetched(address: string, clock: Clock) {
  // An operator at a terminal names the host, so a port of this machine is no trap.
  const { hostname, port, protocol } = new URL(address);
  const allowed = `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
  const result = await fetchFeed(
    { clock, pace: new MemoryHostPace(), allowedHosts: new Set([allowed]) },
    address,
  );
  if (result.outcome === 'body') return result;
  const reason = 'reason' in result ? result.reason : result.outcome;
  throw new Refused(`${address} gave no feed: ${reason}`, []);
}

function releaseLines(release: PressRelease, linkIdentifies: boolean): string {
  const { image } = release;
  const credit = image?.credit === undefined ? undefined : splitCredit(image.credit);
  const rows: [string, string | undefined][] = [
    ['headline', release.headline],
    ['kicker', release.kicker],
    ['lead', release.lead],
    ['body', release.body === undefined ? undefined : `${release.body.text.length} characters`],
    ['contact', release.contact?.replaceAll('\n', ' / ')],
    ['source', `${release.issuer}, ${release.sourceDate}`],
    ['event', release.eventDate],
    ['topics', release.topics.join(', ')],
    ['image', image?.url],
    ['credit', credit && [credit.holder, credit.agency].filter((part) => part !== undefined).join(' / ')],
    ['embargo', release.embargoUntil],
    ['invitation', release.invitation ? 'yes, kept out of digests' : undefined],
    ['link', `${release.link}${linkIdentifies ? '' : ' (identifies nothing)'}`],
    ['GUID', release.guid],
  ];
  return rows
    .flatMap(([name, value]) => (value === undefined || value === '' ? [] : `  ${name.padEnd(10)} ${value}`))
    .concat('')
    .join('\n');
}

const findingLine = ({ kind, where, what }: Finding): string => `${kind.padEnd(9)} ${where}: ${what}`;

function healthLines({
  source,
  state,
  health,
}: RegisteredSource & { health: ReturnType<typeof healthOf> }): string {
  return [
    `${source.id}  ${health}`,
    `  address       ${state.url}`,
    `  last success  ${state.lastSuccessAt ?? 'never'}`,
    `  last new item ${state.lastNewItemAt ?? 'never'}`,
    `  failures      ${state.failures}${state.lastError === undefined ? '' : ` (${state.lastError})`}`,
    `  next poll     ${source.active && state.gone !== true ? state.nextPollAt : 'none'}`,
  ].join('\n');
}

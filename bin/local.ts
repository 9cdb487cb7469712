import { Command, InvalidArgumentError } from 'commander';
import { checkConfig } from '../config/check-config.ts';
import { takeDataFolder, takeMemoryFolder, type DataFolder } from '../local/data-folder.ts';
import { startHost, usualPort, type Host } from '../local/host.ts';
import { openStores, runCycle, runOnce, type Cycle } from '../local/once.ts';
import { captureOutput } from '../local/output.ts';
import { stopWhenAsked } from '../local/stop.ts';

interface Options {
  fresh?: true;
  memory?: true;
  once?: true;
  json?: true;
  source?: URL;
  port?: number;
  data: string;
}

const options = new Command('npm start --')
  .description('Runs all of Herold on this machine.')
  .option('--fresh', 'begin with empty stores')
  .option('--memory', 'keep nothing')
  .option('--once', 'run one cycle (every source, publication, feeds, digests), then stop')
  .option('--json', 'with --once: print one JSON object and nothing else')
  .option('--source <url>', 'poll this feed beside the demo’s', urlOf)
  .option('--port <number>', `port of the portal; the next free one when it is taken (${usualPort})`, portOf)
  .option('--data <folder>', 'where data is kept between runs', '.herold')
  .parse()
  .opts<Options>();

checkConfig();
const folder = options.memory === true ? takeMemoryFolder() : await takeFolder(options.data);
const terminal = captureOutput(folder.path('log'));
const say = (line: string): void => {
  if (options.json !== true) terminal.say(line);
};

let host: Host | undefined;
const stop = async (exitCode: number): Promise<never> => {
  await host?.stop();
  await terminal.restore();
  folder.release();
  process.exit(exitCode);
};
stopWhenAsked(async () => {
  if (options.once !== true) say('\nStopping.');
  await stop(options.once === true ? 130 : 0);
});

try {
  host = await startHost({
    folder,
    port: options.port,
    sourceUrl: options.source,
    newReleases: options.once !== true,
    emptyTables: options.fresh === true || options.memory === true,
  });
  if (options.once === true) {
    const cycle = await runOnce(host);
    terminal.say(options.json === true ? JSON.stringify(cycle.figures) : summaryOf(cycle));
    for (const disagreement of cycle.disagreements) terminal.complain(disagreement);
    await stop(cycle.disagreements.length === 0 ? 0 : 1);
  } else {
    await keepRunning(host);
  }
} catch (error) {
  terminal.complain((error as Error).message);
  await stop(1);
}

async function takeFolder(where: string): Promise<DataFolder> {
  try {
    return await takeDataFolder(where, options.fresh === true);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function keepRunning(running: Host): Promise<void> {
  if (running.takenPort !== undefined) {
    say(`Port ${running.takenPort} is taken, so it is ${new URL(running.url).port} this time.`);
  }
  const { consoleOf } = await import('../local/console/console.tsx');
  running.serveConsole(consoleOf(running));
  say(`
  Herold runs on this machine.

  The portal     ${running.url}/
  Feeds          ${running.url}/feeds/
  Console        ${running.url}/_local/
  The ministries ${running.ministries.origin}/

  ${options.memory === true ? 'Nothing of it is kept.' : `Data is in ${options.data}.`} Ctrl-C stops it.
`);
  await runCycle(running, openStores()).catch((error: unknown) => {
    // What is still at work goes on; a source that does not answer must not keep the rest from running.
    console.error(error);
  });
  await running.lookAtHealth().catch((error: unknown) => console.error(error));
  running.startTicking();
  say(
    `  ${running.outbox.list().length} mails are in the outbox, ${running.feeds.keys('feeds/').length} feed files are written.`,
  );
}

function summaryOf({ figures: { sources, articles, feeds, mails, ms }, disagreements }: Cycle): string {
  const rows = [
    ['Sources', `${sources.polled} polled, ${sources.failed} failed`],
    ['Articles', `${articles.stored} stored, ${articles.published} published, ${articles.held} held`],
    ['Feeds', `${feeds.written} files written`],
    ['Mails', `${mails.accepted} accepted, ${mails.failed} failed`],
    ['Time', `${(ms / 1000).toFixed(1)} s`],
  ] as const;
  const verdict =
    disagreements.length === 0 ? 'Read back from the stores; all of it agrees.' : 'The stores disagree:';
  return `${rows.map(([name, text]) => `  ${name.padEnd(10)}${text}`).join('\n')}\n\n  ${verdict}`;
}

function urlOf(text: string): URL {
  if (!URL.canParse(text))
    throw new InvalidArgumentError('It must be an address such as https://ministry.example/feed.');
  return new URL(text);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 65535.');
  }
  return port;
}

import type { Command } from 'commander';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { readEnv, text } from '../../functions/platform/env.ts';
import { cancelRun, pauseRun, resumeRun } from '../../functions/runs/control.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import type { Certificate, Reported, Run, Totals } from '../../functions/runs/run.ts';
import { totalsOf } from '../../functions/runs/settle-runs.ts';
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

/** `herold run`: looks after digest runs and announcement runs. */
export function runCommands(program: Command, io: Terminal = terminal): void {
  const command = program.command('run').description('list, show, pause, resume or cancel runs');

  command
    .command('list')
    .description('open runs, and the latest closed ones')
    .option(...asJson)
    .action(async ({ json }: Format) => {
      const { runs } = connect(io);
      const all = [...(await runs.listOpen()), ...(await runs.listClosed(20))];
      if (json === true) io.print(JSON.stringify({ runs: all }));
      else io.print(all.length === 0 ? 'There has been no run yet.' : all.map(lineOf).join('\n'));
    });
  command
    .command('show <id>')
    .description('where a run stands')
    .option(...asJson)
    .action(async (id: string, { json }: Format) => {
      const stores = connect(io);
      const run = await theRun(stores.runs, id);
      const manifests = await stores.runs.listManifests(id);
      const shards = await Promise.all(
        manifests.map(async (manifest) => ({
          manifest,
          finished: await stores.runs.listFinished(id, manifest.shard),
        })),
      );
      const batches = manifests.reduce((sum, manifest) => sum + manifest.batches, 0);
      const finished = shards.reduce((sum, shard) => sum + shard.finished.size, 0);
      const totals = totalsOf(shards);
      const reported = await stores.deliveries.reported(id);
      const progress = { shardsPlanned: manifests.length, batches, batchesFinished: finished };
      if (json === true) {
        io.print(JSON.stringify({ run, ...progress, totals, reported }));
        return;
      }
      io.print(
        [
          lineOf(run),
          ...detailsOf(run),
          `planned    ${manifests.length} of ${run.shards} shards`,
          `finished   ${finished} of ${batches} batches`,
          ...totalLines(totals),
          reportedLine(reported),
        ].join('\n'),
      );
    });
  command
    .command('pause <id>')
    .description('send nothing more for now; what was sent stays sent')
    .option(...asJson)
    .action(async (id: string, { json }: Format) => {
      await theRun(connect(io).runs, id);
      const run = await pauseRun(connect(io).runs, id, 'operator', io.clock.now());
      if (run?.state !== 'paused')
        throw new Refused(`${id} is ${stateOf(run)}; there is nothing to pause`, []);
      io.print(
        json === true ? JSON.stringify({ run }) : `${lineOf(run)}\nGo on with: herold run resume ${id}`,
      );
    });
  command
    .command('resume <id>')
    .description('go on with a paused run within a minute')
    .option(...asJson)
    .action(async (id: string, { json }: Format) => {
      const before = await theRun(connect(io).runs, id);
      if (before.state !== 'paused') throw new Refused(`${id} is ${stateOf(before)}, not paused`, []);
      const run = await resumeRun(connect(io).runs, id);
      if (run === undefined) throw new Refused(`${id} is gone`, []);
      io.print(json === true ? JSON.stringify({ run }) : lineOf(run));
    });
  command
    .command('cancel <id>')
    .description('send nothing more of it; the next digest brings what was not sent')
    .option(...withoutAsking)
    .option(...asJson)
    .action(async (id: string, { json, yes }: Format & Sure) => {
      const before = await theRun(connect(io).runs, id);
      if (before.state === 'closed')
        throw new Refused(`${id} is closed; what was sent can't be taken back`, []);
      await confirm(io, `Cancel ${id} for good?`, { yes });
      const run = await cancelRun(connect(io).runs, id);
      if (run === undefined) throw new Refused(`${id} is gone`, []);
      io.print(
        json === true
          ? JSON.stringify({ run })
          : `${lineOf(run)}\nIt closes once all mails under way are accounted for.`,
      );
    });
  command
    .command('certificate <id>')
    .description('what became of every candidate of a closed run')
    .option(...asJson)
    .action(async (id: string, { json }: Format) => {
      const run = await theRun(connect(io).runs, id);
      if (run.certificate === undefined) {
        throw new Refused(`${id} is ${stateOf(run)}; it has no certificate before it is closed`, []);
      }
      io.print(
        json === true
          ? JSON.stringify({ runId: id, certificate: run.certificate })
          : [lineOf(run), ...certificateLines(run.certificate)].join('\n'),
      );
    });
}

function connect(io: Terminal): { runs: DynamoDbRuns; deliveries: DynamoDbDeliveries } {
  const env = readEnv({ CONTENT_TABLE: text, DISPATCH_TABLE: text }, process.env);
  const client = documentClient();
  return {
    runs: new DynamoDbRuns(client, { dispatch: env.DISPATCH_TABLE, content: env.CONTENT_TABLE }, io.clock),
    deliveries: new DynamoDbDeliveries(client, env.DISPATCH_TABLE, io.clock),
  };
}

async function theRun(runs: DynamoDbRuns, id: string): Promise<Run> {
  const run = await runs.get(id);
  if (run === undefined)
    throw new Refused(`There is no run ${id}`, ['herold run list shows those there are']);
  return run;
}

const stateOf = (run: Run | undefined): string => {
  if (run === undefined) return 'gone';
  return run.stopped === undefined ? run.state : `${run.state} (${run.stopped})`;
};

function lineOf(run: Run): string {
  const pausedBecause =
    run.paused === undefined ? '' : `, because of ${run.paused.because} since ${run.paused.at}`;
  const sent = run.certificate === undefined ? '' : `  ${run.certificate.accepted} accepted`;
  return `${run.id}  ${stateOf(run)}${pausedBecause}  created ${run.createdAt}${sent}`;
}

function detailsOf(run: Run): string[] {
  const { fromNumber, toNumber, preflight, deadline } = run;
  return [
    ...(fromNumber === undefined || toNumber === undefined
      ? []
      : [`window     (${fromNumber}, ${toNumber}]`]),
    `deadline   ${deadline}`,
    ...(preflight === undefined
      ? []
      : [
          `preflight  ${preflight.verdict}: ${preflight.mails} mails, ${preflight.perSecond.toFixed(1)} a second, ` +
            `${preflight.seconds} s, ${preflight.quotaLeft} left of the daily quota`,
        ]),
    ...(run.paused?.until === undefined ? [] : [`goes on    ${run.paused.until}`]),
  ];
}

function certificateLines(certificate: Certificate): string[] {
  return [
    ...totalLines(certificate),
    reportedLine(certificate.reported),
    `closed     ${certificate.closedAt}: candidates = accepted + failed + unknown + excluded`,
  ];
}

function totalLines(totals: Totals): string[] {
  const { candidates, accepted, failed, unknown, excluded, possibleDuplicates } = totals;
  return [
    `candidates ${candidates}`,
    `accepted   ${accepted}`,
    `failed     ${failed}`,
    `unknown    ${unknown}`,
    ...Object.entries(excluded).map(([why, count]) => `excluded   ${count} (${why})`),
    ...(possibleDuplicates === 0 ? [] : [`of these   ${possibleDuplicates} possible duplicates`]),
  ];
}

const reportedLine = ({ bounces, complaints, rejects }: Reported): string =>
  `reported   ${bounces} bounces, ${complaints} complaints, ${rejects} rejects`;

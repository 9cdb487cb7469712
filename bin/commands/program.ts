import { Command, Option } from 'commander';
import { stages } from '../../config/stages.ts';
import { announceCommands } from './announce.ts';
import { articleCommands } from './article.ts';
import { completionCommand } from './completion.ts';
import { digestCommands } from './digest.ts';
import { dlqCommands } from './dlq.ts';
import { feedsCommands } from './feeds.ts';
import { freezeCommands } from './freeze.ts';
import { runCommands } from './run.ts';
import { sourceCommands } from './source.ts';
import { statusCommand } from './status.ts';
import { subscriberCommands } from './subscriber.ts';
import { useLocalHost, useStage } from './target.ts';
import { terminal, type Terminal } from './terminal.ts';

/** Commands that need no Herold to work on. */
const offline = new Set(['source check', 'completion']);

/** All of `herold`. */
export function heroldProgram(io: Terminal = terminal): Command {
  const program = new Command('herold')
    .description('Operates Herold: on this machine, or on a deployed stage.')
    .addOption(new Option('--stage <name>', 'work on this deployed stage').choices(Object.keys(stages)))
    .option('--data <folder>', 'work on the local host with this data folder', '.herold')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, or well; 1 refused, failed, or not well; 2 the command line was wrong.',
    )
    .configureHelp({ showGlobalOptions: true })
    .hook('preAction', async (_program, command) => {
      if (offline.has(pathOf(command))) return;
      const { stage, data } = program.opts<{ stage?: string; data: string }>();
      if (stage === undefined) useLocalHost(data);
      else await useStage(stage);
    })
    // What each command inherits, so before there are any.
    .exitOverride((error) => {
      throw error;
    });
  statusCommand(program, io);
  announceCommands(program, io);
  freezeCommands(program, io);
  articleCommands(program, io);
  sourceCommands(program, io);
  feedsCommands(program, io);
  digestCommands(program, io);
  runCommands(program, io);
  subscriberCommands(program, io);
  dlqCommands(program, io);
  completionCommand(program, io);
  return program;
}

/** `run list` */
export function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at = command; at.parent !== null; at = at.parent) names.unshift(at.name());
  return names.join(' ');
}

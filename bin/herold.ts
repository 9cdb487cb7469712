import { Command } from 'commander';
import { announceCommands } from './commands/announce.ts';
import { articleCommands } from './commands/article.ts';
import { digestCommands } from './commands/digest.ts';
import { dlqCommands } from './commands/dlq.ts';
import { feedsCommands } from './commands/feeds.ts';
import { runCommands } from './commands/run.ts';
import { sourceCommands } from './commands/source.ts';
import { statusCommand } from './commands/status.ts';
import { subscriberCommands } from './commands/subscriber.ts';
import { useLocalHost, useStage } from './commands/target.ts';
import { Refused } from './commands/terminal.ts';

// Exit codes: 0 done, 1 refused or failed, 2 the command line itself was wrong.
const program = new Command('herold')
  .description('Operates Herold: on this machine, or on a deployed stage.')
  .option('--stage <name>', 'work on this deployed stage')
  .option('--data <folder>', 'work on the local host with this data folder', '.herold')
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  })
  .hook('preAction', async (_program, command) => {
    if (offline.has(commandPath(command))) return;
    const { stage, data } = program.opts<{ stage?: string; data: string }>();
    if (stage === undefined) useLocalHost(data);
    else await useStage(stage);
  });

/** Commands that need no Herold to work on. */
const offline = new Set(['source check']);

statusCommand(program);
announceCommands(program);
articleCommands(program);
sourceCommands(program);
feedsCommands(program);
digestCommands(program);
runCommands(program);
subscriberCommands(program);
dlqCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Refused ? error.message : error);
  process.exitCode = 1;
}

function commandPath(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null && at !== program; at = at.parent)
    names.unshift(at.name());
  return names.join(' ');
}

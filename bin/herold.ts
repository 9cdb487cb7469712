import { CommanderError } from 'commander';
import { heroldProgram } from './commands/program.ts';
import { Refused } from './commands/terminal.ts';

// Exit codes: 0 done or well, 1 refused, failed or not well, 2 the command line itself was wrong.
try {
  await heroldProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2; // commander has said what is wrong
  } else {
    console.error(error instanceof Refused ? error.message : error);
    process.exitCode = 1;
  }
}

import { CommanderError } from 'commander';
import { UnfitEnvironment } from '../functions/platform/env.ts';
import { heroldProgram } from './commands/program.ts';
import { Refused } from './commands/terminal.ts';

// Node 20 does for a command line, and the SDK's word on it would stand before each answer.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// Exit codes: 0 done or well, 1 refused, failed or not well, 2 the command line itself was wrong.
try {
  await heroldProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2; // commander has said what is wrong
  } else {
    console.error(reasonOf(error));
    process.exitCode = 1;
  }
}

/** Whoever reads it can mend all but a fault of ours, and only that has a stack to look at. */
function reasonOf(error: unknown): unknown {
  if (error instanceof Refused) return error.message;
  if (error instanceof UnfitEnvironment) {
    return `${error.message}\n  This Herold is of another version than this command; start it anew, or deploy it.`;
  }
  if (error instanceof Error && '$metadata' in error) return `AWS refused: ${error.name}: ${error.message}`;
  return error;
}

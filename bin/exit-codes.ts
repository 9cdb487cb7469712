import type { CommanderError } from 'commander';

/** Whoever calls a command wrongly is told so by commander, and gets 2 (docs/operations.md). */
export function exitAsDocumented(error: CommanderError): never {
  process.exit(error.exitCode === 0 ? 0 : 2);
}

import { readFileSync } from 'node:fs';

const lookForNpmEveryMs = 250;

/**
 * Calls `stop` once: on Ctrl-C, when asked to end, and when npm, which started us, is gone. npm hands signals on, but
 * not the one that kills it. A second Ctrl-C ends the process at once; nothing that was taken is lost by that.
 */
export function stopWhenAsked(stop: () => Promise<unknown>): void {
  let asked = false;
  const ask = (): void => {
    if (asked) process.exit(130);
    asked = true;
    void stop();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  process.on('SIGHUP', ask);
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = pidOfNpm();
  const timer = setInterval(() => {
    if (pidOfNpm() === npm) return;
    clearInterval(timer);
    if (!asked) ask();
  }, lookForNpmEveryMs);
  timer.unref();
}

/** npm runs scripts in a shell. Some shells make way for the last command, so that npm is our parent; dash stays. */
function pidOfNpm(): number {
  const parent = process.ppid;
  try {
    const [shell = '', option] = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0');
    if (!shell.endsWith('sh') || option !== '-c') return parent;
    const [, grandparent] = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8')) ?? [];
    return Number(grandparent);
  } catch {
    return parent; // only Linux has /proc, and only there the shell stays
  }
}

const lookForParentEveryMs = 250;

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
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ask();
  }, lookForParentEveryMs);
  timer.unref();
}

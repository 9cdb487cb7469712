import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian puts it (`apt-get install chromium`). */
const executablePath = '/usr/bin/chromium';

/** Says so aloud where there is no Chromium, so that nobody takes skipped tests for passed ones. */
export const describeInChromium: jest.Describe = existsSync(executablePath)
  ? describe
  : (process.stderr.write(`Chromium is not at ${executablePath}: tests in a browser are skipped.\n`),
    describe.skip);

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

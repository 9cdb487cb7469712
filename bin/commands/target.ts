import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { MovedClock } from '../../local/moved-clock.ts';
import { stageNamed, stageParameter } from '../../config/stages.ts';
import { Refused } from './terminal.ts';

const hostFile = z.object({
  pid: z.int(),
  url: z.url(),
  environment: z.record(z.string(), z.string()),
});
const clockFile = z.object({ aheadMs: z.number() });

/**
 * Points this process at the Herold that runs on this machine: sets the environment that its functions have there
 * (tables, queues, buckets, endpoints) and its clock, so that commands use the same adapters as the functions.
 *
 * @param folder data folder of the local host
 * @throws Refused saying how to start one when none is running
 */
export function useLocalHost(folder: string): void {
  let host: z.infer<typeof hostFile>;
  try {
    host = hostFile.parse(readJson(join(folder, 'host.json')));
    process.kill(host.pid, 0);
  } catch {
    throw new Refused(`No Herold runs on the folder ${folder}.`, [
      'Start one with "npm start", or name a deployed stage with --stage.',
    ]);
  }
  Object.assign(process.env, host.environment);
  new MovedClock(clockFile.parse(readJson(join(folder, 'clock.json'))).aheadMs, () => undefined);
}

/**
 * Points this process at a deployed stage: its deployment leaves the environment of the functions in one parameter of
 * the Systems Manager. Credentials are those of the AWS command line, the region is the stage's.
 *
 * @throws Refused when the stage can't be reached, saying what to do
 */
export async function useStage(stage: string): Promise<void> {
  const { account, region } = stageNamed(stage);
  const name = stageParameter(stage);
  let value: string | undefined;
  try {
    const { Parameter: parameter } = await new SSMClient({ region }).send(
      new GetParameterCommand({ Name: name }),
    );
    value = parameter?.Value;
  } catch (error) {
    const { name: kind, message } = error as Error;
    if (kind === 'ParameterNotFound') {
      throw new Refused(`The stage ${stage} is not deployed in ${region} of this account.`, [
        `Its deployment leaves the parameter ${name}. Deploy it: npm run deploy -- --stage ${stage}`,
        `Or use credentials of the account ${account}, which config/stages.ts names (AWS_PROFILE).`,
      ]);
    }
    const needsLogin = /^(?:CredentialsProviderError|ExpiredToken|UnrecognizedClient)/.test(kind);
    throw new Refused(
      `The stage ${stage} can't be reached: ${message}`,
      needsLogin ? ['Name a profile of the AWS command line with AWS_PROFILE, or log in anew.'] : [],
    );
  }
  Object.assign(process.env, environmentIn(value, name));
}

function environmentIn(value: string | undefined, name: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(value ?? 'null'));
  } catch (error) {
    throw new Refused(`The parameter ${name} is not what a deployment leaves there.`, [
      (error as Error).message,
    ]);
  }
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { MovedClock } from '../../local/moved-clock.ts';
import { stageParameter } from '../../config/stages.ts';
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
 * the Systems Manager. Region and credentials are those of the AWS command line.
 *
 * @throws Refused when there is no such stage in the account and region
 */
export async function useStage(stage: string): Promise<void> {
  const name = stageParameter(stage);
  try {
    const { Parameter: parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name: name }));
    Object.assign(
      process.env,
      z.record(z.string(), z.string()).parse(JSON.parse(parameter?.Value ?? 'null')),
    );
  } catch (error) {
    throw new Refused(`The stage ${stage} can't be reached: ${(error as Error).message}`, [
      `It should have the parameter ${name}; check the account and region (AWS_PROFILE, AWS_REGION).`,
    ]);
  }
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

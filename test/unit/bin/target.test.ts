import { spawn } from 'node:child_process';
import type { Server } from 'node:http';
import { useStage } from '../../../bin/commands/target.ts';
import { serveAws, type AwsRequest, type AwsResponse } from '../../../local/aws/endpoint.ts';
import { close } from '../../../local/listen.ts';

let server: Server;
let answer: AwsResponse;
let asked: AwsRequest | undefined;
const before = process.env;

beforeEach(async () => {
  asked = undefined;
  const service = (request: AwsRequest): AwsResponse => {
    asked = request;
    // Only Systems Manager is asked by way of a stage; all others refuse.
    return request.headers['x-amz-target'] === 'AmazonSSM.GetParameter'
      ? answer
      : failure('AccessDeniedException', 'User: anna is not authorized to perform: dynamodb:Query');
  };
  const served = await serveAws({ aws: service });
  server = served.server;
  process.env = {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL: `${served.url}/aws`,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'a',
    AWS_MAX_ATTEMPTS: '1',
  };
});
afterEach(async () => {
  process.env = before;
  await close(server);
});

const json = (status: number, body: object): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});
const failure = (type: string, message: string): AwsResponse => json(400, { __type: type, message });
const parameter = (environment: object): AwsResponse =>
  json(200, { Parameter: { Value: JSON.stringify(environment) } });

test('a stage is looked for in its own region, whatever the shell’s is', async () => {
  process.env['AWS_REGION'] = 'us-east-1';
  answer = parameter({ CONTENT_TABLE: 'content-of-dev' });
  await useStage('dev');
  expect(asked?.headers['authorization']).toContain('/eu-central-1/ssm/');
  expect(process.env['CONTENT_TABLE']).toBe('content-of-dev');
});

test('a stage that is not there: how to deploy it, or which account it is in', async () => {
  answer = failure('ParameterNotFound', '');
  await expect(useStage('dev')).rejects.toThrow(
    /^The stage dev is not deployed in eu-central-1 of this account\.\n.*npm run deploy -- --stage dev\n.*111111111111.*AWS_PROFILE/,
  );
});

test('credentials that are missing or out of date: a word on how to get some', async () => {
  answer = failure('ExpiredTokenException', 'The security token included in the request is expired');
  await expect(useStage('dev')).rejects.toThrow(/is expired\n.*AWS_PROFILE/);
  delete process.env['AWS_ACCESS_KEY_ID'];
  Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' });
  await expect(useStage('dev')).rejects.toThrow(/Could not load credentials.*\n.*AWS_PROFILE/);
});

test('a parameter that no deployment has written', async () => {
  answer = json(200, { Parameter: { Value: 'hello' } });
  await expect(useStage('dev')).rejects.toThrow(
    '/herold/dev/environment is not what a deployment leaves there',
  );
});

test('what AWS refuses, and a stage of another version, are told without a stack', async () => {
  answer = parameter({ AWS_REGION: 'eu-central-1', CONTENT_TABLE: 'content', DISPATCH_TABLE: 'dispatch' });
  const [refused, unfit] = await Promise.all([herold('run', 'list'), herold('status')]);
  expect(refused).toBe(
    'AWS refused: AccessDeniedException: User: anna is not authorized to perform: dynamodb:Query\n',
  );
  expect(unfit).toMatch(
    /^The environment does not fit: FEED_BUCKET is missing\..*\n {2}This Herold is of another version than this command; start it anew, or deploy it\.\n$/,
  );
}, 60_000);

/** What the command line says on standard error. */
async function herold(...line: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/herold.ts', '--stage', 'dev', ...line], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: process.env,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
  return said;
}

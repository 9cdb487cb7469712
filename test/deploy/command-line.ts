import { spawnSync } from 'node:child_process';
import { ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { queues } from '../../config/queues.ts';
import { stageParameter } from '../../config/stages.ts';

/** Commands of the runbooks, their exit code, and what they have to say. */
const expectations: [line: string, code: number, says: RegExp][] = [
  ['--stage dev status', 0, /^All is well\./],
  ['--stage dev source list', 0, /^There is no source yet\./],
  ['--stage dev run list', 0, /^There has been no run yet\./],
  ['--stage dev announce list', 0, /^There is no announcement\./],
  ['--stage dev freeze show', 0, /^open\n/],
  ['--stage dev digest preview --cadence daily', 0, /^There is no mail: nothing-new\./m],
  ['--stage dev feeds rebuild --json', 0, /^\{"feeds":\{"written":[1-9]/],
  ['--stage dev subscribers reapply-erasures', 0, /^0 erased again\./],
  ['--stage dev article release nowhere', 1, /there is no such article/],
  [
    '--stage dev dlq list',
    1,
    /^ingest +1\n +\S+ since \S+Z: \{"sourceId":"nowhere"\}\n[^]*^clock +1\n.*\n +ERROR_CODE: 404$/m,
  ],
  ['--stage prod status', 1, /^The stage prod is not deployed in eu-central-1 of this account\./],
  ['--stage test status', 2, /Allowed choices are dev, prod/],
];

/** Runs `herold` on the deployed stage. @returns what was not as it should be */
export async function commandsFailing(
  environment: NodeJS.ProcessEnv,
  sqs: SQSClient,
  queueUrl: (part: string) => string | undefined,
): Promise<string[]> {
  await lookForQueuesHere(environment['AWS_ENDPOINT_URL']);
  await giveUp(sqs, queueUrl('QueuesIngestQueue'));
  // As EventBridge Scheduler leaves them: the error is in attributes.
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl('ClockDeadLetters'),
      MessageBody: '{"source":"scheduler"}',
      MessageAttributes: { ERROR_CODE: { DataType: 'String', StringValue: '404' } },
    }),
  );
  return expectations.flatMap(([line, code, says]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'bin/herold.ts', ...line.split(' ')],
      { env: environment, encoding: 'utf8' },
    );
    return status === code && says.test(stdout + stderr)
      ? []
      : [`herold ${line} ended with ${status ?? 'a signal'}: ${stdout}${stderr}`];
  });
}

/** CloudFormation names queues by their address at AWS, in moto as well, and the SDK would go there. */
async function lookForQueuesHere(endpoint: string | undefined): Promise<void> {
  const ssm = new SSMClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 't', secretAccessKey: 't' },
  });
  const Name = stageParameter('dev');
  const { Parameter: parameter } = await ssm.send(new GetParameterCommand({ Name }));
  const Value = parameter?.Value?.replaceAll('https://sqs.eu-central-1.amazonaws.com', endpoint ?? '');
  await ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
}

/** Receives a message until its queue gives it up. */
async function giveUp(sqs: SQSClient, QueueUrl: string | undefined): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"sourceId":"nowhere"}' }));
  for (let receives = 0; receives <= queues.ingest.maxReceives; receives++) {
    await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
  }
}

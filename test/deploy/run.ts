import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueNames } from '../../config/queues.ts';
import { tables } from '../../config/tables.ts';
import { commandsFailing } from './command-line.ts';
import { freePort } from '../../local/embedded-dynamodb.ts';

// npm run test:deploy: bootstraps, deploys for the first time, and asks the API what is there: a tick alone proves
// nothing, because moto leaves out in silence what it does not know. Then the command line works on what was deployed.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
if (spawnSync('moto_server', ['--help']).status !== 0) {
  console.log('skipped: moto’s server is not installed (pip install "moto[server]")');
} else {
  process.exitCode = await deploy();
}

async function deploy(): Promise<number> {
  const port = await freePort();
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  try {
    // Not 127.0.0.1: the CDK puts bucket names before the host.
    const endpoint = `http://localhost:${port}`;
    const environment = {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
    };
    await untilItAnswers(endpoint);
    const cdk = (...args: string[]) => {
      const { status } = spawnSync('npx', ['cdk', ...args, '--output', '.herold/deploy'], {
        env: environment,
        stdio: 'inherit',
      });
      if (status !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${status ?? 'a signal'}`);
    };
    const app = ['--app', 'node --import tsx test/deploy/app.ts'];
    cdk('bootstrap', 'aws://123456789012/eu-central-1', ...app);
    cdk('deploy', 'HeroldTry', '--method=direct', '--require-approval=never', ...app);

    const client = {
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 't', secretAccessKey: 't' },
    };
    const sqs = new SQSClient(client);
    const { QueueUrls: queueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const queueUrl: QueueUrl = (part) =>
      queueUrls.find((url) => url.toLowerCase().includes(part.toLowerCase()));
    const problems = [
      ...(await tablesMissing(new DynamoDBClient(client))),
      ...(await queuesMissing(sqs, queueUrl)),
      ...(await othersMissing(endpoint)),
      // At an address that is no name, S3's buckets are in the path.
      ...(await commandsFailing(
        { ...environment, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
        sqs,
        queueUrl,
      )),
    ];
    for (const problem of problems) console.error(problem);
    console.log(
      problems.length === 0
        ? 'What was deployed is there, and works.'
        : `${problems.length} things are amiss.`,
    );
    return problems.length === 0 ? 0 : 1;
  } finally {
    moto.kill();
  }
}

async function tablesMissing(dynamoDb: DynamoDBClient): Promise<string[]> {
  const { TableNames: names = [] } = await dynamoDb.send(new ListTablesCommand({}));
  const problems: string[] = [];
  for (const [name, definition] of Object.entries(tables)) {
    const found = names.find((candidate) => candidate.toLowerCase().includes(`tables${name}`));
    const { Table: table } =
      found === undefined ? {} : await dynamoDb.send(new DescribeTableCommand({ TableName: found }));
    if (table === undefined) problems.push(`no table ${name}`);
    else if ((table.StreamSpecification?.StreamEnabled ?? false) !== (definition.stream !== undefined)) {
      problems.push(`table ${name} has the wrong stream`);
    }
  }
  return problems;
}

type QueueUrl = (part: string) => string | undefined;

async function queuesMissing(sqs: SQSClient, queueUrl: QueueUrl): Promise<string[]> {
  const problems: string[] = [];
  for (const name of queueNames) {
    const url = queueUrl(`queues${name}queue`);
    const { Attributes: attributes } =
      url === undefined
        ? {}
        : await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    if (attributes?.RedrivePolicy === undefined) problems.push(`no queue ${name} with dead letters`);
  }
  return problems;
}

/** What Herold has no client for is asked of the same API in its own protocols; moto looks at no signature. */
async function othersMissing(endpoint: string): Promise<string[]> {
  const ask = async (service: string, path: string, target?: string): Promise<string> => {
    const answer = await fetch(`${endpoint}${path}`, {
      ...(target !== undefined && { method: 'POST', body: '{}' }),
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=t/20260101/eu-central-1/${service}/aws4_request`,
        ...(target !== undefined && {
          'x-amz-target': target,
          'content-type': 'application/x-amz-json-1.1',
        }),
      },
    });
    if (!answer.ok) throw new Error(`${service}${path} answered ${answer.status}`);
    return answer.text();
  };
  const { Functions: functions } = JSON.parse(await ask('lambda', '/2015-03-31/functions/')) as {
    Functions: { FunctionName: string; Runtime: string }[];
  };
  const { EventSourceMappings: mappings } = JSON.parse(
    await ask('lambda', '/2015-03-31/event-source-mappings/'),
  ) as { EventSourceMappings: { EventSourceArn: string; FunctionResponseTypes?: string[] }[] };
  const { logGroups } = JSON.parse(await ask('logs', '/', 'Logs_20140328.DescribeLogGroups')) as {
    logGroups: { logGroupName: string; retentionInDays?: number }[];
  };
  const { Rules: rules } = JSON.parse(await ask('events', '/', 'AWSEvents.ListRules')) as {
    Rules: { ScheduleExpression?: string; State: string }[];
  };
  const roles = await ask('iam', '/?Action=ListRoles&Version=2010-05-08');
  const topics = await ask('sns', '/?Action=ListTopics&Version=2010-03-31');
  const expectations: [what: string, holds: boolean][] = [
    ...['Tick', 'Work'].flatMap((name): [string, boolean][] => [
      [
        `function ${name} on the pinned runtime`,
        functions.some(
          ({ FunctionName, Runtime }) => FunctionName.includes(name) && Runtime === 'nodejs24.x',
        ),
      ],
      [`role of ${name}`, roles.includes(`<RoleName>HeroldTry-${name}Role`)],
      [
        `log group of ${name}, kept for 14 days`,
        logGroups.some(
          ({ logGroupName, retentionInDays }) =>
            logGroupName.includes(`${name}Log`) && retentionInDays === 14,
        ),
      ],
    ]),
    [
      'mapping of the ingest queue, with partial batch responses',
      mappings.some(
        ({ EventSourceArn, FunctionResponseTypes }) =>
          /Queuesingest/i.test(EventSourceArn) &&
          FunctionResponseTypes?.includes('ReportBatchItemFailures') === true,
      ),
    ],
    [
      'rule of each minute',
      rules.some(
        ({ ScheduleExpression, State }) => ScheduleExpression === 'rate(1 minute)' && State === 'ENABLED',
      ),
    ],
    ['topic', topics.includes(':HeroldTry-Events')],
  ];
  return expectations.filter(([, holds]) => !holds).map(([what]) => `no ${what}`);
}

async function untilItAnswers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await sleep(100); // not listening yet
    }
  }
  throw new Error('moto’s server did not start');
}

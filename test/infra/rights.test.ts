import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { listOf, portalApp, rightsOf, type Statement } from '../support/portal.ts';

const { pipeline, data } = portalApp('prod');
const template = Template.fromStack(pipeline);
const roles = new Map(
  pipeline.functions.map((worker) => {
    const role = worker.executionRole.node.defaultChild;
    if (role === undefined) throw new Error(`${worker.node.path} has no role`);
    return [Stack.of(worker).getLogicalId(role as never), worker.node.path.split('/').slice(1).join('/')];
  }),
);
const rights = rightsOf(template, roles);

const statements = [...rights].flatMap(([path, granted]) =>
  granted.map((statement) => ({ path, statement })),
);
const names = (statement: Statement, part: string) => JSON.stringify(statement.Resource).includes(part);
const does = (statement: Statement, prefix: string) =>
  listOf(statement.Action).some((action) => action.startsWith(prefix));
const whoMay = (predicate: (statement: Statement) => boolean) =>
  [...new Set(statements.filter(({ statement }) => predicate(statement)).map(({ path }) => path))].sort();

test('every function has rights of its own', () => {
  expect([...rights.keys()].sort()).toEqual([...roles.values()].sort());
});

test('only pages and mails reach subscribers', () => {
  const allowed = whoMay((statement) => names(statement, 'TablesSubscribers'));
  expect(allowed.filter((path) => !/^(Web|Notify)\//.test(path))).toEqual([]);
  expect(allowed).toContain('Notify/Transactional');
});

test('only pages and mails read the keyring, and none writes it', () => {
  const allowed = whoMay((statement) => names(statement, 'KeyringSecret'));
  expect(allowed.filter((path) => !/^(Web|Notify)\//.test(path))).toEqual([]);
  expect(whoMay((statement) => does(statement, 'secretsmanager:Put'))).toEqual([]);
});

test('what fetches from the internet reaches neither mail nor subscribers', () => {
  const fetching = statements.filter(({ path }) => path.startsWith('Ingest/'));
  expect(fetching.length).toBeGreaterThan(0);
  for (const { statement } of fetching) {
    expect(does(statement, 'ses:')).toBe(false);
    expect(does(statement, 'secretsmanager:')).toBe(false);
    expect(JSON.stringify(statement.Resource)).not.toMatch(/Subscribers|Transactional|Deliver|Plan/);
  }
});

test('mail is sent by two functions, as one sender, each through its own stream', () => {
  const sending = statements.filter(({ statement }) => does(statement, 'ses:Send'));
  const streams: Record<string, string> = {
    'Notify/Deliver': 'Bulk',
    'Notify/Transactional': 'Transactional',
  };
  expect(sending.map(({ path }) => path).sort()).toEqual(Object.keys(streams));
  for (const { path, statement } of sending) {
    expect(statement.Action).toBe('ses:SendRawEmail');
    expect(names(statement, ':identity/')).toBe(true);
    expect(names(statement, ':configuration-set/')).toBe(true);
    expect(names(statement, `MailStreams${streams[path] ?? ''}`)).toBe(true);
    expect(statement.Condition).toEqual({
      StringEquals: { 'ses:FromAddress': 'herold@portal-jugendhilfe.example' },
    });
  }
});

test('rights are written by action and resource', () => {
  for (const { statement } of statements) {
    for (const action of listOf(statement.Action)) expect(action).not.toContain('*');
    // SES counts the quota of the account; the action takes no resource.
    if (statement.Resource === '*') expect(statement.Action).toBe('ses:GetSendQuota');
  }
});

test('nobody scans a table, and only verbs that write may write', () => {
  expect(whoMay((statement) => does(statement, 'dynamodb:Scan'))).toEqual([]);
  const writes = (statement: Statement) =>
    ['dynamodb:Put', 'dynamodb:Update', 'dynamodb:Delete', 'dynamodb:BatchWrite'].some((prefix) =>
      does(statement, prefix),
    );
  expect(whoMay(writes)).not.toContain('Syndicate/Write');
  expect(whoMay(writes)).not.toContain('Clock/Observe');
  expect(whoMay((statement) => writes(statement) && names(statement, 'TablesContent'))).not.toContain(
    'Web/Pages',
  );
});

test('roles have no managed policies, and trust one service each', () => {
  for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
    const { ManagedPolicyArns, AssumeRolePolicyDocument, Policies } = Properties as {
      ManagedPolicyArns?: unknown[];
      Policies?: unknown[];
      AssumeRolePolicyDocument: { Statement: unknown[] };
    };
    expect(AssumeRolePolicyDocument.Statement).toHaveLength(1);
    // The CDK's own function that starts triggers at deployment brings its policies along.
    if (Policies === undefined) expect(ManagedPolicyArns ?? []).toEqual([]);
  }
});

test('CloudFront reads feeds and nothing else, and only from this account', () => {
  Template.fromStack(data).hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['s3:GetObject', 's3:ListBucket'],
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': '222222222222' } }),
        }),
      ]),
    },
  });
});

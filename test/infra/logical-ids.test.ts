import { Template } from 'aws-cdk-lib/assertions';
import { portalApp, resourcesOf } from '../support/portal.ts';

const stateful = [
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::SES::EmailIdentity',
];

// CloudFormation knows a resource by its logical id: another id is another, empty table, and the old one is orphaned.
test.each(['dev', 'prod'])('what holds state keeps its logical id: %s', (stage) => {
  const { data } = portalApp(stage);
  const found = resourcesOf(Template.fromStack(data)).filter(([, { Type }]) => stateful.includes(Type));
  expect(Object.fromEntries(found.map(([id, { Type }]) => [id, Type]))).toEqual({
    ArchiveDA4CB258: 'AWS::S3::Bucket',
    Feeds6FC8B95A: 'AWS::S3::Bucket',
    KeyringSecret2F72956B: 'AWS::SecretsManager::Secret',
    MailIdentitySender88DBC16A: 'AWS::SES::EmailIdentity',
    MessageKeyE0A8F607: 'AWS::KMS::Key',
    TablesContent3E7C4F7E: 'AWS::DynamoDB::Table',
    TablesDispatch06A0A858: 'AWS::DynamoDB::Table',
    TablesSubscribers21E06D30: 'AWS::DynamoDB::Table',
  });
});

test('nothing outside the data stack holds state', () => {
  const { edge, firewall, pipeline, observability } = portalApp('prod');
  for (const stack of [edge, firewall, pipeline, observability]) {
    const found = resourcesOf(Template.fromStack(stack)).filter(([, { Type }]) => stateful.includes(Type));
    // The edge's key is none: another one does the same.
    expect(found.map(([id]) => id).filter((id) => !id.startsWith('KeysSecret'))).toEqual([]);
  }
});

test('what holds state outlives its stack, and is replaced by nothing', () => {
  const { data } = portalApp('prod');
  expect(data.terminationProtection).toBe(true);
  for (const [id, { Type, DeletionPolicy, UpdateReplacePolicy }] of resourcesOf(Template.fromStack(data))) {
    if (!stateful.includes(Type)) continue;
    expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
  }
});

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Tables } from '../../lib/tables.ts';

test('a restored table is used instead of the stack’s own, which stays', () => {
  const stack = new Stack(new App(), 'Data');
  const streamArn = 'arn:aws:dynamodb:eu-central-1:111111111111:table/content-restored/stream/2026';
  const tables = new Tables(stack, 'Tables', {
    restored: { content: { name: 'content-restored', streamArn } },
  });
  expect(tables.content.tableName).toBe('content-restored');
  expect(tables.content.tableStreamArn).toBe(streamArn);
  expect(tables.subscribers.tableName).not.toBe('content-restored');
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::DynamoDB::Table'))).toContain(
    'TablesContent3E7C4F7E',
  );
});

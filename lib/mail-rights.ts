import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Stack } from 'aws-cdk-lib';
import { acknowledgePattern } from './acknowledge-pattern.ts';
import type { PipelineFunction } from './pipeline-function.ts';

/**
 * Lets a function send as one sender, through one configuration set. SES checks both resources; the CDK's own
 * `grantSendEmail` knows of identities alone.
 */
export function allowSending(
  sender: PipelineFunction,
  mail: { identityArns: readonly string[]; address: string; stream: ConfigurationSet },
): void {
  const stream = Stack.of(sender).formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: mail.stream.configurationSetName,
  });
  sender.addToRolePolicy(
    new PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [...mail.identityArns, stream],
      conditions: { StringEquals: { 'ses:FromAddress': mail.address } },
    }),
  );
}

/** Lets a function ask what the account may send. */
export function allowReadingQuota(reader: PipelineFunction): void {
  reader.allow(['ses:GetSendQuota'], '*');
  acknowledgePattern(
    reader.executionRole,
    '*',
    'ses:GetSendQuota is about the account; it takes no resource.',
  );
}

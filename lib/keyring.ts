import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { keyringEnv } from './keyring/env.ts';
import type { LogDays } from './log-days.ts';
import { PipelineFunction } from './pipeline-function.ts';

export interface KeyringProps {
  readonly logDays: LogDays;
}

/**
 * The secret that names and links of subscribers hang on. It is filled once, at the first deployment, on AWS's side:
 * nobody sees it, and no deployment replaces it.
 */
export class Keyring extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: KeyringProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description:
        'Pepper of subscriber ids and keys of their links; see docs/operations.md before changing it',
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const fill = new PipelineFunction(this, 'Fill', {
      entry: 'lib/keyring/fill.handler.ts',
      env: keyringEnv,
      environment: { KEYRING_SECRET: this.secret.secretArn },
      logDays: props.logDays,
      timeout: Duration.seconds(30),
    });
    fill.allow(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], this.secret.secretArn);
    new Trigger(this, 'Filled', { handler: fill, executeAfter: [this.secret], timeout: Duration.minutes(2) });

    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The pepper must never change, and unsubscribe links must stay valid for years, so a timer must not replace keys; an operator adds one (docs/operations.md, "Keys").',
    });
  }
}

import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface EdgeKeysProps {
  /** Names of keys in the secret; the first is the one that is sent. */
  readonly names: readonly string[];
}

/**
 * Keys by which the distribution proves itself to the HTTP API behind it, which has an address of its own. AWS makes the
 * first one; templates hold references that CloudFormation resolves, and resolves again when the names change.
 *
 * Whoever may read the distribution's or the function's configuration can read them there. They open nothing but the way
 * past the firewall.
 */
export class EdgeKeys extends Construct {
  /** The key that the distribution sends. */
  readonly sent: string;
  /** Those that functions take, separated by commas. */
  readonly accepted: string;

  constructor(scope: Construct, id: string, props: EdgeKeysProps) {
    super(scope, id);
    const { names } = props;
    const secret = new Secret(this, 'Secret', {
      description:
        'By which CloudFront proves itself to the HTTP API; see docs/operations.md before changing it',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'k1',
        excludePunctuation: true,
        passwordLength: 40,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const reference = (jsonField: string) =>
      SecretValue.secretsManager(secret.secretArn, { jsonField }).unsafeUnwrap();
    const [first] = names;
    if (first === undefined) throw new Error('The edge needs a key; none was named.');
    this.sent = reference(first);
    this.accepted = names.map(reference).join(',');

    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'A change must reach the distribution and the function in turn, which takes deployments (docs/operations.md, "The edge’s key").',
    });
  }
}

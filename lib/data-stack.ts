import { Duration, RemovalPolicy, Stack, Validations, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';
import { Keyring } from './keyring.ts';
import { MailIdentity } from './mail-identity.ts';
import { Tables } from './tables.ts';

export interface DataStackProps extends StackProps {
  readonly stage: Stage;
}

const outlivingBucket: BucketProps = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
};

/**
 * What must outlive every other stack: tables, buckets, the keyring, and the identity that mails come from. Logical ids
 * here are a contract (`test/infra/logical-ids.test.ts`): another id is another, empty table.
 */
export class DataStack extends Stack {
  readonly tables: Tables;
  /** The public feeds, below `feeds/`. */
  readonly feeds: Bucket;
  /** Editions, and source feeds that nobody could read. */
  readonly archive: Bucket;
  readonly keyring: Keyring;
  readonly mailIdentity: MailIdentity;
  /** For the topics: SES and CloudWatch can't publish to a topic under the account's default key. */
  readonly messageKey: Key;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const { stage } = props;

    this.tables = new Tables(this, 'Tables', { restored: stage.restoredTables });

    this.feeds = new Bucket(this, 'Feeds', outlivingBucket);
    this.#letCloudFrontRead(this.feeds);
    this.archive = new Bucket(this, 'Archive', {
      ...outlivingBucket,
      lifecycleRules: [
        ...['editions/', 'poison/', 'feedback/'].map((prefix) => ({
          prefix,
          expiration: Duration.days(stage.retention.archiveDays),
        })),
        // As long as any backup may be restored, and a year over: a restored table must forget them again.
        { prefix: 'erasures/', expiration: Duration.days(400) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });

    this.keyring = new Keyring(this, 'Keyring', { logDays: stage.retention.logDays });
    this.mailIdentity = new MailIdentity(this, 'MailIdentity', { stage });

    this.messageKey = new Key(this, 'MessageKey', {
      description: 'Messages on their way from SES and CloudWatch',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.messageKey.addToResourcePolicy(
      new PolicyStatement({
        principals: [
          new ServicePrincipal('ses.amazonaws.com'),
          new ServicePrincipal('cloudwatch.amazonaws.com'),
        ],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        resources: ['*'], // in a key's own policy: this key
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );

    const noAccessLog =
      'Its objects are public or short-lived, and an access log would hold the addresses of readers; CloudTrail data events can be switched on where an inquiry needs them.';
    Validations.of(this.feeds).acknowledge({ id: 'AwsSolutions-S1', reason: noAccessLog });
    Validations.of(this.archive).acknowledge({ id: 'AwsSolutions-S1', reason: noAccessLog });
    Validations.of(this.tables.dispatch).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason:
        'Its rows live for days; restoring a delivery ledger of an earlier moment would send mails twice.',
    });
  }

  /**
   * Names the account's distributions rather than the one, which lives in a later stack and refers to this bucket.
   * Listing makes S3 answer 404, not 403, for a feed that is not there; no path that CloudFront sends here lists.
   */
  #letCloudFrontRead(bucket: Bucket): void {
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject', 's3:ListBucket'],
        resources: [bucket.bucketArn, bucket.arnForObjects('feeds/*')],
        conditions: {
          ArnLike: {
            'aws:SourceArn': this.formatArn({
              service: 'cloudfront',
              region: '',
              resource: 'distribution',
              resourceName: '*',
            }),
          },
          StringEquals: { 'aws:SourceAccount': this.account },
        },
      }),
    );
  }
}

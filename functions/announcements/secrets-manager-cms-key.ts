import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const prefix = 'whsec_';

/**
 * The key that messages to a CMS are signed with, from AWS Secrets Manager, in the form of Standard Webhooks:
 * `whsec_` and base64.
 *
 * @throws Error saying what the secret should look like, never what it is
 */
export async function readCmsKey(client: SecretsManagerClient, secretId: string): Promise<Uint8Array> {
  const { SecretString: secret } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (secret?.startsWith(prefix) !== true) {
    throw new Error(`The secret ${secretId} must be "${prefix}" followed by 24 to 64 bytes in base64`);
  }
  return Buffer.from(secret.slice(prefix.length), 'base64');
}

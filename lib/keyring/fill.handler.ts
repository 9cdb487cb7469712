import { randomBytes } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { readEnv } from '../../functions/platform/env.ts';
import { keyringEnv } from './env.ts';

const env = readEnv(keyringEnv, process.env);
const secrets = new SecretsManagerClient({});

/**
 * Invoked at deployment: fills the keyring unless it is filled. A filled one is never touched, because another pepper
 * makes every subscriber a stranger.
 */
export const handler = async (): Promise<'filled' | 'kept'> => {
  const { SecretString: stored } = await secrets.send(
    new GetSecretValueCommand({ SecretId: env.KEYRING_SECRET }),
  );
  if (stored !== undefined && 'pepper' in (JSON.parse(stored) as object)) return 'kept';
  const key = () => randomBytes(32).toString('base64');
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: env.KEYRING_SECRET,
      SecretString: JSON.stringify({ pepper: key(), tokenKeys: { k1: key() }, currentKey: 'k1' }),
    }),
  );
  return 'filled';
};

import { text, type EnvContract } from '../../functions/platform/env.ts';

export const keyringEnv = { KEYRING_SECRET: text } satisfies EnvContract;

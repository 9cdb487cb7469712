import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readIfThere, writeWhole } from '../files.ts';
import type { AwsResponse, AwsService } from './endpoint.ts';

const getSecretValue = z.object({ SecretId: z.string() });

/** GetSecretValue of AWS Secrets Manager (JSON protocol), over secrets whose texts are files. */
export const secretsManagerService =
  (files: Readonly<Record<string, string>>): AwsService =>
  ({ headers, body }) => {
    if (headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') {
      return json(400, { __type: 'InvalidRequestException', message: 'Only GetSecretValue is done here.' });
    }
    const { SecretId: id } = getSecretValue.parse(JSON.parse(body.toString()));
    const secret = readIfThere(files[id] ?? '')?.toString();
    if (secret === undefined) {
      return json(400, { __type: 'ResourceNotFoundException', message: `There is no secret "${id}".` });
    }
    return json(200, {
      ARN: `arn:aws:secretsmanager:eu-central-1:000000000000:secret:${id}`,
      Name: id,
      SecretString: secret,
      VersionId: randomUUID(),
      VersionStages: ['AWSCURRENT'],
    });
  };

/** Makes the keyring at the first start: addresses' names and mailed links hang on it for as long as the data lives. */
export function ensureKeyring(file: string): void {
  if (readIfThere(file) !== undefined) return;
  const key = (): string => randomBytes(32).toString('base64');
  writeWhole(file, JSON.stringify({ pepper: key(), tokenKeys: { k1: key() }, currentKey: 'k1' }));
}

const json = (status: number, body: object): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readEnv, type EnvContract } from '../../../functions/platform/env.ts';
import { environmentOf } from '../../../local/environment.ts';

const contracts = readdirSync('functions', { recursive: true, encoding: 'utf8' }).filter(
  (path) => /(^|[/.])env\.ts$/.test(path) && !path.startsWith('platform/'),
);

test.each(contracts)('this machine gives functions what functions/%s asks for', async (path) => {
  const module = (await import(join(process.cwd(), 'functions', path))) as Record<string, unknown>;
  const environment = environmentOf({
    portal: 'http://127.0.0.1:4180',
    aws: 'http://127.0.0.1:9',
    dynamoDb: 'http://127.0.0.1:8000',
    sources: ['127.0.0.1:4190'],
  });
  for (const [name, contract] of Object.entries(module)) {
    if (!name.endsWith('Env')) continue;
    expect(() => readEnv(contract as EnvContract, environment)).not.toThrow();
  }
});

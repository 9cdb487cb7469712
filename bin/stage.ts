import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { exampleAccounts, stageNamed } from '../config/stages.ts';

// npm run deploy -- --stage dev, npm run diff -- --stage prod: the CDK's command line for the stacks of one stage.
const { values, positionals } = parseArgs({
  options: { stage: { type: 'string' }, 'require-approval': { type: 'string' } },
  allowPositionals: true,
});
const [verb] = positionals;
try {
  if (values.stage === undefined)
    throw new Error(`Say which stage: npm run ${verb ?? 'deploy'} -- --stage dev`);
  const { account } = stageNamed(values.stage);
  if (verb === 'deploy' && exampleAccounts.includes(account)) {
    throw new Error(
      `config/stages.ts: ${values.stage}.account is ${account}, an example. Put your account's number there; "aws sts get-caller-identity" shows it.`,
    );
  }
  const approval = values['require-approval'];
  const cdk = spawn(
    'npx',
    [
      'cdk',
      verb ?? 'diff',
      '--all',
      '--context',
      `stage=${values.stage}`,
      ...(approval === undefined ? [] : ['--require-approval', approval]),
    ],
    { stdio: 'inherit' },
  );
  cdk.on('exit', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

import { spawn } from 'node:child_process';
import { Argument, Command, Option } from 'commander';
import { exampleAccounts, stageNamed, stages } from '../config/stages.ts';
import { exitAsDocumented } from './exit-codes.ts';

interface Options {
  stage: string;
  requireApproval?: string;
}

// npm run deploy -- --stage dev, npm run diff -- --stage prod: the CDK's command line for the stacks of one stage.
new Command('npm run')
  .addArgument(new Argument('<verb>', 'what the CDK does').choices(['deploy', 'diff']))
  .addOption(new Option('--stage <name>', 'with this one').choices(Object.keys(stages)).makeOptionMandatory())
  .option('--require-approval <level>', 'what the CDK asks about, as it knows it')
  .exitOverride(exitAsDocumented)
  .action((verb: string, { stage, requireApproval }: Options, command: Command) => {
    const { account } = stageNamed(stage);
    if (verb === 'deploy' && exampleAccounts.includes(account)) {
      command.error(
        `config/stages.ts: ${stage}.account is ${account}, an example. Put your account's number there; "aws sts get-caller-identity" shows it.`,
      );
    }
    const approval = requireApproval === undefined ? [] : ['--require-approval', requireApproval];
    const cdk = spawn('npx', ['cdk', verb, '--all', '--context', `stage=${stage}`, ...approval], {
      stdio: 'inherit',
    });
    cdk.on('exit', (code) => (process.exitCode = code ?? 1));
  })
  .parse();

import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { deadLetterNames, deadLettersName, queueNames, type DeadLetterName } from '../../config/queues.ts';
import { Refused, terminal, type Terminal } from './terminal.ts';

/** Messages that are shown, not all that there are. */
const shown = 3;
const shownCharacters = 200;

interface DeadLetters {
  name: DeadLetterName;
  waiting: number;
  newest: string[];
}

/** `herold dlq`: what was given up, and putting it back to work. */
export function dlqCommands(program: Command, io: Terminal = terminal): void {
  const dlq = program.command('dlq').description('list dead letters, put them back to work');

  dlq
    .command('list')
    .description('how many dead letters there are, and what some of them say; exits with 1 if there are any')
    .option('--json', 'one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const sqs = new SQSClient({});
      const found = await Promise.all(deadLetterNames.map((name) => look(sqs, name)));
      if (json === true) io.print(JSON.stringify({ deadLetters: found }));
      else io.print(found.flatMap(lines).join('\n'));
      if (found.some(({ waiting }) => waiting > 0)) process.exitCode = 1;
    });

  dlq
    .command('redrive <queue>')
    .description(`put the dead letters of a queue back into it: ${queueNames.join(', ')}`)
    .option('--yes', 'without asking')
    .action(async (queue: string, { yes }: { yes?: true }) => {
      const name = queueNames.find((candidate) => candidate === queue);
      if (name === undefined) {
        throw new Refused(
          `${queue} has no dead letters that can go back; take of: ${queueNames.join(', ')}`,
          [],
        );
      }
      const sqs = new SQSClient({});
      const { waiting } = await look(sqs, name);
      if (waiting === 0) {
        io.print(`There are no dead letters of ${name}.`);
        return;
      }
      const sure =
        yes ??
        (await io.ask(`Put ${waiting} dead letters back to work in ${name}? (yes/no) `)).trim() === 'yes';
      if (!sure) throw new Refused('Nothing was moved.', []);
      await redrive(sqs, name, waiting, io);
    });
}

const lines = ({ name, waiting, newest }: DeadLetters): string[] => [
  `${name.padEnd(14)} ${waiting}`,
  ...newest.map((body) => `    ${body.slice(0, shownCharacters)}`),
];

async function look(sqs: SQSClient, name: DeadLetterName): Promise<DeadLetters> {
  const QueueUrl = urlOf(name);
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  const waiting = Number(attributes?.ApproximateNumberOfMessages ?? 0);
  // Seen for a second only: a look must not keep them from being moved.
  const { Messages: messages = [] } =
    waiting === 0
      ? {}
      : await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: shown, VisibilityTimeout: 1 }),
        );
  return { name, waiting, newest: messages.map(({ Body: body = '' }) => body) };
}

async function redrive(sqs: SQSClient, name: DeadLetterName, waiting: number, io: Terminal): Promise<void> {
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['QueueArn'] }),
  );
  const SourceArn = attributes?.QueueArn;
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  for (;;) {
    const { Results: [task] = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    io.print(`${moved} of ${waiting} moved`);
    if (task?.Status === 'COMPLETED') return;
    if (task?.Status !== 'RUNNING') {
      throw new Refused(
        `The move is ${task?.Status ?? 'unknown'}: ${task?.FailureReason ?? 'no reason given'}`,
        [],
      );
    }
    await sleep(1000);
  }
}

function urlOf(name: DeadLetterName): string {
  const url = process.env[deadLettersName(name)];
  if (url === undefined) {
    throw new Refused('This Herold tells of no dead letters.', [
      'On one machine they are in the console, at /_local/. Name a stage with --stage for those on AWS.',
    ]);
  }
  return url;
}

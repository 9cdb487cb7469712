import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import { Argument, type Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  deadLetterNames,
  deadLettersName,
  queueNames,
  type DeadLetterName,
  type QueueName,
} from '../../config/queues.ts';
import { isoMillis, Temporal } from '../../functions/platform/time.ts';
import { progressBar } from './progress-bar.ts';
import {
  asJson,
  confirm,
  Refused,
  terminal,
  withoutAsking,
  type Format,
  type Sure,
  type Terminal,
} from './terminal.ts';

/** Messages that are shown, not all that there are. */
const shown = 3;
const shownCharacters = 200;

interface Letter {
  id: string;
  /** When it was sent first. */
  since: string;
  body: string;
  /** What EventBridge Scheduler and SNS write of the error, by name. */
  attributes: Record<string, string>;
}

interface DeadLetters {
  name: DeadLetterName;
  waiting: number;
  /** Some of them. */
  letters: Letter[];
}

/** `herold dlq`: what was given up, and putting it back to work. */
export function dlqCommands(program: Command, io: Terminal = terminal): void {
  const dlq = program.command('dlq').description('list dead letters, put them back to work');

  dlq
    .command('list')
    .description('how many dead letters there are, and what some of them say; exits with 1 if there are any')
    .option(...asJson)
    .action(async ({ json }: Format) => {
      const sqs = new SQSClient({});
      // A Herold on one machine has no scheduler and no topic that could give up.
      const known = deadLetterNames.filter((name) => process.env[deadLettersName(name)] !== undefined);
      if (known.length === 0) throw unknownLetters();
      const found = await Promise.all(known.map((name) => look(sqs, name)));
      if (json === true) io.print(JSON.stringify({ deadLetters: found }));
      else io.print(found.flatMap(lines).join('\n'));
      if (found.some(({ waiting }) => waiting > 0)) process.exitCode = 1;
    });

  dlq
    .command('redrive')
    .description('put the dead letters of a queue back into it')
    .addArgument(new Argument('<queue>', 'whose dead letters; others can not go back').choices(queueNames))
    .option(...withoutAsking)
    .option(...asJson)
    .action(async (name: QueueName, { yes, json }: Sure & Format) => {
      const sqs = new SQSClient({});
      const waiting = await count(sqs, name);
      if (waiting > 0) {
        await confirm(io, `Put ${waiting} dead letters back to work in ${name}?`, { yes });
      }
      const moved = waiting === 0 ? 0 : await redrive(sqs, name, waiting);
      if (json === true) io.print(JSON.stringify({ queue: name, moved }));
      else io.print(waiting === 0 ? `There are no dead letters of ${name}.` : `${moved} of ${waiting} moved`);
    });
}

const lines = ({ name, waiting, letters }: DeadLetters): string[] => [
  `${name.padEnd(14)} ${waiting}`,
  ...letters.flatMap(({ id, since, body, attributes }) => [
    `    ${id} since ${since}: ${body.slice(0, shownCharacters)}`,
    ...Object.entries(attributes).map(([attribute, value]) => `        ${attribute}: ${value}`),
  ]),
];

async function look(sqs: SQSClient, name: DeadLetterName): Promise<DeadLetters> {
  const waiting = await count(sqs, name);
  // Seen for a second only: a look must not keep them from being moved.
  const { Messages: messages = [] } =
    waiting === 0
      ? {}
      : await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: urlOf(name),
            MaxNumberOfMessages: shown,
            VisibilityTimeout: 1,
            MessageSystemAttributeNames: ['SentTimestamp'],
            MessageAttributeNames: ['All'],
          }),
        );
  return { name, waiting, letters: messages.map(letterOf) };
}

const letterOf = ({
  MessageId: id = '',
  Body: body = '',
  Attributes: { SentTimestamp: sentMs } = {},
  MessageAttributes: attributes = {},
}: Message): Letter => ({
  id,
  since: isoMillis(Temporal.Instant.fromEpochMilliseconds(Number(sentMs))),
  body,
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([name, { StringValue: value = '' }]) => [name, value]),
  ),
});

async function count(sqs: SQSClient, name: DeadLetterName): Promise<number> {
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: urlOf(name),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  // Someone may have looked a moment ago, and be holding some of them.
  return (
    Number(attributes?.ApproximateNumberOfMessages ?? 0) +
    Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0)
  );
}

/** @returns how many went back */
async function redrive(sqs: SQSClient, name: DeadLetterName, waiting: number): Promise<number> {
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['QueueArn'] }),
  );
  const SourceArn = attributes?.QueueArn;
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  const bar = progressBar();
  bar.start(waiting);
  try {
    for (let before = 0; ;) {
      const { Results: [task] = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
      const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
      bar.advance(moved - before);
      before = moved;
      if (task?.Status === 'COMPLETED') return moved;
      if (task?.Status !== 'RUNNING') {
        throw new Refused(
          `The move is ${task?.Status ?? 'unknown'} after ${moved} of ${waiting}: ${task?.FailureReason ?? 'no reason given'}`,
          [],
        );
      }
      await sleep(1000);
    }
  } finally {
    bar.stop();
  }
}

function urlOf(name: DeadLetterName): string {
  const url = process.env[deadLettersName(name)];
  if (url === undefined) throw unknownLetters(` of ${name}`);
  return url;
}

const unknownLetters = (whose = ''): Refused =>
  new Refused(`This Herold tells of no dead letters${whose}; start it anew, or deploy it`, []);

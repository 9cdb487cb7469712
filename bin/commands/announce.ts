import type { Command } from 'commander';
import { act, approved, checkWithdraw, moved, withdrawn } from '../../functions/announcements/acts.ts';
import {
  announcementId,
  concerns,
  isFreezing,
  makeAnnouncement,
  type Announcement,
  type AnnouncementDraft,
} from '../../functions/announcements/announcement.ts';
import {
  readAnnouncement,
  readAnnouncementFile,
  type Reading,
} from '../../functions/announcements/announcement-file.ts';
import type { AnnouncementStore } from '../../functions/announcements/announcement-store.ts';
import { checkMove, checkNew, type Change } from '../../functions/announcements/check.ts';
import { DynamoDbAnnouncements } from '../../functions/announcements/dynamodb-announcements.ts';
import { dayOf } from '../../functions/announcements/freeze.ts';
import { announcementEdition } from '../../functions/announcements/mail/announcement-edition.tsx';
import { phaseOf, phasesOf } from '../../functions/announcements/phases.ts';
import { readNotice } from '../../functions/announcements/read-notice.ts';
import { AllowListedMailer, allowList } from '../../functions/mail/allow-list.ts';
import { compose, type Sender } from '../../functions/mail/compose.ts';
import type { Mailer } from '../../functions/mail/mailer.ts';
import { SesMailer } from '../../functions/mail/ses-mailer.ts';
import { documentClient, sesClient } from '../../functions/platform/aws-clients.ts';
import { positiveInt, readEnv, text, webUrl, type EnvContract } from '../../functions/platform/env.ts';
import { epochSeconds, isoMillis, type Temporal } from '../../functions/platform/time.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { tokenLength } from '../../functions/subscribers/tokens.ts';
import { lineOf, recordOf, sheetOf } from './announcement-sheet.ts';
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

const announceEnv = {
  CONTENT_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  SHARD_COUNT: positiveInt,
  PORTAL_BASE_URL: webUrl,
  SENDER_ADDRESS: text,
  BULK_CONFIGURATION_SET: text,
  RECIPIENT_ALLOW_LIST: allowList,
} satisfies EnvContract;

export interface Parts {
  announcements: AnnouncementStore;
  subscribers: Pick<SubscriberStore, 'listShard'>;
  shardCount: number;
  mailer: Mailer;
  sender: Sender;
}

export function connect(): Parts {
  const env = readEnv(announceEnv, process.env);
  const client = documentClient();
  return {
    announcements: new DynamoDbAnnouncements(client, env.CONTENT_TABLE),
    subscribers: new DynamoDbSubscriberStore(client, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
    shardCount: env.SHARD_COUNT,
    mailer: new AllowListedMailer(
      new SesMailer(sesClient(), env.BULK_CONFIGURATION_SET),
      env.RECIPIENT_ALLOW_LIST,
    ),
    sender: { address: env.SENDER_ADDRESS, baseUrl: env.PORTAL_BASE_URL },
  };
}

interface MakeOptions extends Format, Sure {
  interactive?: true;
  fromText?: true;
  year?: string;
  by: string;
}

/** `herold announce`: freezes, relaunches, pauses and notices. */
export function announceCommands(program: Command, io: Terminal = terminal): void {
  const announce = program
    .command('announce')
    .description('announce a freeze, relaunch, pause or notice, from a YAML file; shows all of it, and asks')
    .argument('[file]', 'the announcement, - for standard input')
    .option('--interactive', 'ask for each field')
    .option('--from-text', 'the file is a notice as it stands on a page')
    .option('--year <year>', 'year of dates that name none, with --from-text')
    .option('--by <name>', 'who does it; for the commands below as well', io.user)
    .option(...withoutAsking)
    .option(...asJson)
    .action(async (file: string | undefined, options: MakeOptions) => {
      const reading = await read(io, file, options);
      if (reading.draft === undefined) throw new Refused('The announcement is refused', reading.problems);
      await make(connect(), io, reading.draft, options);
    });

  /** Options of `announce` itself: it takes `--by`, `--yes` and `--json` for the commands below as well. */
  const asked = (): MakeOptions => announce.opts<MakeOptions>();
  const whoActs = (): string => asked().by;
  const tell = async (parts: Parts, id: string, now: Temporal.Instant): Promise<void> => {
    const announcement = await find(parts, id);
    io.print(asked().json === true ? JSON.stringify({ announcement }) : recordOf(announcement, now));
  };

  announce
    .command('list')
    .description('all announcements, with their state')
    .action(async () => {
      const all = await connect().announcements.list();
      const now = io.clock.now();
      if (asked().json === true) io.print(JSON.stringify({ announcements: all }));
      else
        io.print(
          all.length === 0 ? 'There is no announcement.' : all.map((one) => lineOf(one, now)).join('\n'),
        );
    });

  announce
    .command('show <id>')
    .description('one announcement: its phases, what became of them, and who did what')
    .action(async (id: string) => {
      await tell(connect(), id, io.clock.now());
    });

  announce
    .command('preview <id>')
    .description('the mail of a phase, as it would be sent')
    .requiredOption('--phase <phase>', 'advance, reminder-14, freeze, reopen, …')
    .option('--to <address>', 'send it to this address instead of printing it')
    .action(async (id: string, options: { phase: string; to?: string }) => {
      const parts = connect();
      await preview(parts, io, await find(parts, id), { ...options, json: asked().json });
    });

  announce
    .command('reschedule <id>')
    .description('move a freeze; while it lasts, its reopening')
    .option('--freeze-from <date>', 'new first day, such as 2022-04-29')
    .option('--reopen-at <date>', 'new day of reopening')
    .option('--headline <text>', 'new headline, where the old one names an old date')
    .option('--text <text>', 'new text, where the old one names an old date')
    .action(async (id: string, change: Change) => {
      const parts = connect();
      const now = io.clock.now();
      await alter(parts, id, (announcement, others) => {
        if (!isFreezing(announcement)) throw new Refused(`${id} has no dates to move`, []);
        const reading = readAnnouncement(plainOf({ ...announcement, ...change }));
        const problems = reading.problems ?? checkMove(announcement, change, others, now);
        if (problems.length > 0) throw new Refused(`${id} can't move`, problems);
        return moved(announcement, change, act(whoActs(), now));
      });
      await tell(parts, id, now);
    });

  announce
    .command('approve <id>')
    .description('let mails go out that wait: a second person for many readers, anyone for late ones')
    .action(async (id: string) => {
      const parts = connect();
      const now = io.clock.now();
      await find(parts, id);
      await confirm(io, `Let the mails of ${id} that wait go out?`, asked());
      await alter(parts, id, (announcement) => approved(announcement, act(whoActs(), now)));
      await tell(parts, id, now);
    });

  announce
    .command('withdraw <id>')
    .description('take it back; a freeze that is on ends at once')
    .action(async (id: string) => {
      const parts = connect();
      const now = io.clock.now();
      await withdraw(parts, io, id, asked(), now);
      await tell(parts, id, now);
    });
}

/** Asks, and takes an announcement back for good. */
export async function withdraw(
  parts: Parts,
  io: Terminal,
  id: string,
  { by, yes }: { by: string } & Sure,
  now: Temporal.Instant,
): Promise<void> {
  const refuseIfLate = (announcement: Announcement): void => {
    const problems = checkWithdraw(announcement, now);
    if (problems.length > 0) throw new Refused(`${id} can't be withdrawn`, problems);
  };
  refuseIfLate(await find(parts, id));
  await confirm(io, `Withdraw ${id} for good?`, { yes });
  await alter(parts, id, (announcement) => {
    refuseIfLate(announcement);
    return withdrawn(announcement, act(by, now));
  });
}

async function read(io: Terminal, file: string | undefined, options: MakeOptions): Promise<Reading> {
  if (options.interactive === true) return ask(io);
  if (file === undefined) {
    throw new Refused('Name a file, - for standard input, or --interactive', []);
  }
  const content = await io.read(file);
  if (options.fromText !== true) return readAnnouncementFile(content);
  const { year } = options;
  if (year !== undefined && !/^\d{4}$/u.test(year)) throw new Refused(`--year ${year} is no year`, []);
  return readNotice(content, year === undefined ? undefined : Number(year));
}

/** Shows all that an announcement means, asks, and makes it. */
export async function make(
  parts: Parts,
  io: Terminal,
  draft: AnnouncementDraft,
  { by, yes, json }: { by: string } & Sure & Format,
): Promise<void> {
  if (json === true && yes !== true)
    throw new Refused('With --json nobody sees what it means; look at it without, or add --yes', []);
  const now = io.clock.now();
  const others = await parts.announcements.list();
  const problems = checkNew(draft, others, now);
  if (problems.length > 0) throw new Refused('The announcement is refused', problems);

  const announcement = makeAnnouncement(draft, {
    id: freeId(announcementId(draft, dayOf(now)), others),
    by,
    at: isoMillis(now),
    audienceSize: await audienceSize(parts, draft, epochSeconds(now)),
  });
  if (json !== true) {
    const { maxPerSecond } = await parts.mailer.quota();
    io.print(sheetOf(announcement, now, parts.sender.baseUrl, maxPerSecond));
  }
  await confirm(io, '\nAnnounce it like this?', { yes });
  if ((await parts.announcements.create(announcement)) === 'taken') {
    throw new Refused(`${announcement.id} was made meanwhile; look at it, and try again`, []);
  }
  io.print(json === true ? JSON.stringify({ announcement }) : `${announcement.id} is announced.`);
}

/** Asks for each field again until it fits. */
async function ask(io: Terminal): Promise<Reading> {
  const answers: Record<string, unknown> = {};
  const field = async (
    name: string,
    question: string,
    read: (answer: string) => unknown = String,
  ): Promise<void> => {
    for (;;) {
      const answer = (await io.ask(`${question}: `)).trim();
      answers[name] = answer === '' ? undefined : read(answer);
      const problems = (readAnnouncement(answers).problems ?? []).filter((problem) =>
        problem.startsWith(name === 'kind' ? 'kind must' : `${name} `),
      );
      if (problems.length === 0) return;
      io.print(problems.join('\n'));
    }
  };
  await field('kind', 'Kind (relaunch, freeze, pause, notice)');
  await field('severity', 'Severity (information, warning)');
  await field('icon', 'What the icon says, in a word');
  await field('headline', 'Headline');
  await field('text', 'Text, paragraphs joined by |', (answer) => answer.replaceAll(/\s*\|\s*/gu, '\n'));
  if (answers['kind'] === 'notice') {
    await field('lastDay', 'Last day (such as 2022-04-29)');
  } else {
    await field('freezeFrom', 'First day of the freeze (such as 2022-04-29)');
    await field('reopenAt', 'Day of the reopening');
  }
  await field('announceOn', 'Day of the advance notice (empty: at once)');
  await field('audience', 'Topics, joined by commas (empty: everyone)', (answer) =>
    answer === 'alle' ? answer : answer.split(/\s*,\s*/u),
  );
  return readAnnouncement(answers);
}

async function preview(
  { mailer, sender }: Parts,
  io: Terminal,
  announcement: Announcement,
  { phase: id, to, json }: { phase: string; to?: string } & Format,
): Promise<void> {
  const phase = phaseOf(announcement, id);
  if (phase === undefined) {
    const known = phasesOf(announcement).map((one) => one.id);
    throw new Refused(`${announcement.id} has no phase ${id}; it has ${known.join(', ')}`, []);
  }
  const edition = announcementEdition({
    announcement,
    kind: phase.kind,
    record: announcement.phases[id],
    now: phase.mailsAt,
    baseUrl: sender.baseUrl,
  });
  if (to === undefined) {
    const { subject, text: body, html } = edition;
    io.print(json === true ? JSON.stringify({ subject, text: body, html }) : `${subject}\n\n${body}`);
    return;
  }
  const at = io.clock.now();
  const raw = compose({ ...edition, subject: `Vorschau: ${edition.subject}` }, sender, {
    address: to,
    // Links of a reader's own lead nowhere in a preview.
    unsubscribeToken: 'x'.repeat(tokenLength),
    settingsToken: 'x'.repeat(tokenLength),
    messageId: `vorschau-${at.epochMilliseconds}@${sender.baseUrl.hostname}`,
    at,
  });
  const sent = await mailer.send({ to, raw, tags: { preview: announcement.id } });
  if (sent.outcome !== 'accepted') {
    throw new Refused(`The preview was not sent: ${sent.outcome}, ${sent.reason}`, []);
  }
  io.print(
    json === true ? JSON.stringify({ phase: id, to, sent }) : `The mail of ${id} is on its way to ${to}.`,
  );
}

async function find({ announcements }: Parts, id: string): Promise<Announcement> {
  const found = await announcements.get(id);
  if (found === undefined)
    throw new Refused(`There is no announcement ${id}; "herold announce list" tells all`, []);
  return found;
}

/** Writes what `change` makes of an announcement, of the newest version if the clock was faster. */
async function alter(
  parts: Parts,
  id: string,
  change: (announcement: Announcement, all: readonly Announcement[]) => Announcement,
): Promise<void> {
  for (;;) {
    const next = change(await find(parts, id), await parts.announcements.list());
    if ((await parts.announcements.update(next)) === 'updated') return;
  }
}

async function audienceSize(
  { subscribers, shardCount }: Parts,
  draft: AnnouncementDraft,
  now: number,
): Promise<number> {
  let size = 0;
  for (let shard = 0; shard < shardCount; shard++) {
    for await (const page of subscribers.listShard(shard, now)) {
      size += page.filter((subscriber) => concerns(draft, subscriber)).length;
    }
  }
  return size;
}

/** The id, or with a number behind it when an earlier announcement has it. */
function freeId(id: string, others: readonly Announcement[]): string {
  const taken = new Set(others.map((other) => other.id));
  let free = id;
  for (let number = 2; taken.has(free); number++) free = `${id}-${number}`;
  return free;
}

/** The fields of a file again, so that a changed announcement is checked like a new one. */
function plainOf(announcement: AnnouncementDraft): unknown {
  const { kind, severity, icon, headline, text, audience } = announcement;
  const dates = isFreezing(announcement)
    ? { freezeFrom: announcement.freezeFrom, reopenAt: announcement.reopenAt }
    : {};
  return { kind, severity, icon, headline, text, audience, ...dates };
}

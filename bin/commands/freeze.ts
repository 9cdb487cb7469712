import type { Command } from 'commander';
import type { AnnouncementDraft } from '../../functions/announcements/announcement.ts';
import { readAnnouncement } from '../../functions/announcements/announcement-file.ts';
import { dayOf, editorialStatus, freezeAt } from '../../functions/announcements/freeze.ts';
import { fullDate } from '../../functions/announcements/wording.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { connect, make, withdraw } from './announce.ts';
import { momentText } from './announcement-sheet.ts';
import {
  asJson,
  Refused,
  terminal,
  withoutAsking,
  type Format,
  type Sure,
  type Terminal,
} from './terminal.ts';

/** `herold freeze`: the editorial freeze at once, for when there is no time to announce one. */
export function freezeCommands(program: Command, io: Terminal = terminal): void {
  const freeze = program
    .command('freeze')
    .description('the editorial freeze: is it on? begin one today, end it');
  const command = (usage: string, description: string): Command =>
    freeze
      .command(usage)
      .description(description)
      .option(...asJson);

  command('show', 'is it on, until when, and why; the next one that is planned').action(
    async ({ json }: Format) => {
      const status = editorialStatus(await connect().announcements.list(), io.clock.now());
      if (json === true) {
        io.print(JSON.stringify(status));
        return;
      }
      const { state, since, until, reason } = status;
      io.print(
        [
          `${state}${since === null ? '' : ` since ${moment(since)}`}`,
          ...(reason === null ? [] : [reason]),
          until === null
            ? 'No freeze is planned.'
            : `${state === 'frozen' ? 'Reopens' : 'The next freeze begins'} on ${moment(until)}.`,
        ].join('\n'),
      );
    },
  );

  command('begin', 'from today on nothing new appears; announced to everyone, by mail as well')
    .requiredOption('--reopen-at <date>', 'first day on which all is open again, such as 2022-05-23')
    .option('--text <text>', 'what people read of it; a sentence with the date of the reopening otherwise')
    .option('--by <name>', 'who does it', io.user)
    .option(...withoutAsking)
    .action(async (options: { reopenAt: string; text?: string; by: string } & Sure & Format) => {
      const { draft, problems } = readAnnouncement(plainOf(options, dayOf(io.clock.now())));
      if (draft === undefined) throw new Refused('The freeze is refused', problems);
      await make(connect(), io, draft, options);
    });

  command('end', 'reopen now: what was held is published within a minute, and everyone is told')
    .option('--by <name>', 'who does it', io.user)
    .option(...withoutAsking)
    .action(async ({ json, ...options }: { by: string } & Sure & Format) => {
      const parts = connect();
      const now = io.clock.now();
      const on = freezeAt(await parts.announcements.list(), now);
      if (on === undefined)
        throw new Refused('No freeze is on', ['"herold announce withdraw" takes back one that is planned']);
      const { id } = on.announcement;
      await withdraw(parts, io, id, options, now);
      io.print(json === true ? JSON.stringify({ ended: id }) : `${id} is over; the portal is open.`);
    });
}

/** As in an announcement's file. */
function plainOf(
  { reopenAt, text }: { reopenAt: string; text?: string },
  today: Temporal.PlainDate,
): Record<keyof AnnouncementDraft | 'freezeFrom' | 'reopenAt', unknown> {
  return {
    kind: 'freeze',
    severity: 'warning',
    icon: 'Achtung',
    headline: 'Redaktionsstopp',
    text: text ?? `Zurzeit erscheinen keine neuen Meldungen. Ab ${dayText(reopenAt)} geht es weiter.`,
    freezeFrom: today.toString(),
    reopenAt,
    audience: undefined,
    announceOn: undefined,
  };
}

/** What is no date is told so by the check of the announcement. */
function dayText(date: string): string {
  try {
    return `${fullDate(Temporal.PlainDate.from(date))},`;
  } catch {
    return date;
  }
}

const moment = (iso: string): string => momentText(Temporal.Instant.from(iso));

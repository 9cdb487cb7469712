import { portal } from '../../../config/portal.ts';
import type { Attachment, Edition } from '../../mail/edition.ts';
import { mailStyle, renderMail, textFooter, wrapped } from '../../mail/frame.tsx';
import type { Temporal } from '../../platform/time.ts';
import { isFreezing, type Announcement, type PhaseRecord } from '../announcement.ts';
import { calendarFile } from '../calendar.ts';
import { DatesTable, type TableLook } from '../dates-table.tsx';
import { announcementPath, calendarPath } from '../paths.ts';
import { phaseMessage, type DateRow, type PhaseMessage } from '../phase-message.ts';
import type { PhaseKind } from '../phases.ts';

/** What a mail about a phase is made from. */
export interface PhaseMail {
  announcement: Announcement;
  kind: PhaseKind;
  /** Dates as told by this phase, when they have moved since. */
  record?: PhaseRecord;
  /** Moment of sending; decides which years are named. */
  now: Temporal.Instant;
  baseUrl: URL;
}

/** The mail of one phase: short, in the notice's own words, with the dates as a table and as a calendar file. */
export function announcementEdition(mail: PhaseMail): Edition {
  const message = phaseMessage(mail.announcement, mail.kind, mail.now, mail.record);
  return {
    list: { label: 'hinweise', name: `Hinweise – ${portal.name}` },
    subject: message.title,
    html: htmlOf(mail, message),
    text: textOf(mail, message),
    attachments: calendarOf(mail),
  };
}

/** Is there still something to come that people should mind? */
const isAhead = (kind: PhaseKind): boolean => kind !== 'reopen' && kind !== 'withdrawn';

/** A reopening has nothing left to put into a calendar; a withdrawal takes out what was put there. */
function calendarOf({ announcement, kind, baseUrl }: PhaseMail): Attachment[] {
  if (!isFreezing(announcement) || kind === 'reopen') return [];
  const method = announcement.withdrawn === undefined ? 'PUBLISH' : 'CANCEL';
  return [
    {
      filename: `${announcement.id}.ics`,
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      content: calendarFile(announcement, baseUrl),
    },
  ];
}

const reason = `Sie erhalten diese E-Mail, weil Sie beim ${portal.name} Meldungen abonniert haben. Hinweise wie diesen gibt es selten; in den Einstellungen können Sie sie abwählen.`;

/** The links below a message. */
function linksOf({ announcement, kind, baseUrl }: PhaseMail): { label: string; url: string }[] {
  const calendar = {
    label: 'Termin in den Kalender übernehmen',
    url: new URL(calendarPath(announcement.id), baseUrl).href,
  };
  const page = {
    label: 'Hinweis im Portal lesen',
    url: new URL(announcementPath(announcement.id), baseUrl).href,
  };
  return isFreezing(announcement) && isAhead(kind) ? [calendar, page] : [page];
}

const cell = `${mailStyle.text};text-align:left;vertical-align:top;padding:6px 16px 6px 0;border-bottom:1px solid #cfcabd`;
const look: TableLook = {
  table: 'border-collapse:collapse;margin:16px 0',
  caption: `${mailStyle.text};text-align:left;font-weight:600`,
  heading: `${cell};font-weight:600`,
  cell,
};

function htmlOf(mail: PhaseMail, message: PhaseMessage): string {
  return renderMail({
    title: message.title,
    preheader: message.paragraphs[0] ?? message.title,
    baseUrl: mail.baseUrl,
    reason,
    children: (
      <>
        {isAhead(mail.kind) && (
          <p class="accent" style={`${mailStyle.text};font-weight:600;color:#8c1d18`}>
            {mail.announcement.icon}
          </p>
        )}
        <h1 class="ink" style={mailStyle.h1}>
          {message.title}
        </h1>
        {message.paragraphs.map((paragraph) => (
          <p class="ink" style={mailStyle.text}>
            {paragraph}
          </p>
        ))}
        <DatesTable rows={message.dates} look={look} />
        {linksOf(mail).map(({ label, url }) => (
          <p style={mailStyle.text}>
            <a class="link" href={url} style={mailStyle.link}>
              {label}
            </a>
          </p>
        ))}
      </>
    ),
  });
}

function textOf(mail: PhaseMail, message: PhaseMessage): string {
  const sections = [
    isAhead(mail.kind) ? `${mail.announcement.icon}\n${wrapped(message.title)}` : wrapped(message.title),
    ...message.paragraphs.map(wrapped),
    ...(message.dates.length === 0 ? [] : [['Termine', ...message.dates.map(dateLine)].join('\n')]),
    linksOf(mail)
      .map(({ label, url }) => `${label}:\n${url}`)
      .join('\n'),
    textFooter(reason, mail.baseUrl),
  ];
  return sections.join('\n\n');
}

const dateLine = ({ label, value, previous }: DateRow): string =>
  previous === undefined || previous === value
    ? `- ${label}: ${value}`
    : `- ${label}: ${value} (bisher ${previous})`;

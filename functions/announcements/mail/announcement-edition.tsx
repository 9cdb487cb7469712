import type { FC } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { portal } from '../../../config/portal.ts';
import { ownLinks, type Attachment, type Edition } from '../../mail/edition.ts';
import type { Temporal } from '../../platform/time.ts';
import { isFreezing, type Announcement, type PhaseRecord } from '../announcement.ts';
import { calendarFile } from '../calendar.ts';
import { announcementPath, calendarPath } from '../paths.ts';
import { phaseMessage, type DateRow, type PhaseMessage } from '../phase-message.ts';
import { PhaseText } from '../phase-text.tsx';
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

/** A reopening has nothing left to put into a calendar. */
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

const why = `Sie erhalten diese E-Mail, weil Sie beim ${portal.name} E-Mails abonniert haben.`;

/** Text and address of a link, in the order in which they stand below a message. */
function linksOf({ announcement, kind, baseUrl }: PhaseMail): [text: string, href: string][] {
  const at = (path: string): string => new URL(path, baseUrl).href;
  const withCalendar = isFreezing(announcement) && isAhead(kind);
  return [
    ...(withCalendar
      ? [['Termin in den Kalender übernehmen', at(calendarPath(announcement.id))] as [string, string]]
      : []),
    ['Hinweis im Portal lesen', at(announcementPath(announcement.id))],
  ];
}

function htmlOf(mail: PhaseMail, message: PhaseMessage): string {
  const at = (path: string): string => new URL(path, mail.baseUrl).href;
  const document = (
    <html lang={portal.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{message.title}</title>
        <style>{styles}</style>
      </head>
      <body>
        <p class="small">{portal.name}</p>
        <main>
          {isAhead(mail.kind) && <p class="icon">{mail.announcement.icon}</p>}
          <h1>{message.title}</h1>
          <PhaseText message={message} />
          <p>
            {linksOf(mail).map(([text, href], index) => (
              <>
                {index > 0 && <br />}
                <a href={href}>{text}</a>
              </>
            ))}
          </p>
        </main>
        <footer class="small">
          <p>
            {why}
            <br />
            <a href={ownLinks.unsubscribe}>Abmelden</a> · <a href={ownLinks.settings}>Einstellungen ändern</a>
          </p>
          <p>
            <Lines of={portal.publisher.address} />
            <a href={`mailto:${portal.publisher.email}`}>{portal.publisher.email}</a>
          </p>
          <p>
            <a href={at(portal.imprintPath)}>Impressum</a> · <a href={at(portal.privacyPath)}>Datenschutz</a>
          </p>
        </footer>
      </body>
    </html>
  );
  // A promise only where a component is asynchronous, and none is.
  return `<!doctype html>${(document as HtmlEscapedString).toString()}`;
}

const Lines: FC<{ of: readonly string[] }> = ({ of }) => (
  <>
    {of.map((line) => (
      <>
        {line}
        <br />
      </>
    ))}
  </>
);

/** Only what every mail program can do without; without it all, the mail is still in order. */
const styles = [
  'body{max-width:38rem;margin:0 auto;padding:1rem;font:1rem/1.5 Georgia,serif;color:#1b1a17;background:#fbfaf7}',
  'h1{font-size:1.5rem;line-height:1.2;margin:0 0 1rem}',
  '.icon{font-weight:bold;color:#8c1d18;margin:0 0 .3rem}',
  '.small{font:.8125rem/1.5 sans-serif;color:#5a564d}',
  'a{color:#0b4a6f}',
  'table{border-collapse:collapse;margin:0 0 1rem}',
  'caption{text-align:left;font-weight:bold}',
  'th,td{text-align:left;vertical-align:top;padding:.3rem 1rem .3rem 0;border-bottom:1px solid #cfcabd}',
  'footer{border-top:1px solid #cfcabd;margin-top:1.5rem}',
  '@media (prefers-color-scheme:dark){body{color:#ece8df;background:#171613}a{color:#9ccbe8}.icon{color:#f0a29b}.small{color:#b0aa9c}}',
].join('');

function textOf(mail: PhaseMail, message: PhaseMessage): string {
  const at = (path: string): string => new URL(path, mail.baseUrl).href;
  const sections = [
    portal.name,
    isAhead(mail.kind) ? `${mail.announcement.icon}\n${message.title}` : message.title,
    ...message.paragraphs,
    ...(message.dates.length === 0 ? [] : [['Termine', ...message.dates.map(dateLine)].join('\n')]),
    linksOf(mail)
      .map(([text, href]) => `${text}:\n${href}`)
      .join('\n'),
    // Mail programs fold what follows a signature's dashes (RFC 3676, 4.3).
    [
      '-- ',
      why,
      `Abmelden: ${ownLinks.unsubscribe}`,
      `Einstellungen ändern: ${ownLinks.settings}`,
      '',
      ...portal.publisher.address,
      portal.publisher.email,
      `Impressum: ${at(portal.imprintPath)}`,
      `Datenschutz: ${at(portal.privacyPath)}`,
    ].join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

const dateLine = ({ label, value, previous }: DateRow): string =>
  previous === undefined || previous === value
    ? `- ${label}: ${value}`
    : `- ${label}: ${value} (bisher ${previous})`;

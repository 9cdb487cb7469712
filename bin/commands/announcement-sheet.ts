import { announcementRules } from '../../config/announcements.ts';
import { portal } from '../../config/portal.ts';
import { isFreezing, type Announcement } from '../../functions/announcements/announcement.ts';
import { calendarFile } from '../../functions/announcements/calendar.ts';
import { waitsFor } from '../../functions/announcements/due-work.ts';
import { dayOf, freezeAt } from '../../functions/announcements/freeze.ts';
import { announcementEdition } from '../../functions/announcements/mail/announcement-edition.tsx';
import { phaseMessage } from '../../functions/announcements/phase-message.ts';
import { hasBegun, isOver, phasesOf, type Phase } from '../../functions/announcements/phases.ts';
import { days, fullDate } from '../../functions/announcements/wording.ts';
import { Temporal } from '../../functions/platform/time.ts';

/** US dollars for a thousand mails (https://aws.amazon.com/ses/pricing/). */
const dollarsPerThousand = 0.1;

/** Bulk mail takes this part of the account's rate; the rest is for confirmations. */
const bulkShare = 0.85;

/** What an announcement means, for who is about to make it: every phase, whom it reaches, what it costs, how it reads. */
export function sheetOf(
  announcement: Announcement,
  now: Temporal.Instant,
  baseUrl: URL,
  mailsPerSecond: number,
): string {
  return [
    summaryOf(announcement, now),
    phasesText(announcement, now),
    audienceText(announcement, now, mailsPerSecond),
    ...surfacesOf(announcement, now, baseUrl),
  ].join('\n\n');
}

/** An announcement that is stored: what it is, and what became of every phase. */
export const recordOf = (announcement: Announcement, now: Temporal.Instant): string =>
  [summaryOf(announcement, now), phasesText(announcement, now), historyText(announcement)].join('\n\n');

/** One line per announcement. */
export function lineOf(announcement: Announcement, now: Temporal.Instant): string {
  const waiting = phasesOf(announcement).filter((phase) => isWaiting(announcement, phase, now));
  return [announcement.id, stateOf(announcement, now), announcement.headline]
    .concat(waiting.map(({ id }) => `WAITS FOR APPROVAL: ${id}`))
    .join('  ');
}

/** `Freitag, 29. April 2022, 07:00` in the portal's zone. */
export function momentText(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(portal.timeZone);
  return `${fullDate(local.toPlainDate())}, ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

function summaryOf(announcement: Announcement, now: Temporal.Instant): string {
  const lines = [
    `${announcement.id} (${announcement.kind}, ${stateOf(announcement, now)})`,
    `[${announcement.icon}] ${announcement.headline}`,
    announcement.text.trim(),
  ];
  if (isFreezing(announcement)) {
    const from = Temporal.PlainDate.from(announcement.freezeFrom);
    const until = Temporal.PlainDate.from(announcement.reopenAt);
    lines.push(
      `Frozen from ${fullDate(from)}, open again on ${fullDate(until)}: ${days(from.until(until).days)}`,
    );
  } else {
    lines.push(`Shown up to and including ${fullDate(Temporal.PlainDate.from(announcement.lastDay))}`);
  }
  return lines.join('\n');
}

function stateOf(announcement: Announcement, now: Temporal.Instant): string {
  if (announcement.withdrawn !== undefined) return 'withdrawn';
  if (freezeAt([announcement], now) !== undefined) return 'frozen';
  const phases = phasesOf(announcement);
  const last = phases.at(-1);
  if (last !== undefined && (isOver(last, now) || (last.kind === 'reopen' && hasBegun(last, now))))
    return 'over';
  return phases.some((phase) => hasBegun(phase, now)) ? 'announced' : 'planned';
}

function phasesText(announcement: Announcement, now: Temporal.Instant): string {
  const phases = phasesOf(announcement);
  const planned = phases.map((phase) => {
    const record = announcement.phases[phase.id];
    const state =
      record?.mail ??
      (isWaiting(announcement, phase, now) ? 'waits for approval' : isOver(phase, now) ? 'overtaken' : '');
    return `  ${phase.id.padEnd(12)} ${momentText(phase.mailsAt)}${state === '' ? '' : `  ${state}`}`;
  });
  const earlier = Object.entries(announcement.phases)
    .filter(([id, record]) => record?.mail === 'sent' && !phases.some((phase) => phase.id === id))
    .map(
      ([id, record]) => `  ${id.padEnd(12)} ${momentText(Temporal.Instant.from(record?.mailAt ?? ''))}  sent`,
    );
  return ['Phases (mails go out at)', ...earlier, ...planned].join('\n');
}

const isWaiting = (announcement: Announcement, phase: Phase, now: Temporal.Instant): boolean =>
  announcement.phases[phase.id]?.mail === undefined &&
  !isOver(phase, now) &&
  Temporal.Instant.compare(phase.mailsAt, now) <= 0 &&
  waitsFor(announcement, phase, now) !== undefined;

function audienceText(announcement: Announcement, now: Temporal.Instant, mailsPerSecond: number): string {
  const { audience, audienceSize } = announcement;
  const mailings = phasesOf(announcement).filter((phase) => !isOver(phase, now)).length;
  const mails = mailings * audienceSize;
  const seconds = Math.ceil(audienceSize / (mailsPerSecond * bulkShare));
  const lines = [
    `Audience: ${audienceSize} confirmed subscribers (${audience === 'alle' ? 'everyone' : audience.join(', ')})`,
    `Mails: ${mailings} × ${audienceSize} = ${mails}, about $${((mails / 1000) * dollarsPerThousand).toFixed(2)}; ` +
      `each time ${seconds} s at ${mailsPerSecond} mails per second`,
  ];
  if (audienceSize > announcementRules.approvalAbove) {
    lines.push(
      `More than ${announcementRules.approvalAbove} people: mails wait until a second person runs ` +
        `"herold announce approve ${announcement.id}"`,
    );
  }
  return lines.join('\n');
}

function surfacesOf(announcement: Announcement, now: Temporal.Instant, baseUrl: URL): string[] {
  const today = dayOf(now);
  const mails = phasesOf(announcement).map((phase) => {
    const edition = announcementEdition({ announcement, kind: phase.kind, now: phase.mailsAt, baseUrl });
    const attached = edition.attachments.map(({ filename }) => ` (with ${filename})`).join('');
    return heading(`Mail of ${phase.id}${attached}`, `${edition.subject}\n\n${edition.text.trim()}`);
  });
  const { title, paragraphs } = phaseMessage(announcement, 'advance', now);
  return [
    ...mails,
    heading(
      'Banner on all pages, /hinweise.html, /hinweise.json',
      [`[${announcement.icon}] ${announcement.headline}`, ...paragraphs].join('\n'),
    ),
    heading('Entry in every feed of its topics and in /feeds/hinweise, one more with each phase', title),
    ...(isFreezing(announcement)
      ? [
          heading('Calendar file', calendarFile(announcement, baseUrl).trim()),
          heading(
            '/redaktionsstatus and webhook',
            `frozen from ${momentText(startOf(announcement.freezeFrom))} to ${momentText(startOf(announcement.reopenAt))}`,
          ),
        ]
      : []),
    `Today is ${fullDate(today)}.`,
  ];
}

const heading = (title: string, text: string): string => `── ${title}\n${text}`;

const startOf = (date: string): Temporal.Instant =>
  Temporal.PlainDate.from(date).toZonedDateTime(portal.timeZone).toInstant();

function historyText({ created, moved, withdrawn, approvals }: Announcement): string {
  const line = (what: string, { at, by }: { at: string; by: string }): string =>
    `  ${momentText(Temporal.Instant.from(at))}  ${what} by ${by}`;
  return [
    'On record',
    line('made', created),
    ...(moved === undefined
      ? []
      : [line(`moved from ${moved.from.freezeFrom}..${moved.from.reopenAt}`, moved)]),
    ...approvals.map((approval) => line('approved', approval)),
    ...(withdrawn === undefined ? [] : [line('withdrawn', withdrawn)]),
  ].join('\n');
}

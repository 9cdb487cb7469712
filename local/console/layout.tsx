import type { Child, FC } from 'hono/jsx';
import { portal } from '../../config/portal.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { nextSlot } from '../../functions/runs/slots.ts';

/** What every page of the console shows around its own matter. */
export interface Frame {
  now: Temporal.Instant;
  aheadMs: number;
  /** The clock is on its way there. */
  destination: Temporal.Instant | undefined;
}

const pages = [
  ['/_local/', 'Overview'],
  ['/_local/articles', 'Articles'],
  ['/_local/announcements', 'Announcements'],
  ['/_local/runs', 'Runs'],
  ['/_local/outbox', 'Outbox'],
  ['/_local/queues', 'Queues'],
] as const;

export const Page: FC<{ title: string; path: string; frame: Frame; children: Child }> = ({
  title,
  path,
  frame,
  children,
}) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      {/* Only while the clock moves by itself is there something to watch. */}
      {frame.destination !== undefined && <meta http-equiv="refresh" content="1" />}
      <title>{title} · Herold on this machine</title>
      <link rel="stylesheet" href="/_local/style.css" />
      <link rel="icon" href="data:," />
    </head>
    <body>
      <header class="top">
        <div class="wrap">
          <strong>
            Herold <small>on this machine</small>
          </strong>
          <nav aria-label="Console">
            {pages.map(([href, label]) => (
              <a href={href} aria-current={path === href ? 'page' : undefined}>
                {label}
              </a>
            ))}
            <a href="/">The portal</a>
          </nav>
        </div>
      </header>
      <ClockBar frame={frame} />
      <main class="wrap">
        <h1>{title}</h1>
        {children}
      </main>
    </body>
  </html>
);

const ClockBar: FC<{ frame: Frame }> = ({ frame: { now, aheadMs, destination } }) => (
  <div class="clock">
    <div class="wrap">
      <span>
        <time datetime={now.toString()}>{longTime(now)}</time>{' '}
        <span class="soft">{aheadMs < 1000 ? 'real time' : `${duration(aheadMs)} ahead of real time`}</span>
      </span>
      {destination === undefined ? (
        <form method="post" action="/_local/clock">
          <button name="to" value="next-digest">
            To the next digest <span class="nowrap">({shortTime(nextSlot('daily', now))})</span>
          </button>
          <button name="to" value="one-day-on">
            One day on
          </button>
          <button name="to" value="one-hour-on" class="quiet">
            One hour on
          </button>
        </form>
      ) : (
        <strong role="status">On the way to {longTime(destination)} …</strong>
      )}
    </div>
  </div>
);

export const Card: FC<{ title: string; aside?: Child; children: Child }> = ({ title, aside, children }) => (
  <section class="card">
    <header>
      <h2>{title}</h2>
      {aside}
    </header>
    <div class="scroll">{children}</div>
  </section>
);

export const Table: FC<{ head: readonly string[]; rows: readonly Child[]; empty: string }> = ({
  head,
  rows,
  empty,
}) =>
  rows.length === 0 ? (
    <p class="empty">{empty}</p>
  ) : (
    <table>
      <thead>
        <tr>
          {head.map((label) => (
            <th scope="col">{label}</th>
          ))}
        </tr>
      </thead>
      <tbody>{rows}</tbody>
    </table>
  );

const tones: Readonly<Record<string, 'good' | 'bad' | 'warn'>> = {
  live: 'good', closed: 'good', accepted: 'good', ok: 'good',
  failed: 'bad', failing: 'bad', unknown: 'bad', gone: 'bad',
  held: 'warn', refused: 'warn', paused: 'warn', claimed: 'warn', planning: 'warn', delivering: 'warn',
}; // prettier-ignore

export const State: FC<{ of: string }> = ({ of }) => <span class={`state ${tones[of] ?? 'soft'}`}>{of}</span>;

const two = (n: number): string => String(n).padStart(2, '0');
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Tue 2026-11-24 07:00`, in the portal's time zone. */
export function longTime(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(portal.timeZone);
  return `${weekdays[local.dayOfWeek - 1] ?? ''} ${local.toPlainDate().toString()} ${two(local.hour)}:${two(local.minute)}`;
}

/** `Tue 07:00` */
const shortTime = (at: Temporal.Instant): string => longTime(at).replace(/ \d{4}-\d\d-\d\d/, '');

/** A moment as it is kept, ISO 8601 or a date alone, for reading. */
export const When: FC<{ at: string | undefined }> = ({ at }) =>
  at === undefined ? (
    <span class="soft">–</span>
  ) : (
    <time class="nowrap" datetime={at}>
      {at.includes('T') ? longTime(Temporal.Instant.from(at)) : at}
    </time>
  );

export const fromMs = (epochMs: number): string => Temporal.Instant.fromEpochMilliseconds(epochMs).toString();

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts.flatMap(([n, unit]) => (n === 0 ? [] : [`${n} ${unit}`])).join(' ') || 'less than a minute';
}

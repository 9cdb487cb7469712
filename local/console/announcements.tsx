import type { FC } from 'hono/jsx';
import { isFreezing, type Announcement } from '../../functions/announcements/announcement.ts';
import { waitsFor } from '../../functions/announcements/due-work.ts';
import type { EditorialStatus } from '../../functions/announcements/freeze.ts';
import { announcementPath, calendarPath } from '../../functions/announcements/paths.ts';
import { hasBegun, isOver, phasesOf, type Phase } from '../../functions/announcements/phases.ts';
import type { StatusChange } from '../../functions/announcements/status-change.ts';
import type { Temporal } from '../../functions/platform/time.ts';
import { Card, longTime, State, Table, When } from './layout.tsx';

interface Props {
  announcements: readonly Announcement[];
  status: EditorialStatus;
  changes: readonly StatusChange[];
  /** Articles, and corrections of articles, that wait. */
  held: number;
  now: Temporal.Instant;
}

/** The calendar of phases, the way to each of them, and what came of it. */
export const Announcements: FC<Props> = ({ announcements, status, changes, held, now }) => (
  <>
    <Card title="Editorial status">
      <p>
        <strong>{status.state}</strong> since <When at={status.since ?? undefined} />, until{' '}
        <When at={status.until ?? undefined} />. <a href="/_local/articles?state=held">{held} held</a> ·{' '}
        <a href="/redaktionsstatus">/redaktionsstatus</a> · <a href="/hinweise.json">/hinweise.json</a> ·{' '}
        <a href="/hinweise.html">/hinweise.html</a> · <a href="/feeds/hinweise.atom">feed of notices</a>
      </p>
    </Card>
    {announcements.map((announcement) => (
      <AnnouncementCard announcement={announcement} now={now} />
    ))}
    {announcements.every((announcement) => isDone(announcement, now)) && (
      <form method="post" action="/_local/announcements">
        <button>Announce a relaunch in two weeks</button>
      </form>
    )}
    <Card title="Changes of the status, as a CMS is told">
      <Table
        head={['Noticed', 'State', 'Until', 'CMS']}
        empty="None yet."
        rows={changes.map(({ at, status: told, state, attempts }) => (
          <tr>
            <td>
              <When at={at} />
            </td>
            <td>{told.state}</td>
            <td>
              <When at={told.until ?? undefined} />
            </td>
            <td>
              {state}
              {attempts.map(({ outcome }) => ` · ${outcome}`)}
            </td>
          </tr>
        ))}
      />
    </Card>
  </>
);

const AnnouncementCard: FC<{ announcement: Announcement; now: Temporal.Instant }> = ({
  announcement,
  now,
}) => (
  <Card
    title={announcement.headline}
    aside={
      isDone(announcement, now) ? undefined : (
        <form method="post" action={`/_local/announcements/${announcement.id}/withdraw`}>
          <button class="quiet">Withdraw</button>
        </form>
      )
    }
  >
    <p>
      {announcement.id} · <a href={announcementPath(announcement.id)}>its page</a>
      {isFreezing(announcement) && (
        <>
          {' '}
          · <a href={calendarPath(announcement.id)}>calendar file</a> · {announcement.freezeFrom} to{' '}
          {announcement.reopenAt}
        </>
      )}
    </p>
    <Table
      head={['Phase', 'Shows from', 'Mails from', 'What came of it', '']}
      empty="None: it was withdrawn before anyone was told."
      rows={phasesOf(announcement).map((phase) => (
        <tr>
          <td>{phase.id}</td>
          <td>{longTime(phase.begins)}</td>
          <td>{longTime(phase.mailsAt)}</td>
          <td>
            <PhaseState announcement={announcement} phase={phase} now={now} />
          </td>
          <td>
            {!hasBegun({ ...phase, begins: phase.mailsAt }, now) && (
              <form method="post" action="/_local/clock">
                <button name="to" value={phase.mailsAt.toString()} class="quiet">
                  Go there
                </button>
              </form>
            )}
          </td>
        </tr>
      ))}
    />
  </Card>
);

const PhaseState: FC<{ announcement: Announcement; phase: Phase; now: Temporal.Instant }> = ({
  announcement,
  phase,
  now,
}) => {
  const record = announcement.phases[phase.id];
  if (record?.mail === 'sent') {
    return <a href={`/_local/runs/announcement-${announcement.id}-${phase.id}`}>sent</a>;
  }
  if (record?.mail !== undefined) return <State of={record.mail} />;
  if (isOver(phase, now)) return <>overtaken</>;
  const isDue = hasBegun({ ...phase, begins: phase.mailsAt }, now);
  if (isDue && waitsFor(announcement, phase, now) !== undefined) return <>waits for approval</>;
  return <>{record?.begunAt === undefined ? '' : 'shows'}</>;
};

/** Withdrawn, or open again. */
const isDone = (announcement: Announcement, now: Temporal.Instant): boolean => {
  const last = phasesOf(announcement).at(-1);
  return (
    announcement.withdrawn !== undefined ||
    last === undefined ||
    isOver(last, now) ||
    (last.kind === 'reopen' && hasBegun(last, now))
  );
};

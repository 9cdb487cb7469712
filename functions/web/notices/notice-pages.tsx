import type { FC } from 'hono/jsx';
import { portal } from '../../../config/portal.ts';
import { isFreezing, type Announcement } from '../../announcements/announcement.ts';
import { DatesTable } from '../../announcements/dates-table.tsx';
import { dayOf, type EditorialStatus } from '../../announcements/freeze.ts';
import { announcementPath, calendarPath } from '../../announcements/paths.ts';
import { dateRows, phaseMessage, type PhaseMessage } from '../../announcements/phase-message.ts';
import { hasBegun, phasesOf } from '../../announcements/phases.ts';
import { fullDate, paragraphs } from '../../announcements/wording.ts';
import { Temporal } from '../../platform/time.ts';
import { NoticeIcon } from './notice-banner.tsx';

/** One announcement, from its first notice on and for good. */
export const AnnouncementPage: FC<{ announcement: Announcement; now: Temporal.Instant }> = ({
  announcement,
  now,
}) => {
  const state = stateOf(announcement, now);
  return (
    <article class="column">
      <p class="notice-icon">
        <NoticeIcon severity={announcement.severity} /> {announcement.icon}
      </p>
      <h1>{announcement.headline}</h1>
      {state !== undefined && (
        <div class="notice-state">
          <p>
            <strong>{state.title}.</strong> {state.paragraphs[0]}
          </p>
        </div>
      )}
      {paragraphs(announcement.text).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {isFreezing(announcement) && announcement.withdrawn === undefined && (
        <>
          <div class="dates">
            <DatesTable rows={dateRows(announcement, announcement, dayOf(now), announcement.moved?.from)} />
          </div>
          <p>
            <a href={calendarPath(announcement.id)}>Termin in den Kalender übernehmen (ICS-Datei)</a>
          </p>
        </>
      )}
    </article>
  );
};

/** All announcements that people have been told of, the latest first. */
export const AnnouncementsPage: FC<{ announcements: readonly Announcement[]; now: Temporal.Instant }> = ({
  announcements,
  now,
}) => {
  const told = announcements.filter((announcement) => isPublic(announcement, now));
  return (
    <div class="column">
      <h1>Hinweise der Redaktion</h1>
      {told.length === 0 && <p>Zurzeit gibt es keine Hinweise.</p>}
      <ul class="feed-list">
        {told
          .toSorted((a, b) => (a.announceAt < b.announceAt ? 1 : -1))
          .map((announcement) => (
            <li>
              <h2>
                <a href={announcementPath(announcement.id)}>{announcement.headline}</a>
              </h2>
              {isFreezing(announcement) && (
                <p>
                  {fullDate(Temporal.PlainDate.from(announcement.freezeFrom))} bis{' '}
                  {fullDate(Temporal.PlainDate.from(announcement.reopenAt).subtract({ days: 1 }))}
                  {announcement.withdrawn !== undefined && ' (zurückgezogen)'}
                </p>
              )}
            </li>
          ))}
      </ul>
      <p>
        <a href="/feeds/hinweise/">Hinweise als Feed abonnieren</a>
      </p>
    </div>
  );
};

/** The editorial status for people. Programs get the same as JSON. */
export const StatusPage: FC<{ status: EditorialStatus; now: Temporal.Instant }> = ({ status, now }) => (
  <div class="column">
    <h1>Redaktionsstatus</h1>
    {status.state === 'open' ? (
      <>
        <p class="standfirst">Geöffnet: Sie können Inhalte wie gewohnt einpflegen.</p>
        {status.until !== null && <p>Der nächste Redaktionsstopp beginnt am {whenIn(status.until)}.</p>}
      </>
    ) : (
      <>
        <p class="standfirst">Geschlossen: Zurzeit können Sie von extern keine Inhalte einpflegen.</p>
        <p>{status.reason}</p>
        {status.until !== null && <p>Wieder geöffnet ab {whenIn(status.until)}.</p>}
      </>
    )}
    <p class="hint">Stand: {whenIn(now.toString())}</p>
  </div>
);

/** Has anyone been told of it, so that its page may be read? */
export const isPublic = (announcement: Announcement, now: Temporal.Instant): boolean =>
  announcement.withdrawn === undefined
    ? phasesOf(announcement).some((phase) => hasBegun(phase, now))
    : announcement.withdrawn.told;

/** What holds now beside the notice's own words, which speak of what is to come. */
function stateOf(announcement: Announcement, now: Temporal.Instant): PhaseMessage | undefined {
  const current = phasesOf(announcement).findLast((phase) => hasBegun(phase, now));
  if (current === undefined || current.kind === 'advance' || current.kind === 'reminder') return undefined;
  return phaseMessage(announcement, current.kind, now);
}

function whenIn(moment: string): string {
  const at = Temporal.Instant.from(moment).toZonedDateTimeISO(portal.timeZone);
  return `${fullDate(at.toPlainDate())}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })} Uhr`;
}

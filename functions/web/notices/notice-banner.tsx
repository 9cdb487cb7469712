import type { FC } from 'hono/jsx';
import { isFreezing, type Announcement } from '../../announcements/announcement.ts';
import { freezeAt } from '../../announcements/freeze.ts';
import { announcementPath, calendarPath } from '../../announcements/paths.ts';
import { phaseMessage } from '../../announcements/phase-message.ts';
import { shownAt } from '../../announcements/shown.ts';
import type { Temporal } from '../../platform/time.ts';

interface BannerProps {
  announcements: readonly Announcement[];
  now: Temporal.Instant;
  /** Links are absolute: the same markup stands in other sites' pages. */
  baseUrl: URL;
}

/** The notices in force, as they stand at the head of every page and in `/hinweise.html`; nothing when there is none. */
export const NoticeBanner: FC<BannerProps> = ({ announcements, now, baseUrl }) => (
  <>
    {shownAt(announcements, now).map((announcement) => (
      <Notice announcement={announcement} now={now} baseUrl={baseUrl} />
    ))}
  </>
);

const Notice: FC<Omit<BannerProps, 'announcements'> & { announcement: Announcement }> = ({
  announcement,
  now,
  baseUrl,
}) => {
  const headingId = `hinweis-${announcement.id}`;
  const frozen = freezeAt([announcement], now) !== undefined;
  const { paragraphs } = phaseMessage(announcement, frozen ? 'freeze' : 'advance', now);
  return (
    <section class={`notice notice-${announcement.severity}`} aria-labelledby={headingId}>
      <p class="notice-icon">
        <NoticeIcon severity={announcement.severity} /> {announcement.icon}
      </p>
      <h2 id={headingId}>{announcement.headline}</h2>
      {paragraphs.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <p class="notice-links">
        <a href={new URL(announcementPath(announcement.id), baseUrl).href}>Alle Termine</a>
        {isFreezing(announcement) && (
          <a href={new URL(calendarPath(announcement.id), baseUrl).href}>In den Kalender übernehmen (ICS)</a>
        )}
      </p>
    </section>
  );
};

/** Drawn beside the words that say the same, so it is silent. */
export const NoticeIcon: FC<Pick<Announcement, 'severity'>> = ({ severity }) => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    aria-hidden="true"
    focusable="false"
  >
    {severity === 'warning' ? (
      <path d="M10 2 19 18H1ZM10 8v5M10 15v1" stroke-linejoin="round" />
    ) : (
      <path d="M10 1a9 9 0 1 1 0 18 9 9 0 1 1 0-18ZM10 5v1M10 9v6" />
    )}
  </svg>
);

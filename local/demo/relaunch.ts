import { portal } from '../../config/portal.ts';
import {
  announcementId,
  makeAnnouncement,
  type Announcement,
} from '../../functions/announcements/announcement.ts';
import { dayOf } from '../../functions/announcements/freeze.ts';
import { day } from '../../functions/announcements/wording.ts';
import { isoMillis, type Temporal } from '../../functions/platform/time.ts';

/** Days from the announcement to the freeze, and how long it lasts. */
const noticeDays = 15;
const freezeDays = 10;

/** The relaunch that the portal once announced, in the same words, two weeks ahead of `now`. */
export function demoRelaunch(now: Temporal.Instant, audienceSize: number): Announcement {
  const today = dayOf(now);
  const from = today.add({ days: noticeDays });
  const until = from.add({ days: freezeDays });
  const draft = {
    kind: 'relaunch' as const,
    severity: 'warning' as const,
    icon: 'Achtung',
    headline: `Relaunch - Am ${day(until, today)} ist es soweit:`,
    text: [
      `Unter der bekannten Adresse finden Sie unser Angebot als „${portal.name}“ – mit vollständig neuem Look.`,
      `Daher erfolgt ab dem ${day(from, today)} ein Redaktionsstopp. Ab diesem Zeitpunkt können Sie von extern keine Inhalte mehr einpflegen.`,
      `Ab dem ${day(until, today)} können Sie alle Angebote wieder wie gewohnt nutzen.`,
    ].join('\n'),
    audience: 'alle' as const,
    freezeFrom: from.toString(),
    reopenAt: until.toString(),
    reminderDays: [14, 3, 1],
  };
  const id = announcementId(draft, today);
  return makeAnnouncement(draft, { id, by: 'console', at: isoMillis(now), audienceSize });
}

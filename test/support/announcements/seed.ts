import { readAnnouncementFile } from '../../../functions/announcements/announcement-file.ts';
import {
  makeAnnouncement,
  type Announcement,
  type AnnouncementDraft,
  type FreezingAnnouncement,
  type FreezingDates,
  type DraftText,
} from '../../../functions/announcements/announcement.ts';
import { Temporal } from '../../../functions/platform/time.ts';

/** The notice from the portal's page, as it stands there. */
export const seedNotice = `Achtung Icon

Relaunch - Am 23. Mai ist es soweit:

Unter der bekannten Adresse finden Sie unser Angebot als „Portal der Kinder- und Jugendhilfe“ – mit vollständig neuem Look.
Daher erfolgt ab dem 29. April ein Redaktionsstopp. Ab diesem Zeitpunkt können Sie von extern keine Inhalte mehr einpflegen.
Ab dem 23. Mai können Sie alle Angebote wieder wie gewohnt nutzen.
`;

export const seedFile = `kind: relaunch
severity: warning
icon: Achtung
headline: "Relaunch - Am 23. Mai ist es soweit:"
text: |
  Unter der bekannten Adresse finden Sie unser Angebot als „Portal der Kinder- und Jugendhilfe“ – mit vollständig neuem Look.
  Daher erfolgt ab dem 29. April ein Redaktionsstopp. Ab diesem Zeitpunkt können Sie von extern keine Inhalte mehr einpflegen.
  Ab dem 23. Mai können Sie alle Angebote wieder wie gewohnt nutzen.
freezeFrom: 2022-04-29
reopenAt: 2022-05-23
`;

export function draftOf(yaml: string): AnnouncementDraft {
  const reading = readAnnouncementFile(yaml);
  if (reading.draft === undefined) throw new Error(reading.problems.join('\n'));
  return reading.draft;
}

export const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

/** The seed's relaunch, made on 1 April 2022 at noon. */
export const seedRelaunch = (changes: Partial<Announcement> = {}): FreezingAnnouncement =>
  ({
    ...makeAnnouncement(draftOf(seedFile), {
      id: 'relaunch-2022-04-29',
      by: 'anna',
      at: '2022-04-01T10:00:00.000Z',
      audienceSize: 3,
    }),
    ...changes,
  }) as FreezingAnnouncement;

/** A freeze with neutral words, from one day to another. */
export const freezeDraft = (
  freezeFrom: string,
  reopenAt: string,
  changes: Partial<DraftText> = {},
): DraftText & FreezingDates => ({
  kind: 'freeze',
  severity: 'warning',
  icon: 'Achtung',
  headline: 'Redaktionsstopp',
  text: 'Von extern können Sie keine Inhalte einpflegen.',
  audience: 'alle',
  reminderDays: [14, 3, 1],
  freezeFrom,
  reopenAt,
  ...changes,
});

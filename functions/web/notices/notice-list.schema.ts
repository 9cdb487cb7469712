import * as z from 'zod';
import { freezingKinds } from '../../announcements/announcement.ts';
import { noticeListVersion } from './notice-list.ts';

const date = z.iso.date().meta({ description: 'Day in the portal’s time zone' });
const moment = z.iso.datetime().meta({ description: 'Moment in UTC' });

/** What `GET /redaktionsstatus` answers. */
const editorialStatusSchema = z.object({
  state: z.enum(['open', 'frozen']),
  since: moment.nullable(),
  until: moment.nullable(),
  reason: z.string().nullable(),
  retryAfter: z.int().nullable().meta({ description: 'Seconds until contributions are taken again' }),
});

/** What `GET /hinweise.json` answers; published as JSON Schema beside it. */
export const noticeListSchema = z.object({
  version: z.literal(noticeListVersion),
  status: editorialStatusSchema,
  notices: z.array(
    z.object({
      id: z.string(),
      kind: z.enum([...freezingKinds, 'notice']),
      severity: z.enum(['information', 'warning']),
      icon: z.object({ alt: z.string().min(1) }),
      headline: z.string(),
      text: z.string().meta({ description: 'Plain text, one paragraph a line' }),
      freezeFrom: date.nullable().meta({ description: 'First day of the freeze' }),
      reopenAt: date.nullable().meta({ description: 'First day on which everything is open again' }),
      lastDay: date.nullable().meta({ description: 'Last day of a notice without a freeze' }),
      topics: z.union([z.literal('alle'), z.array(z.string())]),
      url: z.url(),
      calendar: z.url().nullable(),
    }),
  ),
});

export const noticeListJsonSchema = () => z.toJSONSchema(noticeListSchema);

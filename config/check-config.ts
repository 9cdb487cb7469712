import * as z from 'zod';
import { announcementRules } from './announcements.ts';
import { announcementsSchema } from './announcements.schema.ts';
import { checked } from './checked.ts';
import { feeds } from './feeds.ts';
import { feedsSchema } from './feeds.schema.ts';
import { portal } from './portal.ts';
import { portalSchema } from './portal.schema.ts';
import { redirects } from './redirects.ts';
import { redirectsSchema } from './redirects.schema.ts';
import { sources } from './sources.ts';
import { sourceSchema } from './sources.schema.ts';
import { topics } from './topics.ts';
import { topicsSchema } from './topics.schema.ts';

/**
 * Checks what types can't say of the configuration, at synth, when the local host starts, and in tests. Not in functions:
 * what they start with was checked before it was deployed, and schemas would take a tenth of each start.
 *
 * @throws Error naming the file, with every field that does not fit, the value received, and what would fit
 */
export function checkConfig(): void {
  checked('config/topics.ts', topicsSchema, topics);
  checked('config/portal.ts', portalSchema, portal);
  checked('config/sources.ts', z.array(sourceSchema), sources);
  checked('config/redirects.ts', redirectsSchema, redirects);
  checked('config/feeds.ts', feedsSchema, feeds);
  checked('config/announcements.ts', announcementsSchema, announcementRules);
}

import type * as z from 'zod';
import type { portalSchema } from './portal.schema.ts';

export type Portal = z.infer<typeof portalSchema>;

export const portal = {
  name: 'Portal der Kinder- und Jugendhilfe',
  language: 'de',
  timeZone: 'Europe/Berlin',
  tagAuthority: 'portal-jugendhilfe.example',
  tagDate: '2026-01-01',
  publisher: {
    name: 'Portal der Kinder- und Jugendhilfe',
    address: ['Redaktion Kinder- und Jugendhilfe', 'Musterstraße 1', '10115 Berlin'],
    email: 'redaktion@portal-jugendhilfe.example',
  },
  imprintPath: '/impressum',
  privacyPath: '/datenschutz',
  digest: { at: '07:00', weeklyOn: 1 },
  feedEntries: 50,
  quietAfterDays: 30,
  consentNetwork: 'prefix',
} as const satisfies Portal;

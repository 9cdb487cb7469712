import { parseDocument } from 'yaml';
import * as z from 'zod';
import { topics, type TopicSlug } from '../../config/topics.ts';
import { Temporal } from '../platform/time.ts';
import { freezingKinds, type AnnouncementDraft } from './announcement.ts';

/** A draft, or every problem with its mend. */
export type Reading =
  { draft: AnnouncementDraft; problems?: undefined } | { draft?: undefined; problems: string[] };

/** Characters that fit the banner's two lines, and a mail that is read on a telephone. */
export const lengths = { icon: 40, headline: 120, text: 1200 } as const;

const slugs: readonly string[] = topics.map(({ slug }) => slug);

const date = z.string({ error: missing('write it as 2022-04-29') }).superRefine((value, context) => {
  const problem = dateProblem(value);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

const words = (most: number, mend: string) =>
  z
    .string({ error: missing(mend) })
    .trim()
    .min(1, `is empty; ${mend}`)
    .refine((value) => value.length <= most, {
      error: ({ input }) =>
        `has ${(input as string).length} characters, ${most} fit; shorten it, and link to the rest`,
    });

const reminder = z.string().transform((value, context) => {
  const weeks = /^P(\d{1,2})W$/u.exec(value)?.[1];
  const days = weeks === undefined ? /^P(\d{1,3})D$/u.exec(value)?.[1] : String(Number(weeks) * 7);
  if (days === undefined || Number(days) === 0) {
    context.addIssue({
      code: 'custom',
      message: `is ${JSON.stringify(value)}, no number of days; write P14D for two weeks before`,
    });
    return z.NEVER;
  }
  return Number(days);
});

const shared = {
  severity: z.enum(['information', 'warning'], {
    error: ({ input }) => `is ${JSON.stringify(input)}; write information or warning`,
  }),
  icon: words(lengths.icon, 'say in a word what the icon shows, such as Achtung: some people hear the page'),
  headline: words(lengths.headline, 'write the line that everyone reads first').refine(
    (value) => !value.includes('\n'),
    'has a line break; write it in one line',
  ),
  text: words(lengths.text, 'say what happens and what people should do'),
  audience: z
    .union([
      z.literal('alle'),
      z
        .array(
          z.string().refine((slug) => slugs.includes(slug), {
            error: ({ input }) =>
              `names the topic ${JSON.stringify(input)}, which does not exist; take of: ${slugs.join(', ')}`,
          }),
        )
        .min(1, 'names no topic; write alle or at least one topic'),
    ])
    .default('alle'),
  announceOn: date.optional(),
};

const schema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      ...shared,
      kind: z.enum(freezingKinds),
      freezeFrom: date,
      reopenAt: date,
      reminders: z.array(reminder).default([14, 3, 1]),
    }),
    z.strictObject({ ...shared, kind: z.literal('notice'), lastDay: date }),
  ],
  { error: `must be one of ${[...freezingKinds, 'notice'].join(', ')}` },
);

/**
 * Reads an announcement file. Says what is wrong with the file alone; `checkNew` says what is wrong with it beside
 * other announcements and today.
 */
export function readAnnouncementFile(yaml: string): Reading {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) {
    return { problems: document.errors.map(({ message }) => `the file is not YAML: ${message}`) };
  }
  return readAnnouncement(document.toJS());
}

/** Reads an announcement from plain data, whatever it was typed into. */
export function readAnnouncement(value: unknown): Reading {
  const result = schema.safeParse(value);
  if (!result.success) return { problems: result.error.issues.flatMap(problemsOf) };
  const { audience, ...rest } = result.data;
  const common = { audience: audience as 'alle' | TopicSlug[] };
  if (rest.kind === 'notice') return { draft: { ...rest, ...common } };
  const { reminders, ...dates } = rest;
  return { draft: { ...dates, ...common, reminderDays: [...new Set(reminders)] } };
}

function problemsOf(issue: z.core.$ZodIssue): string[] {
  const field = issue.path.filter((step) => typeof step === 'string').join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${key} is no field of this kind of announcement; remove it`);
  }
  // Of the two forms an audience can have, the list tells more.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return (issue.errors.at(-1) ?? []).flatMap((inner) =>
      problemsOf({ ...inner, path: [...issue.path, ...inner.path] }),
    );
  }
  return [`${field === '' ? 'the announcement' : field} ${issue.message}`];
}

function missing(mend: string) {
  return ({ input }: { input?: unknown }) =>
    input === undefined || input === null ? `is missing; ${mend}` : `is ${JSON.stringify(input)}; ${mend}`;
}

function dateProblem(value: string): string | undefined {
  if (!/\d{4}/u.test(value))
    return `is ${JSON.stringify(value)}, a date without a year; write it as 2022-04-29`;
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) return `is ${JSON.stringify(value)}; write it as 2022-04-29`;
  try {
    Temporal.PlainDate.from(value, { overflow: 'reject' });
    return undefined;
  } catch {
    return `is ${value}, a day that no calendar has; write one that exists`;
  }
}

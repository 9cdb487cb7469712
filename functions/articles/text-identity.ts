import { portal } from '../../config/portal.ts';
import { dayIn } from '../platform/time.ts';
import { sourceMoment, type ArticleContent } from './article.ts';

/** Fewer words than these are no sign: "Einladung zur Pressekonferenz" is the headline of many releases. */
const headlineWords = 4;
/** Words of the lead that are compared. Teasers are cut off at different places, so the whole lead is no measure. */
const leadWords = 12;

/**
 * What one release has in common wherever it is carried: its headline, its day and how its text begins, without case and
 * punctuation. Two sources seldom word the same release alike in fewer words, and never different ones in so many.
 *
 * @returns `undefined` for a release that says too little to be told from another one
 */
export function textIdentity(content: ArticleContent): string | undefined {
  const headline = words(content.headline);
  const lead = words(content.lead === '' ? (content.body?.text ?? '') : content.lead).slice(0, leadWords);
  if (headline.length < headlineWords || lead.length < leadWords) return undefined;
  return [dayOf(content.sourceDate), ...headline, '|', ...lead].join(' ');
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The day in Germany; one source may name the day alone, and another one the minute. */
const dayOf = (sourceDate: string): string =>
  dayIn(portal.timeZone, sourceMoment(sourceDate, portal.timeZone)).toString();

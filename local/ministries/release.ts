import type { TopicSlug } from '../../config/topics.ts';

/** A press release as a ministry's office wrote it. All offices, people and places are made up. */
export interface Release {
  /** Part of its address; unique within the ministry. */
  slug: string;
  topic: TopicSlug;
  headline: string;
  lead: string;
  /** Paragraphs. */
  text: readonly string[];
  image?: { alt: string; credit: string };
}

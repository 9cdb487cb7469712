/** A part of a letter. Its HTML and its text are made from the same words. */
export type Block = { paragraph: string } | { list: string[] } | { link: { label: string; url: string } };

/** A mail that someone waits for: says what it must, and advertises nothing (§ 7 UWG). */
export interface Letter {
  subject: string;
  blocks: Block[];
}

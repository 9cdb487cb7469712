/** A page that takes longer is broken off, and whatever it had begun with it. In seconds. */
export const pageSeconds = 15;

/** What a page has begun to change is written by then, or never will be. In seconds. */
export const changesSettleSeconds = pageSeconds + 5;

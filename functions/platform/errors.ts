/**
 * Whether a failed message is worth another try is a type, never a substring of a text.
 * Anything else that is thrown counts as {@link Retry}: a fault that nobody foresaw may pass.
 */
export class Retry extends Error {
  override readonly name = 'Retry';
}

/**
 * The message can never succeed. It goes to the dead-letter queue with its remaining receives
 * used up, so that an operator sees it; nothing is dropped in silence.
 */
export class Discard extends Error {
  override readonly name = 'Discard';
}

/** A conditional write lost against another writer. The caller decides what that means. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

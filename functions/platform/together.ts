/**
 * Waits for calls that are under way at once, until all of them have come to their end.
 *
 * `Promise.all` rejects at the first failure and leaves the others under way. On Lambda they would stand still when the
 * function answers, and go on in the middle of a later invocation.
 *
 * @throws what the first of those that failed threw, in the order of `calls`
 */
export async function together<C extends readonly unknown[] | []>(
  calls: C,
): Promise<{ -readonly [K in keyof C]: Awaited<C[K]> }> {
  await Promise.allSettled(calls);
  return Promise.all(calls); // eslint-disable-line no-restricted-syntax -- none is under way any more
}

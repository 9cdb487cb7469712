/**
 * A deep copy of plain data that nobody can change: what the in-memory stores keep and give out, so that a row is copied
 * when it is written, and not with every reading. Bytes can't be made unchangeable; they are copied once all the same.
 */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map((each: unknown) => copyOf(each))) as T;
  if (value instanceof Uint8Array) return new Uint8Array(value) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  const copy = { ...value } as Record<string, unknown>;
  for (const name in copy) {
    const inner = copy[name];
    if (typeof inner === 'object') copy[name] = copyOf(inner);
  }
  return Object.freeze(copy) as T;
}

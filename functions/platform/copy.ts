/**
 * A deep copy of plain data: what the in-memory stores keep and give out. Not `structuredClone`, which was most of the
 * time of whatever runs on them.
 */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => copyOf(each)) as T;
  if (value instanceof Uint8Array) return new Uint8Array(value) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = copyOf((value as Record<string, unknown>)[name]);
  return copy as T;
}

import type { AttributeValue } from 'aws-lambda';

/** A row as a stream shows it. */
export const imageOf = (row: object): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(row as Record<string, unknown>)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, attributeOf(value)]),
  );

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (typeof value === 'object' && value !== null) return { M: imageOf(value) };
  return { NULL: true };
}

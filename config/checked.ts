import type * as z from 'zod';

/**
 * Checks a config value when its module loads, so at synth and in tests, and keeps its literal types.
 *
 * @throws Error with every field that does not fit, the value received, and what would fit.
 */
export function checked<const T>(file: string, schema: z.ZodType, value: T): T {
  const result = schema.safeParse(value);
  if (result.success) return value;
  const problems = result.error.issues.map((issue) => {
    const received = issue.path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      value,
    );
    return `  ${issue.path.join('.') || '(all of it)'} is ${JSON.stringify(received)}: ${issue.message}`;
  });
  throw new Error(`${file} does not fit:\n${problems.join('\n')}`);
}

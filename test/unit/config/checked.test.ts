import * as z from 'zod';
import { checkConfig } from '../../../config/check-config.ts';
import { checked } from '../../../config/checked.ts';
import { sourceSchema } from '../../../config/sources.schema.ts';
import { sourceDefaults, sources } from '../../../config/sources.ts';
import { topics } from '../../../config/topics.ts';

test('a value that does not fit is shown with its field and the mend', () => {
  const schema = z.strictObject({
    rate: z.number().max(10, 'must be at most 10'),
    list: z.array(z.string()),
  });
  expect(() => checked('config/example.ts', schema, { rate: 11, list: ['a', 1], extra: true })).toThrow(
    /^config\/example\.ts does not fit:\n {2}rate is 11: must be at most 10\n {2}list\.1 is 1: .*\n {2}\(all of it\) is .*extra/,
  );
});

test('what stands in config/ fits', () => {
  expect(checkConfig).not.toThrow();
});

test('a source that says nothing else is as the defaults say, by the schema as by the file', () => {
  const definition = { id: 'x', issuer: 'Amt', url: 'https://x.example/' };
  expect(sourceSchema.parse(definition)).toEqual({ ...definition, ...sourceDefaults });
});

test('sources have ids of their own, and topics that exist', () => {
  expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length);
  expect(
    sourceSchema.safeParse({ id: 'x', issuer: 'Amt', url: 'https://x.example/', topics: ['nirgends'] })
      .success,
  ).toBe(false);
});

test('no alias leads to two topics', () => {
  const names = topics.flatMap(({ label, aliases }) => [label, ...aliases].map((name) => name.toLowerCase()));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

import { text, type EnvContract, type EnvReader } from '../platform/env.ts';

/** `none`, or `host:port` pairs joined by commas. */
const hosts: EnvReader<ReadonlySet<string>> = (value) => {
  if (value === 'none') return new Set();
  const list = value.split(',').map((host) => host.trim());
  const odd = list.find((host) => !/^[^\s:]+:\d+$/.test(host));
  if (odd !== undefined) throw new Error('must be none, or host:port pairs joined by commas');
  return new Set(list);
};

export const ingestEnv = {
  CONTENT_TABLE: text,
  /** Private bucket; keeps bodies that could not be taken in. */
  ARCHIVE_BUCKET: text,
  /** What ingest may fetch from although it is private: the demo ministries of the local host. */
  ALLOWED_SOURCE_HOSTS: hosts,
} satisfies EnvContract;

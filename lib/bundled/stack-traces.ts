import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

// Part of each bundle (../pipeline-function.ts): stack traces name the sources. The map is read for the first trace that
// someone looks at; Node's own --enable-source-maps reads it at each start, for 10 to 20 ms of processor time.

/** Where the files of the bundle are, each with its map beside it. */
const folder = new URL('.', import.meta.url).href;
/** `functionName (file:///var/task/index.mjs:1:2345)` */
const asText = String as (frame: NodeJS.CallSite) => string;
const maps = new Map<string, SourceMap>();

// Called when the trace of an error is asked for the first time (https://v8.dev/docs/stack-trace-api).
Error.prepareStackTrace = (error, frames) => {
  return [String(error), ...frames.map((frame) => `    at ${placeOf(frame)}`)].join('\n');
};

function placeOf(frame: NodeJS.CallSite): string {
  const text = asText(frame);
  const file = frame.getFileName();
  if (!file?.startsWith(folder)) return text;
  const [line, column] = [frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
  const origin = mapOf(file)?.findOrigin(line, column);
  if (origin === undefined || !('fileName' in origin)) return text;
  // The map names sources by the way from the bundle up to the project.
  const source = origin.fileName.replace(/^(\.\.\/)+/, '');
  return text.replace(`${file}:${line}:${column}`, `${source}:${origin.lineNumber}:${origin.columnNumber}`);
}

/** `undefined` where there is none: without its map, the trace of a bundle is better than no trace. */
function mapOf(file: string): SourceMap | undefined {
  try {
    const map =
      maps.get(file) ?? new SourceMap(JSON.parse(readFileSync(new URL(`${file}.map`), 'utf8')) as Payload);
    maps.set(file, map);
    return map;
  } catch {
    return undefined;
  }
}

type Payload = ConstructorParameters<typeof SourceMap>[0];

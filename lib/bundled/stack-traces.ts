import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

// Part of each bundle (../pipeline-function.ts): stack traces name the sources. The map is read for the first trace that
// someone looks at; Node's own --enable-source-maps reads it at each start, for 10 to 20 ms of processor time.

const bundle = import.meta.url;
/** `functionName (file:///var/task/index.mjs:1:2345)` */
const asText = String as (frame: NodeJS.CallSite) => string;
let map: SourceMap | undefined;

// Called when the trace of an error is asked for the first time (https://v8.dev/docs/stack-trace-api).
Error.prepareStackTrace = (error, frames) => {
  let place = asText;
  try {
    map ??= new SourceMap(JSON.parse(readFileSync(new URL(`${bundle}.map`), 'utf8')) as Payload);
    place = placeBy(map);
  } catch {
    // Without its map, the trace of a bundle is better than none.
  }
  return [String(error), ...frames.map((frame) => `    at ${place(frame)}`)].join('\n');
};

const placeBy =
  (map: SourceMap) =>
  (frame: NodeJS.CallSite): string => {
    const text = asText(frame);
    if (frame.getFileName() !== bundle) return text;
    const [line, column] = [frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
    const origin = map.findOrigin(line, column);
    if (!('fileName' in origin)) return text;
    // The map names sources by the way from the bundle up to the project.
    const source = origin.fileName.replace(/^(\.\.\/)+/, '');
    return text.replace(
      `${bundle}:${line}:${column}`,
      `${source}:${origin.lineNumber}:${origin.columnNumber}`,
    );
  };

type Payload = ConstructorParameters<typeof SourceMap>[0];

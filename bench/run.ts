import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** One measured figure. `bar` says what it should be, `holds` whether it was in this run. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  bar?: string;
  holds?: boolean;
}

export interface Bench {
  default: () => Promise<{ figures: Figure[] }>;
}

/**
 * `npm run bench -- <name> [--json]`: runs `bench/<name>.ts` and prints its figures. Benchmarks report, they fail
 * nothing; ratios are of interleaved runs in one process, since machines differ and drift.
 */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length));
const [name] = positionals;

if (name === undefined || !names.includes(name)) {
  console.error(
    `Usage: npm run bench -- <name> [--json], with one of: ${names.join(', ')}. Received: ${name ?? 'no name'}.`,
  );
  process.exitCode = 2;
} else {
  const bench = (await import(`./${name}.ts`)) as Bench;
  const { figures } = await bench.default();
  if (values.json) console.log(JSON.stringify({ figures }));
  else
    console.table(
      figures.map((figure) => ({
        figure: figure.name,
        value: Number(figure.value.toPrecision(4)),
        unit: figure.unit,
        bar: figure.bar ?? '',
        holds: figure.holds === undefined ? '' : figure.holds ? 'yes' : 'NO',
      })),
    );
}

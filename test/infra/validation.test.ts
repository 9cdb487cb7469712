import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalApp } from '../support/portal.ts';

test.each(['dev', 'prod'])('cdk-nag and the CDK find nothing that is not acknowledged: %s', (stage) => {
  const { app } = portalApp(stage);
  const { directory } = app.synth({ validateOnSynthesis: true });
  const report = readdirSync(directory).find((file) => file.includes('validation-report'));
  const violations =
    report === undefined
      ? []
      : (JSON.parse(readFileSync(join(directory, report), 'utf8')) as Report).pluginReports.flatMap(
          ({ violations: found = [] }) => found.map(({ ruleName }) => ruleName),
        );
  expect(violations).toEqual([]);
});

interface Report {
  pluginReports: { violations?: { ruleName: string }[] }[];
}

const hasCfnLint = spawnSync('cfn-lint', ['--version']).status === 0;
if (!hasCfnLint) console.warn('cfn-lint is not installed: its check of the templates is skipped');

(hasCfnLint ? test : test.skip)(
  'cfn-lint finds nothing',
  () => {
    const { app } = portalApp('prod');
    const outdir = mkdtempSync(join(tmpdir(), 'herold-templates-'));
    const templates = app.synth().stacks.map(({ templateFullPath }) => templateFullPath);
    // W3005: the CDK writes dependencies twice, which is no fault.
    execFileSync('cfn-lint', ['--ignore-checks', 'W3005', '--', ...templates]);
    rmSync(outdir, { recursive: true });
  },
  120_000,
);

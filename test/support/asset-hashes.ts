import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import type * as lib from '../../lib/pipeline-function.ts';
import { bundlesIn } from './bundles.ts';

// Prints the hash of a bundle as the CDK makes it in each of these folders. The entry uses no packages, because those may
// be linked there from elsewhere.
for (const folder of process.argv.slice(2)) {
  const { PipelineFunction } = (await import(
    pathToFileURL(join(folder, 'lib/pipeline-function.ts')).href
  )) as typeof lib;
  const outdir = join(folder, 'cdk.out');
  const app = new App({ outdir });
  const stack = new Stack(app, 'Try');
  new PipelineFunction(stack, 'Batch', {
    entry: 'functions/platform/batch.ts',
    env: {},
    environment: {},
    logDays: 14,
  });
  app.synth();
  console.log(bundlesIn(outdir, 'Try').get('Batch')?.folder);
}

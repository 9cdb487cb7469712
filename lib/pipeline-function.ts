import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  type FunctionProps,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import type { EnvContract, EnvTexts } from '../functions/platform/env.ts';
import { acknowledgePattern } from './acknowledge-pattern.ts';
import { retentionOf, type LogDays } from './log-days.ts';

export interface PipelineFunctionProps<C extends EnvContract> extends Omit<
  FunctionProps,
  'environment' | 'code' | 'handler' | 'runtime'
> {
  /** The handler's file, below the project's root. */
  readonly entry: string;
  /** What the handler reads from its environment. */
  readonly env: C;
  /** Exactly the names of {@link env}: one that is missing, or one too many, does not compile. */
  readonly environment: NoInfer<EnvTexts<C>>;
  /** Days that log lines are kept. */
  readonly logDays: LogDays;
}

/** CommonJS packages inside an ES module bundle ask for `require`, which ES modules do not have. */
const requireInModules =
  "import { createRequire as heroldCreateRequire } from 'node:module';const require = heroldCreateRequire(import.meta.url);";

/**
 * Where the SDK looks for credentials after the environment. Lambda always gives them there, so that these are never
 * loaded, and a tenth of each bundle is saved.
 */
const otherCredentials = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

const root = fileURLToPath(new URL('../', import.meta.url));

/** What is bundled in place of a package, so that no bundle has, and no start loads, more than it uses. */
const insteadOf = {
  // As an ES module, `node:http` is made with all its properties at once, `WebSocket` among them, and so with all of
  // undici: 30 ms of processor time at each start (Node 24). As CommonJS it is not.
  'node:http': 'lib/bundled/node-http.cjs',
  http: 'lib/bundled/node-http.cjs',
  // PostCSS, which sanitize-html brings along, reads source maps with this if it is there; without it, it does not, as in
  // browsers (the "browser" field of its package.json). Nothing of ours has a source map.
  'source-map-js': 'lib/bundled/left-out.ts',
  // Packages that are both ES modules and CommonJS would be in a bundle twice, because some require them.
  entities: 'node_modules/entities/dist/esm',
  htmlparser2: 'node_modules/htmlparser2/dist/esm',
};

/**
 * A handler with all that it uses, as ES modules. What is imported where it is used (`await import(…)`) becomes a file of
 * its own, which a start neither reads nor compiles: compiling costs about 6 ms for each 100 kB. The CDK's own bundling writes one
 * file, and so can't.
 */
function bundled(entry: string): Code {
  const tryBundle = (outdir: string): boolean => {
    buildSync({
      entryPoints: { index: `${root}${entry}` },
      absWorkingDir: root,
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      mainFields: ['module', 'main'],
      minify: true,
      sourcemap: true,
      // The map is for stack traces; what the sources say is in git.
      sourcesContent: false,
      inject: [`${root}lib/bundled/stack-traces.ts`],
      charset: 'utf8',
      external: otherCredentials,
      alias: Object.fromEntries(Object.entries(insteadOf).map(([name, path]) => [name, `${root}${path}`])),
      banner: { js: requireInModules },
      logLevel: 'warning',
    });
    return true;
  };
  return Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    // The CDK keeps bundles by what can be written as JSON of this: the command tells them apart, and is never run.
    bundling: { local: { tryBundle }, image: DockerImage.fromRegistry('none'), command: [entry] },
  });
}

/**
 * One function of the pipeline: its own bundle, role and log group. The role may write its log and nothing else until
 * {@link allow} says so.
 *
 * @default 512 MB, 30 seconds
 */
export class PipelineFunction<C extends EnvContract = EnvContract> extends LambdaFunction {
  readonly executionRole: Role;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps<C>) {
    const { entry, env: _, environment, logDays, ...rest } = props;
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: retentionOf(logDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(30),
      loggingFormat: LoggingFormat.JSON,
      role,
      logGroup,
      ...rest,
      handler: 'index.handler',
      code: bundled(entry),
      environment,
    });
    this.executionRole = role;
  }

  /** Lets the function do actions on what a pattern names, and says why it is not one resource. */
  allowPattern(actions: readonly string[], pattern: string, reason: string): void {
    this.allow(actions, pattern);
    acknowledgePattern(this.executionRole, pattern, reason);
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(actions: readonly string[], ...resources: readonly string[]): void {
    this.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}

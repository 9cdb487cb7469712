import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  Charset,
  NodejsFunction,
  OutputFormat,
  type NodejsFunctionProps,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { EnvContract, EnvTexts } from '../functions/platform/env.ts';
import { acknowledgePattern } from './acknowledge-pattern.ts';
import { retentionOf, type LogDays } from './log-days.ts';

export interface PipelineFunctionProps<C extends EnvContract> extends Omit<
  NodejsFunctionProps,
  'environment'
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
 * One function of the pipeline: its own bundle, role and log group. The role may write its log and nothing else until
 * {@link allow} says so.
 *
 * @default 512 MB, 30 seconds
 */
export class PipelineFunction<C extends EnvContract = EnvContract> extends NodejsFunction {
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
      awsSdkConnectionReuse: false,
      role,
      logGroup,
      ...rest,
      entry: `${root}${entry}`,
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      environment,
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        minify: true,
        sourceMap: true,
        // The map is for stack traces; what the sources say is in git.
        sourcesContent: false,
        inject: [`${root}lib/bundled/stack-traces.ts`],
        bundleAwsSDK: true,
        charset: Charset.UTF8,
        externalModules: otherCredentials,
        esbuildArgs: Object.fromEntries(
          Object.entries(insteadOf).map(([name, path]) => [`--alias:${name}`, `${root}${path}`]),
        ),
        banner: requireInModules,
        ...rest.bundling,
      },
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

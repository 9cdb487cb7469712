import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// The house's import rules (docs/architecture.md): verbs → nouns → platform, verbs never import each other,
// functions know nothing of the CDK, and the AWS SDK stays in adapters.
const verbs = ['clock', 'ingest', 'syndicate', 'notify', 'web'];
const nouns = ['articles', 'announcements', 'sources', 'subscribers', 'runs', 'mail'];

const folders = (names, why) => ({ regex: `^(\\.\\./)+(functions/)?(${names.join('|')})/`, message: why });
const awsOnlyInAdapters = {
  regex: '^@aws-sdk/',
  message:
    'The AWS SDK belongs in adapters (dynamodb-*, ses-*, s3-*, sqs-*, secrets-manager-*) and platform/aws-clients.ts.',
};
const noCdk = { regex: '^(aws-cdk-lib|constructs)(/|$)', message: 'Functions know nothing of the CDK.' };
const noLib = { regex: '^(\\.\\./)+(lib|local|bin)/', message: 'Functions never import lib, local or bin.' };
const noMachineTime = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time is an argument or a Clock (functions/platform/time.ts).',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is an argument or a Clock (functions/platform/time.ts).',
  },
  {
    selector: "MemberExpression[object.object.name='Temporal'][object.property.name='Now']",
    message: 'Time is an argument or a Clock (functions/platform/time.ts).',
  },
];

const noneLeftUnderWay = {
  selector: "MemberExpression[object.name='Promise'][property.name=/^(all|any|race)$/]",
  message:
    'It goes on while calls are under way still: together (functions/platform/together.ts) waits for all.',
};

const zodAsNamespace = {
  selector: "ImportDeclaration[source.value='zod'] > :not(ImportNamespaceSpecifier)[type=/Specifier$/]",
  message: "Write import * as z from 'zod': by any other form all of zod comes into each bundle.",
};

const adapters = ['dynamodb-', 's3-', 'ses-', 'sqs-', 'secrets-manager-'].map(
  (kind) => `functions/**/${kind}*.ts`,
);

/** Import rules for the files of one folder of `functions/`, with and without the right to use the AWS SDK. */
const importRules = (folder, forbidden) => [
  {
    files: [`functions/${folder}/**/*.{ts,tsx}`],
    ignores: [...adapters, 'functions/platform/aws-clients.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [awsOnlyInAdapters, noCdk, noLib, ...forbidden] }],
    },
  },
  {
    files: adapters.map((glob) => glob.replace('functions/**', `functions/${folder}/**`)),
    rules: { 'no-restricted-imports': ['error', { patterns: [noCdk, noLib, ...forbidden] }] },
  },
];

export default tseslint.config(
  { ignores: ['node_modules', 'cdk.out', '.herold', 'coverage', 'dist'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': ['error', zodAsNamespace],
    },
  },
  {
    files: ['functions/**/*.{ts,tsx}', 'lib/**/*.ts'],
    ignores: ['functions/platform/time.ts'],
    rules: { 'no-restricted-syntax': ['error', zodAsNamespace, noneLeftUnderWay, ...noMachineTime] },
  },
  // In-memory adapters keep the asynchronous shape of their port.
  {
    files: ['functions/**/memory-*.ts', 'test/**', 'local/**'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  ...verbs.flatMap((verb) =>
    importRules(verb, [
      folders(
        verbs.filter((other) => other !== verb),
        'Verbs never import each other; what they share is a noun.',
      ),
    ]),
  ),
  ...nouns.flatMap((noun) => importRules(noun, [folders(verbs, 'Nouns never import verbs.')])),
  ...importRules('platform', [
    folders([...verbs, ...nouns], 'platform is the floor: it imports no verb and no noun.'),
  ]),
  {
    files: ['lib/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: 'functions/(?!.*env\\.ts$)', message: 'lib takes only env contracts from functions.' },
          ],
        },
      ],
    },
  },
  { files: ['*.js', 'lib/bundled/*.cjs'], languageOptions: { globals: { process: 'readonly' } } },
);

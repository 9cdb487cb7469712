import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { queues, type QueueName } from '../../config/queues.ts';
import { takeMemoryFolder } from '../../local/data-folder.ts';
import type { LocalFunctions } from '../../local/functions.ts';
import { startHost, type Host } from '../../local/host.ts';
import { invoker, type Handler } from '../../local/lambda.ts';
import { runOnce } from '../../local/once.ts';
import { codeSize, RunningBundle, synthesise, type Bundle } from '../support/bundles.ts';
import { listOf, type Statement } from '../support/portal.ts';
import { recordCalls, type AwsCall } from '../support/recording-proxy.ts';

// The bundles that would be deployed, not the sources, one process each, started as Lambda starts them, from a folder
// without node_modules. Every call that they make to AWS is held against the rights of their roles.

const consumers: Record<QueueName, string> = {
  ingest: 'IngestPoll',
  plan: 'NotifyPlan',
  deliver: 'NotifyDeliver',
  transactional: 'NotifyTransactional',
  feedback: 'NotifyFeedback',
};
const endpointNames = [
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_SES',
  'AWS_ENDPOINT_URL_SQS',
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT_URL_SECRETS_MANAGER',
];

let outdir: string;
let bundles: Map<string, Bundle>;
let host: Host;
let proxy: Awaited<ReturnType<typeof recordCalls>>;
const running: RunningBundle[] = [];

/** Starts a bundle with exactly the variables that its template names, and what Lambda adds. */
function start(name: string): RunningBundle {
  const bundle = bundles.get(name);
  if (bundle === undefined) throw new Error(`There is no bundle ${name}`);
  const environment: Record<string, string> = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: name,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_LAMBDA_FUNCTION_NAME: name,
    METRIC_NAMESPACE: 'Herold/test',
    ...proxy.endpoints,
  };
  const { AWS_ENDPOINT_URL_SQS: sqs = '' } = process.env;
  const { AWS_ENDPOINT_URL_SQS: proxied = '' } = proxy.endpoints;
  for (const variable of bundle.environmentNames) {
    const value = process.env[variable];
    // SQS clients follow a queue's own address, past the endpoint that they were given.
    if (value !== undefined) environment[variable] = value.replace(sqs, proxied);
  }
  const started = new RunningBundle(bundle.folder, environment);
  running.push(started);
  return started;
}

async function loadBundles(activity: Parameters<typeof invoker>[3]): Promise<LocalFunctions> {
  proxy = await recordCalls(Object.fromEntries(endpointNames.map((name) => [name, process.env[name] ?? ''])));
  const load = (name: string, timeoutSeconds: number) => {
    const bundle = start(name);
    const handler: Handler = (event, context) => bundle.invoke(event, context.getRemainingTimeInMillis());
    return invoker(name, handler, timeoutSeconds, activity);
  };
  const consumer = (name: QueueName) => load(consumers[name], queues[name].visibilityTimeoutSeconds / 6);
  return {
    consumers: {
      ingest: consumer('ingest'),
      plan: consumer('plan'),
      deliver: consumer('deliver'),
      transactional: consumer('transactional'),
      feedback: consumer('feedback'),
    },
    syndicate: load('SyndicateWrite', 120),
    clock: load('ClockTick', 50),
    health: load('ClockObserve', 50),
    web: load('WebPages', 15),
  };
}

beforeAll(async () => {
  outdir = mkdtempSync(join(tmpdir(), 'herold-bundles-'));
  bundles = await synthesise(outdir);
  host = await startHost({
    folder: takeMemoryFolder(),
    port: 4290,
    newReleases: false,
    emptyTables: true,
    load: loadBundles,
  });
}, 120_000);

afterAll(async () => {
  await host.stop();
  for (const bundle of running) bundle.stop();
  proxy.stop();
  rmSync(outdir, { recursive: true });
});

test('no bundle is larger than its bar', () => {
  const sizes = [...bundles.values()].map((bundle) => ({ name: bundle.name, bytes: codeSize(bundle).all }));
  const tooLarge = sizes.filter(({ bytes }) => bytes > 1_000_000);
  expect(tooLarge).toEqual([]);
});

test('what few ask for is not loaded at a start', () => {
  // An article's feed, and for pages S3's client, zod and calendars: a fifth at least.
  for (const name of ['IngestPoll', 'WebPages']) {
    const { all, start } = codeSize(bundles.get(name) as Bundle);
    expect([name, start / all < 0.8]).toEqual([name, true]);
  }
});

test('no file of a bundle holds a secret, a person’s address, or what belongs to tests and this machine', () => {
  const files = [...bundles.values()].flatMap(({ name, folder }) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => ({ what: `${name}/${file}`, text: readFileSync(join(folder, file), 'utf8') })),
  );
  expect(files.length).toBeGreaterThanOrEqual(bundles.size);
  const secrets = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
    /aws_secret_access_key\s*[=:]\s*['"][^'"]+/i,
    /"pepper"\s*:\s*"/,
    /pepper for tests/,
    /test\/support|fast-check|jest/,
    new RegExp(process.cwd()),
    /\/home\/|\/Users\/|\/tmp\//,
  ];
  // The portal's own, and the form that addresses have; source maps hold the comments of libraries.
  const known = ['redaktion@portal-jugendhilfe.example', 'name@beispiel.de'];
  const addresses = /\b[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}\b/gi;
  const found = files.flatMap(({ what, text }) => [
    ...secrets.filter((secret) => secret.test(text)).map((secret) => `${what}: ${String(secret)}`),
    ...(what.endsWith('.map') ? [] : (text.match(addresses) ?? []))
      .filter((address) => !known.includes(address))
      .map((address) => `${what}: ${address}`),
  ]);
  expect([...new Set(found)]).toEqual([]);
});

test('a trace from a bundle names the sources', async () => {
  const withoutEnvironment = new RunningBundle(bundles.get('IngestRegister')?.folder ?? '', {});
  const said = await withoutEnvironment.ready.then(String, String);
  const frames = said.split('\n').filter((line) => line.startsWith('    at '));
  expect(frames[0]).toMatch(/ \(functions\/platform\/env\.ts:\d+:\d+\)$/);
  expect(frames[1]).toMatch(/ functions\/ingest\/sync-sources\.handler\.ts:\d+:\d+$/);
});

test('one journey through all bundles: releases become articles, feeds and mails', async () => {
  const { figures, disagreements } = await runOnce(host);
  expect(disagreements).toEqual([]);
  expect(figures.articles.published).toBeGreaterThanOrEqual(60);
  expect(figures.feeds.written).toBeGreaterThan(0);
  expect(figures.mails.accepted).toBeGreaterThanOrEqual(20);
}, 120_000);

test('pages come from their bundle', async () => {
  const page = await fetch(host.url);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
});

test('who signs up gets the mail that they wait for', async () => {
  const page = await (await fetch(`${host.url}/anmeldung`)).text();
  const [, formToken = ''] = /name="f" value="([^"]+)"/.exec(page) ?? [];
  const [, wording = ''] = /name="einwilligung" value="([^"]+)"/.exec(page) ?? [];
  const fields = { f: formToken, adresse: 'neu@reader.example', alle: 'daily', einwilligung: wording };
  await sleep(3000); // faster than this, only robots fill in a form
  const answer = await fetch(`${host.url}/anmeldung`, { method: 'POST', body: new URLSearchParams(fields) });
  expect(answer.status).toBe(200);
  await host.settle(30_000);
  const mails = host.outbox.list().filter(({ destinations }) => destinations.includes('neu@reader.example'));
  expect(mails.map(({ configurationSet }) => configurationSet)).toEqual(['transactional']);
}, 60_000);

test('functions that are started at deployment and by the clock do their work', async () => {
  await start('IngestRegister').invoke({}, 30_000);
  await start('ClockObserve').invoke({}, 30_000);
}, 30_000);

test('no bundle asked AWS for more than its role may do', () => {
  const refused = proxy.calls.filter((call) => !isAllowed(bundles.get(call.who)?.rights ?? [], call));
  const lines = refused.map(({ who, action, resource }) => `${who} ${action} ${resource}`);
  expect([...new Set(lines)].sort()).toEqual([]);
  expect(new Set(proxy.calls.map(({ who }) => who))).toEqual(new Set([...bundles.keys()]));
});

/** Our names on this machine, and what the templates call the same. */
const logicalIds: Record<string, string> = {
  'herold-content': 'TablesContent',
  'herold-subscribers': 'TablesSubscribers',
  'herold-dispatch': 'TablesDispatch',
  'herold-feeds': 'Feeds',
  'herold-archive': 'Archive',
  'herold-keyring': 'KeyringSecret',
  bulk: 'MailStreamsBulk',
  transactional: 'MailStreamsTransactional',
};

function isAllowed(rights: Statement[], { action, resource }: AwsCall): boolean {
  const [name = '', ...key] = resource.split('/');
  const logicalId = action.startsWith('sqs:')
    ? `Queues${name.charAt(0).toUpperCase()}${name.slice(1)}Queue`
    : (logicalIds[name] ?? name);
  return rights.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      listOf(statement.Action).includes(action) &&
      listOf(statement.Resource).some((granted) => names(JSON.stringify(granted), logicalId, key.join('/'))),
  );
}

/** Does a resource as it stands in a template name this one, and this object in it? */
function names(granted: string, logicalId: string, key: string): boolean {
  if (!granted.includes(logicalId)) return false;
  if (key === '') return true;
  const [, pattern = ''] = /"\/([^"]+)"\]\]\}$/.exec(granted) ?? [];
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
}

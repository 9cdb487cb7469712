import { setTimeout as sleep } from 'node:timers/promises';
import type { ParsedMail } from 'mailparser';
import { formsOf } from '../support/html-forms.ts';
import { RunningHost } from '../support/running-host.ts';

// A subscription from sign-up to leaving, with everything going wrong that a person, a queue or a stranger can make go
// wrong; then every line that any function has written is searched.

jest.setTimeout(120_000);

const address = 'Ada.Geheim+probe@leserin.example';
const nextAddress = 'neue.heimlich@umgezogen.example';
let host: RunningHost;
beforeAll(async () => {
  host = await RunningHost.start();
});
afterAll(() => host.stop());

const get = async (path: string): Promise<string> => (await fetch(new URL(path, host.url))).text();

async function post(path: string, fields: Record<string, string>): Promise<string> {
  const answer = await fetch(new URL(path, host.url), {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'x-forwarded-for': '203.0.113.77, 10.0.0.1' },
  });
  return answer.text();
}

/** Sends the form of a page that has this button. */
function submit(page: string, button: string, fields: Record<string, string> = {}): Promise<string> {
  const form = formsOf(page).find((one) => one.button === button);
  if (form === undefined) throw new Error(`the page has no button ${button}: ${page}`);
  return post(form.action, { ...form.fields, ...fields });
}

const linkIn = ({ text = '' }: ParsedMail, page: string): string => {
  const link = new RegExp(`https?://[^\\s/]+(/${page}\\?t=\\S+)`).exec(text)?.[1];
  if (link === undefined) throw new Error(`the mail has no link to ${page}`);
  return link;
};

/** Puts a message into a queue as anyone could who may. */
async function enqueue(name: string, body: string): Promise<void> {
  const url = host.environment()[`${name.toUpperCase()}_QUEUE_URL`] ?? '';
  const answer = await fetch(url.replace(/\/[^/]+$/, '/'), {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
    body: JSON.stringify({ QueueUrl: url, MessageBody: body }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

async function keyringSecrets(): Promise<string[]> {
  const { AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint = '', KEYRING_SECRET: SecretId } = host.environment();
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
    body: JSON.stringify({ SecretId }),
  });
  const { SecretString } = (await answer.json()) as { SecretString: string };
  const { pepper, tokenKeys } = JSON.parse(SecretString) as {
    pepper: string;
    tokenKeys: Record<string, string>;
  };
  return [pepper, ...Object.values(tokenKeys)];
}

test('no address, token, key or query string is in any log, whatever happens', async () => {
  const form = await get('/anmeldung');
  await sleep(3100); // faster than this, only robots fill in a form
  await submit(form, 'Anmelden', { adresse: address, einwilligung: 'nein' });
  const [signUp] = formsOf(form).filter(({ button }) => button === 'Anmelden');
  await submit(form, 'Anmelden', { adresse: address, alle: 'daily', einwilligung: wordingOf(form) });
  const confirmation = linkIn(await host.mailTo(address), 'bestaetigung');
  const confirmed = await submit(await get(confirmation), 'Bestätigen');
  const settings = /href="(\/einstellungen\?t=[^"]+)"/.exec(confirmed)?.[1] ?? '';
  const settingsToken = new URL(settings, host.url).searchParams.get('t') ?? '';
  await post('/einstellungen', { t: settingsToken, aktion: 'adresse', adresse: nextAddress });
  const moved = linkIn(await host.mailTo(nextAddress), 'bestaetigung');
  await submit(await get(moved), 'Bestätigen');
  await post('/datenauskunft', { t: settingsToken });

  // What strangers and broken clients send.
  const tokens = [confirmation, settings, moved].map(
    (link) => new URL(link, host.url).searchParams.get('t') ?? '',
  );
  for (const token of tokens) {
    await get(`/abmeldung?t=${token}`);
    await get(`/einstellungen?t=${token.slice(0, -1)}&adresse=${encodeURIComponent(address)}`);
    await get(`/artikel/${encodeURIComponent(address)}?t=${token}`);
    await post('/abmeldung', { t: `${token}x`, adresse: address });
  }
  await post('/anmeldung', { ...signUp?.fields, adresse: address, f: 'a'.repeat(20_000) });
  for (const queue of ['transactional', 'feedback', 'plan', 'deliver', 'ingest']) {
    await enqueue(queue, address);
    await enqueue(queue, JSON.stringify(address));
    await enqueue(
      queue,
      JSON.stringify({ id: address, kind: address, sid: address, runId: [address], sourceId: 7 }),
    );
  }
  const event = { eventType: address, mail: { destination: [address], commonHeaders: { to: [address] } } };
  await enqueue('feedback', JSON.stringify({ MessageId: 'x', Message: JSON.stringify(event) }));
  await enqueue('feedback', JSON.stringify({ MessageId: 'y', Message: `{"mail":"${address}` }));
  while ((host.logs().match(/can never succeed/g) ?? []).length < 14) await sleep(200);

  const logs = host.logs();
  expect(logs).toContain('"transactional"');
  const needles = [
    ...[
      /ada\.geheim/i,
      /leserin\.example/i,
      /heimlich/i,
      /umgezogen/i,
      /203\.0\.113/,
      /[?&](?:t|f|adresse)=/,
    ],
    ...tokens.map((token) => new RegExp(token.slice(3, 40))),
    ...(await keyringSecrets()).map((secret) => new RegExp(secret.slice(0, 30).replace(/[+/]/g, '\\$&'))),
  ];
  const found = logs.split('\n').filter((line) => needles.some((needle) => needle.test(line)));
  expect(found).toEqual([]);
});

const wordingOf = (form: string): string => /name="einwilligung" value="([^"]+)"/.exec(form)?.[1] ?? '';

import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One action that IAM would have been asked about. */
export interface AwsCall {
  /** Who: the access key that the call was signed with. */
  who: string;
  action: string;
  /** Table, queue, secret, bucket and key, or the like. */
  resource: string;
}

/**
 * Stands before AWS endpoints, passes everything on, and writes down which actions on which resources it was: as IAM
 * sees them, so a transaction is its parts, and HEAD of an object is `s3:GetObject`.
 */
export async function recordCalls(
  endpoints: Readonly<Record<string, string>>,
): Promise<{ endpoints: Record<string, string>; calls: AwsCall[]; stop(): void }> {
  const calls: AwsCall[] = [];
  const servers: Server[] = [];
  const recorded: Record<string, string> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const target = new URL(endpoint);
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        const who = /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? 'nobody';
        calls.push(...actionsOf(name, incoming, body).map((action) => ({ who, ...action })));
        const path = target.pathname.replace(/\/$/, '') + (incoming.url ?? '/');
        const passed = forward(
          {
            host: target.hostname,
            port: target.port,
            method: incoming.method,
            path,
            headers: incoming.headers,
          },
          (answer) => {
            outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(outgoing);
          },
        );
        passed.on('error', () => outgoing.destroy());
        passed.end(body);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    servers.push(server);
    recorded[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  return {
    endpoints: recorded,
    calls,
    stop: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

type Action = Omit<AwsCall, 'who'>;

function actionsOf(service: string, { headers, method, url = '/' }: IncomingMessage, body: Buffer): Action[] {
  const operation = String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  switch (service) {
    case 'AWS_ENDPOINT_URL_DYNAMODB':
      return dynamoDbActions(operation, JSON.parse(body.toString()) as DynamoDbInput);
    case 'AWS_ENDPOINT_URL_SQS': {
      const { QueueUrl } = JSON.parse(body.toString()) as { QueueUrl: string };
      return [
        { action: `sqs:${operation.replace(/Batch$/, '')}`, resource: QueueUrl.split('/').at(-1) ?? '' },
      ];
    }
    case 'AWS_ENDPOINT_URL_SECRETS_MANAGER': {
      const { SecretId } = JSON.parse(body.toString()) as { SecretId: string };
      return [{ action: `secretsmanager:${operation}`, resource: SecretId }];
    }
    case 'AWS_ENDPOINT_URL_SES': {
      const form = new URLSearchParams(body.toString());
      return [
        { action: `ses:${form.get('Action') ?? ''}`, resource: form.get('ConfigurationSetName') ?? '*' },
      ];
    }
    default:
      return [s3Action(method ?? 'GET', url)];
  }
}

function s3Action(method: string, url: string): Action {
  const [path = '', query = ''] = url.split('?', 2);
  const resource = decodeURIComponent(path).replace(/^\//, '').replace(/\/$/, '');
  if (query.includes('list-type')) return { action: 's3:ListBucket', resource };
  const actions: Record<string, string> = {
    GET: 's3:GetObject',
    HEAD: 's3:GetObject',
    PUT: 's3:PutObject',
    DELETE: 's3:DeleteObject',
  };
  return { action: actions[method] ?? `s3:${method}`, resource };
}

interface DynamoDbInput {
  TableName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName: string }>[];
}

function dynamoDbActions(operation: string, input: DynamoDbInput): Action[] {
  if (input.TransactItems !== undefined) {
    return input.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => ({
        action: kind === 'ConditionCheck' ? 'dynamodb:ConditionCheckItem' : `dynamodb:${kind}Item`,
        resource: TableName,
      })),
    );
  }
  const tables = input.TableName === undefined ? Object.keys(input.RequestItems ?? {}) : [input.TableName];
  return tables.map((resource) => ({ action: `dynamodb:${operation}`, resource }));
}

/**
 * The Lambda bundles as the stack deploys them: their size, and the time from the start of a process to its first
 * response against a bare `node -e 0`.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { tableClient } from '../../functions/storage/client.ts';
import { createTable } from '../../functions/storage/create-table.ts';
import { createExports } from '../../functions/storage/exports.ts';
import { runtimeStorage } from '../../functions/storage/runtime.ts';
import { IN_MEMORY } from '../../infra/local/data-dir.ts';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import { YoriaiStack } from '../../infra/stack.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import { median, taken } from './measure.ts';
import { round } from './round.ts';
import { ratioRow } from './table.ts';
import type { Row } from './table.ts';

const aims = { http: 4, export: 4.5 };
const turns = 9;
const table = 'bench';

const functionResource = z.object({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.object({ Handler: z.literal('index.handler') }),
  Metadata: z.object({ 'aws:asset:path': z.string() }),
});

/** The bundle of each function by its logical id, built as for a deployment. */
async function buildBundles(outdir: string): Promise<Map<string, string>> {
  const cdk = z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(await readFile(new URL('../../cdk.json', import.meta.url), 'utf8')));
  const app = new App({ outdir, context: { ...cdk.context, 'aws:cdk:enable-asset-metadata': true } });
  const stack = new YoriaiStack(app, prefectureNamed('saitama'));
  const { template } = app.synth().getStackByName(stack.stackName);
  const resources = z.object({ Resources: z.record(z.string(), z.unknown()) }).parse(template).Resources;
  return new Map(
    Object.entries(resources).flatMap(([id, each]): [string, string][] => {
      const { success, data } = functionResource.safeParse(each);
      return success ? [[id, join(outdir, data.Metadata['aws:asset:path'])]] : [];
    }),
  );
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(names.map((name) => stat(join(folder, name))));
  return files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

const healthRequest = {
  resource: '/{proxy+}',
  path: '/api/health',
  httpMethod: 'GET',
  headers: { host: 'example.jp' },
  multiValueHeaders: { host: ['example.jp'] },
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: { proxy: 'api/health' },
  stageVariables: null,
  requestContext: {
    requestId: 'bench',
    domainName: 'example.jp',
    path: '/main/api/health',
    stage: 'main',
    httpMethod: 'GET',
    identity: { sourceIp: '127.0.0.1' },
  },
  body: null,
  isBase64Encoded: false,
};

/** Starts a process and waits for its end, which comes with its first response. */
async function run(code: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const started = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  await once(started, 'close');
  if (started.exitCode !== 0) throw new Error(`a bundle ended with ${started.exitCode}: ${complaint.slice(-1_000)}`);
}

/**
 * A call of a function that streams its answer, or of one that gives back nothing.
 *
 * The SDK speaks http to the emulator, to AWS https. An import of http looks at all that the module has, and so loads Node's
 * fetch for three of its names; they are taken away, since no function waits for that on AWS.
 */
function callOf(folder: string, event: object): string {
  const module = pathToFileURL(join(folder, 'index.mjs')).href;
  return `
    import { PassThrough } from 'node:stream';
    let status = 200;
    const from = (out, head) => {
      status = head.statusCode;
      return out;
    };
    for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) delete process.getBuiltinModule('node:http')[name];
    globalThis.awslambda = { streamifyResponse: (streaming) => streaming, HttpResponseStream: { from } };
    const { handler } = await import(${JSON.stringify(module)});
    const context = { awsRequestId: 'bench' };
    await (handler.length === 3 ? handler(${JSON.stringify(event)}, new PassThrough().resume(), context) : handler(${JSON.stringify(event)}, context));
    process.exit(status === 200 ? 0 : 1);`;
}

/** An export that has ended, so that its function answers after one look at the table. */
async function endedExport(endpoint: string): Promise<object> {
  const client = tableClient(endpoint);
  await createTable(client, table);
  const exports = createExports(runtimeStorage(client, table, forms));
  const started = await exports.startExport(round.id, '県');
  if (!started.ok) throw new Error(started.problem.code);
  const { exportId } = started.value;
  await exports.exportFailed(round.id, exportId, 'run', 'internal');
  client.destroy();
  return { round: round.id, exportId };
}

async function measure(outdir: string, endpoint: string): Promise<Row[]> {
  const environment = {
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_NAME: table,
    METRICS_NAMESPACE: 'Yoriai/bench',
    BUCKET_NAME: 'bench',
    PREFECTURE_CODE: '110001',
    PREFECTURE_NAME: '埼玉県',
    RETENTION_YEARS: '5',
    PREFECTURE_CONTACT: JSON.stringify({ department: '福祉部', phone: '048-000-0000', email: 'a@saitama.example' }),
    TOKEN_ISSUER: 'https://example.jp/pool',
    TOKEN_CLIENT_ID: 'client',
    TOKEN_CLIENT_SECRET: 'secret',
    PEOPLE_POOL_ID: 'ap-northeast-1_Pool',
    PEOPLE_HELD_BY: 'pool',
    EXPORT_FUNCTION_NAME: 'export',
    DYNAMODB_ENDPOINT: endpoint,
    S3_ENDPOINT: endpoint,
  };
  const ended = await endedExport(endpoint);
  const rows: Row[] = [];
  for (const [id, folder] of await buildBundles(outdir)) {
    const isExport = id.startsWith('Export');
    if (!isExport && !id.startsWith('Http')) continue;
    const call = callOf(folder, isExport ? ended : healthRequest);
    const ratios: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const bare = await taken(() => run('0', environment));
      ratios.push((await taken(() => run(call, environment))).time / bare.time);
    }
    const what = isExport
      ? 'export function, first answer (one look at the table)'
      : 'http function, first answer (health)';
    const size = { figure: `${((await sizeOf(folder)) / 1024).toFixed(0)} KB`, aim: '' };
    rows.push(
      { what: `${isExport ? 'export' : 'http'} bundle`, ...size },
      ratioRow(`${what} ÷ bare node`, median(ratios), aims[isExport ? 'export' : 'http']),
    );
  }
  return rows;
}

export async function benchBundles(): Promise<Row[]> {
  const outdir = await mkdtemp(join(tmpdir(), 'yoriai-bench-'));
  const dynamodb = await startDynamoDb({ dataDir: IN_MEMORY });
  try {
    return await measure(outdir, dynamodb.endpoint);
  } finally {
    await dynamodb.stop();
    await rm(outdir, { recursive: true, force: true });
  }
}

/** The whole system for one test file, in memory on free ports, and clients that act as anyone over HTTP. */

import { buildAssets } from '../../../infra/assets.ts';
import { startSystem } from '../../../infra/local/system.ts';
import type { System, SystemOptions } from '../../../infra/local/system.ts';
import type { Fetch } from './browser.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  /** The body as JSON; throws when it is none. */
  json(): any; // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of every shape
}

export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  put(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body: unknown): Promise<Reply>;
  delete(path: string, headers?: Record<string, string>): Promise<Reply>;
}

export interface TestSystem extends System {
  /** The prefecture's officer. */
  readonly prefecture: Client;
  /** Who manages its people. */
  readonly administrator: Client;
  /** Who may read all, and change nothing. */
  readonly reader: Client;
  municipality(code: string): Client;
  /** Anyone with this `Authorization` header; without one, nobody. */
  bearer(authorization?: string): Client;
}

async function call(send: Fetch, url: string, init: RequestInit): Promise<Reply> {
  const response = await send(new URL(url), init);
  const bytes = Buffer.from(await response.arrayBuffer());
  // With its byte order mark, if it has one.
  const text = bytes.toString('utf8');
  return { status: response.status, headers: response.headers, text, bytes, json: () => JSON.parse(text) };
}

/** Texts and files as they are. */
function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

/** What a test asks for: answers as they are, since packing and unpacking each took a tenth of the time of a test. */
const asIs = { 'accept-encoding': 'identity' } as const;

/** A client of an application at `url`, whoever started it. */
export function clientAt(url: string, authorize: () => Promise<string | undefined>, carry: Fetch = fetch): Client {
  const headersWith = async (headers: Record<string, string>): Promise<Record<string, string>> => {
    const authorization = await authorize();
    return { ...asIs, ...(authorization === undefined ? {} : { authorization }), ...headers };
  };
  const send =
    (method: string) =>
    async (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      call(carry, `${url}${path}`, {
        method,
        headers: await headersWith({
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        }),
        ...(body === undefined ? {} : { body: bodyOf(body) }),
      });
  return {
    get: (path, headers) => send('GET')(path, undefined, headers),
    put: send('PUT'),
    post: send('POST'),
    patch: send('PATCH'),
    delete: (path, headers) => send('DELETE')(path, undefined, headers),
  };
}

/** Tests that do not look at operators' logs drop them. */
const noLog: SystemOptions['log'] = { info: () => undefined, error: () => undefined };

/** For all systems of this process: the files that follow each other in it share what they import. */
let assets: ReturnType<typeof buildAssets> | undefined;

export async function startTestSystem(options: Partial<SystemOptions> = {}): Promise<TestSystem> {
  assets ??= buildAssets();
  const system = await startSystem({
    port: 0,
    dataDir: ':memory:',
    prefecture: 'saitama',
    accounts: [],
    log: noLog,
    assets,
    dynamodbEndpoint: process.env['DYNAMODB_ENDPOINT'],
    ...options,
  });
  const tokens = new Map<string, Promise<string>>();
  const as = (group: string): Client =>
    clientAt(system.url, () => {
      const token =
        tokens.get(group) ??
        system.token({ sub: group, username: group, groups: [group] }).then((text) => `Bearer ${text}`);
      tokens.set(group, token);
      return token;
    });
  return {
    ...system,
    prefecture: as('prefecture'),
    administrator: as('prefecture-admin'),
    reader: as('prefecture-reader'),
    municipality: (code) => as(`unit-${code}`),
    bearer: (authorization) => clientAt(system.url, async () => authorization),
  };
}

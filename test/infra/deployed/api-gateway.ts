/** API Gateway, REST, Lambda proxy integration: a request becomes the event that a function gets, its answer a response. */

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Lambda } from './lambda.ts';

/** Where the API is reached: by its own address and stage, or by a domain without one. */
export interface Shape {
  readonly origin: string;
  readonly basePath: string;
}

function lists<T>(entries: Iterable<readonly [string, T]>): Record<string, T[]> {
  const grouped: Record<string, T[]> = {};
  for (const [name, value] of entries) (grouped[name] ??= []).push(value);
  return grouped;
}

const last = (grouped: Record<string, string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(grouped).map(([name, values]) => [name, values.at(-1) ?? '']));

/** @throws Error when the address is outside the API: a link that misses its stage reaches nothing of ours */
async function eventOf(request: Request, { origin, basePath }: Shape): Promise<unknown> {
  const url = new URL(request.url);
  if (url.origin !== origin || !`${url.pathname}/`.startsWith(`${basePath}/`))
    throw new Error(`outside the API: ${url}`);
  const path = url.pathname.slice(basePath.length) || '/';
  const headers = lists([...request.headers, ['Host', url.host], ['X-Forwarded-Proto', 'https']]);
  const query = lists(url.searchParams);
  const body = Buffer.from(await request.arrayBuffer());
  const isRoot = path === '/';
  return {
    resource: isRoot ? '/' : '/{proxy+}',
    path,
    httpMethod: request.method,
    headers: last(headers),
    multiValueHeaders: headers,
    queryStringParameters: url.search === '' ? null : last(query),
    multiValueQueryStringParameters: url.search === '' ? null : query,
    pathParameters: isRoot ? null : { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourceId: 'abc123',
      resourcePath: isRoot ? '/' : '/{proxy+}',
      httpMethod: request.method,
      // The one place where the stage is left.
      path: url.pathname,
      accountId: '123456789012',
      protocol: 'HTTP/1.1',
      stage: 'main',
      domainName: url.host,
      requestId: randomUUID(),
      requestTimeEpoch: Date.now(),
      identity: { sourceIp: '203.0.113.7', userAgent: 'Mozilla/5.0' },
      apiId: 'abcde12345',
    },
    // Every media type is binary here.
    body: body.length === 0 ? null : body.toString('base64'),
    isBase64Encoded: body.length > 0,
  };
}

/** What the gateway hands on under another name (API Gateway Developer Guide, "Important notes"). */
const remapped: ReadonlyMap<string, string> = new Map([['www-authenticate', 'x-amzn-remapped-www-authenticate']]);

const streamed = z.object({
  metadata: z.object({
    statusCode: z.number(),
    headers: z.record(z.string(), z.string()),
    multiValueHeaders: z.record(z.string(), z.array(z.string())).optional(),
    cookies: z.array(z.string()).optional(),
  }),
  body: z.base64(),
});

/** Carries requests to a function, as `fetch` does to a server. */
export function gatewayTo(lambda: Lambda, shape: Shape): (address: URL, init: RequestInit) => Promise<Response> {
  return async (address, init) => {
    const { metadata, body } = streamed.parse(await lambda.invoke(await eventOf(new Request(address, init), shape)));
    const headers = new Headers(
      Object.entries(metadata.headers).map(([name, value]): [string, string] => [remapped.get(name) ?? name, value]),
    );
    for (const [name, values] of Object.entries(metadata.multiValueHeaders ?? {}))
      for (const value of values) headers.append(name, value);
    for (const cookie of metadata.cookies ?? []) headers.append('set-cookie', cookie);
    const bytes = Buffer.from(body, 'base64');
    const isBodiless = [204, 304].includes(metadata.statusCode);
    return new Response(isBodiless ? null : bytes, { status: metadata.statusCode, headers });
  };
}

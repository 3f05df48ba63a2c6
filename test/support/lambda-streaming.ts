/** What Node on Lambda brings along for functions that stream, and the gateway's side of it: bytes in, an answer out. */

import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import type { AnswerHead, LambdaStreaming, StreamingHandler } from '../../functions/http/stream.ts';

/** Between the head and the body. */
const delimiter = Buffer.alloc(8);

/** Puts the head in front of the first write, as the runtime does: what never writes never answers. */
function withHead(out: Writable, head: AnswerHead): Writable {
  let hasBegun = false;
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!hasBegun) {
        hasBegun = true;
        out.write(JSON.stringify(head));
        out.write(delimiter);
      }
      out.write(chunk, done);
    },
    final: (done) => {
      out.end(done);
    },
  });
}

export const lambdaStreaming: LambdaStreaming = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: { from: withHead },
};

const answerHead = z.strictObject({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()),
  multiValueHeaders: z.record(z.string(), z.array(z.string())),
});

/** Splits what came over the wire as the gateway does. */
export function answerIn(wire: Buffer): { readonly head: z.output<typeof answerHead>; readonly body: Buffer } {
  const end = wire.indexOf(delimiter);
  if (end === -1 || end > 16 * 1024) throw new Error('the gateway finds no head');
  const head = answerHead.parse(JSON.parse(wire.subarray(0, end).toString('utf8')));
  return { head, body: wire.subarray(end + delimiter.byteLength) };
}

/** Calls a handler with an event, and waits for the end of its answer. */
export async function answerOf(handler: StreamingHandler, event: unknown): Promise<ReturnType<typeof answerIn>> {
  const out = new PassThrough();
  const [wire] = await Promise.all([buffer(out), handler(event, out, { awsRequestId: 'invocation-1' })]);
  return answerIn(wire);
}

interface EventParts {
  readonly httpMethod?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** An event of the REST API, as the gateway's stage sends it. */
export function gatewayEventOf(parts: EventParts = {}): unknown {
  const { httpMethod = 'GET', path = '/', headers = {}, query = null, body = null, isBase64Encoded = false } = parts;
  const lastOf = (lists: Readonly<Record<string, readonly string[]>>): Record<string, string | undefined> =>
    Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1)]));
  return {
    resource: '/{proxy+}',
    path,
    httpMethod,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: query === null ? null : lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      requestId: 'request-1',
      domainName: 'abc123.execute-api.ap-northeast-1.amazonaws.com',
      path: `/main${path}`,
      stage: 'main',
      httpMethod,
      identity: { sourceIp: '192.0.2.1' },
    },
    body,
    isBase64Encoded,
  };
}

/** The Lambda's answers as the gateway receives them: a head, eight zero bytes, the body as it comes. */

import { PassThrough, Writable } from 'node:stream';
import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { beforeEach, describe, expect, it } from 'vitest';
import { streamingHandler } from '../../../functions/http/stream.ts';
import type { CallEnvironment } from '../../../functions/http/stream.ts';
import { answerIn, answerOf, gatewayEventOf, lambdaStreaming } from '../../support/lambda-streaming.ts';

globalThis.awslambda = lambdaStreaming;

const pieceBytes = 64 * 1024;
/** Of the large file: more than Lambda answers in one piece, and more than the gateway keeps. */
const pieces = 512;
let produced = 0;
let cancelled = false;

const application = new Hono<{ Bindings: CallEnvironment }>()
  .get('/page', (c) => {
    setCookie(c, 'yoriai', '1', { path: '/', httpOnly: true });
    setCookie(c, 'kept', '2', { path: '/' });
    return c.html('<p>自立支援協議会</p>', 200, { 'Cache-Control': 'no-store' });
  })
  .get('/ids', (c) => c.json(c.env))
  .get('/nothing', (c) => c.body(null, 204))
  .get('/unchanged', (c) => c.body(null, 304, { etag: '"1"' }))
  .get('/empty', (c) => c.body(''))
  .get('/bytes', () => new Response(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 255, 0])))
  .post('/echo', async (c) => c.body(await c.req.arrayBuffer()))
  .get('/file', () => {
    let left = pieces;
    return new Response(
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (left === 0) return controller.close();
          left -= 1;
          produced += 1;
          return controller.enqueue(new Uint8Array(pieceBytes).fill(left % 256));
        },
        cancel: () => {
          cancelled = true;
        },
      }),
      { headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment' } },
    );
  })
  .get('/broken', () => {
    let isFirst = true;
    return new Response(
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (!isFirst) throw new Error('the bucket is gone');
          isFirst = false;
          controller.enqueue(new TextEncoder().encode('first half'));
        },
      }),
    );
  });

const logged: string[] = [];
const handler = streamingHandler(application, { info: () => undefined, error: (event) => logged.push(event) });

beforeEach(() => {
  logged.length = 0;
  produced = 0;
  cancelled = false;
});

describe('an answer', () => {
  it('has its status and headers in front, every cookie one of its own', async () => {
    const { head, body } = await answerOf(handler, gatewayEventOf({ path: '/page' }));
    expect(head).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/html; charset=UTF-8', 'cache-control': 'no-store' },
      multiValueHeaders: { 'set-cookie': ['yoriai=1; Path=/; HttpOnly', 'kept=2; Path=/'] },
    });
    expect(body.toString('utf8')).toBe('<p>自立支援協議会</p>');
  });

  it.each([
    ['/nothing', 204],
    ['/unchanged', 304],
    ['/empty', 200],
    ['/missing', 404],
  ])('of %s arrives with its status, with a body or without', async (path, status) => {
    const { head } = await answerOf(handler, gatewayEventOf({ path }));
    expect(head.statusCode).toBe(status);
    expect(head.multiValueHeaders).toEqual({});
  });

  it('to HEAD is the head of the answer to GET', async () => {
    const { head, body } = await answerOf(handler, gatewayEventOf({ httpMethod: 'HEAD', path: '/page' }));
    expect(head.statusCode).toBe(200);
    expect(head.headers['content-type']).toBe('text/html; charset=UTF-8');
    expect(body.byteLength).toBe(0);
  });

  it('is the bytes of the body, whatever they are', async () => {
    const { body } = await answerOf(handler, gatewayEventOf({ path: '/bytes' }));
    expect([...body]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 255, 0]);
  });

  it('gives back what was posted, byte for byte', async () => {
    const sent = Buffer.from([0, 1, 128, 255]);
    const event = gatewayEventOf({
      httpMethod: 'POST',
      path: '/echo',
      body: sent.toString('base64'),
      isBase64Encoded: true,
    });
    expect((await answerOf(handler, event)).body).toEqual(sent);
  });

  it('is made knowing the ids of the request and of the invocation, and from where the gateway was called', async () => {
    const { body } = await answerOf(handler, gatewayEventOf({ path: '/ids' }));
    expect(JSON.parse(body.toString('utf8'))).toEqual({
      requestContext: { requestId: 'request-1', address: '192.0.2.1' },
      lambdaContext: { awsRequestId: 'invocation-1' },
    });
  });

  it.each([[{ version: '2.0' }], [gatewayEventOf({ httpMethod: 'TRACE' })]])(
    'to what is no request says so: %#',
    async (event) => {
      const { head, body } = await answerOf(handler, event);
      expect(head).toMatchObject({
        statusCode: 400,
        headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      });
      expect(JSON.parse(body.toString('utf8'))).toMatchObject({ code: 'malformed-request' });
    },
  );
});

describe('a large file', () => {
  it('arrives whole, and no more of it is read than the line has taken', async () => {
    let taken = 0;
    let ahead = 0;
    const wire: Buffer[] = [];
    const slowLine = new Writable({
      highWaterMark: pieceBytes,
      write: (chunk: Buffer, _encoding, done) => {
        wire.push(chunk);
        taken += chunk.byteLength;
        ahead = Math.max(ahead, produced * pieceBytes - taken);
        setImmediate(done);
      },
    });
    await handler(gatewayEventOf({ path: '/file' }), slowLine, { awsRequestId: 'invocation-1' });
    const { head, body } = answerIn(Buffer.concat(wire));
    expect(head.headers).toEqual({ 'content-type': 'text/csv', 'content-disposition': 'attachment' });
    expect(body.byteLength).toBe(pieces * pieceBytes);
    expect(body.byteLength).toBeGreaterThan(10 * 1024 * 1024);
    expect(ahead).toBeLessThan(1024 * 1024);
  });

  it('that breaks off ends with the error, not as if it were whole', async () => {
    const out = new PassThrough();
    const received: Buffer[] = [];
    out.on('data', (chunk: Buffer) => received.push(chunk));
    await expect(handler(gatewayEventOf({ path: '/broken' }), out, { awsRequestId: 'invocation-1' })).rejects.toThrow(
      'the bucket is gone',
    );
    expect(out.writableEnded).toBe(false);
    expect(answerIn(Buffer.concat(received)).body.toString('utf8')).toBe('first half');
    expect(logged).toEqual(['answer broke off']);
  });
});

describe('a caller who goes away', () => {
  const call = gatewayEventOf({ path: '/file' });
  const context = { awsRequestId: 'invocation-1' };

  it('without a word ends the transfer, and nothing more is read', async () => {
    const nobody = new Writable({ highWaterMark: pieceBytes, write: () => undefined });
    const impatient = streamingHandler(
      application,
      { info: () => undefined, error: (event, error) => logged.push(`${event}: ${String(error)}`) },
      { patienceMilliseconds: 50 },
    );
    await expect(impatient(call, nobody, context)).rejects.toThrow(expect.objectContaining({ name: 'CallerGone' }));
    expect(produced).toBeLessThan(16);
    expect(cancelled).toBe(true);
    expect(logged).toEqual(['answer broke off: CallerGone']);
  });

  it('while the line is slow is no such caller: each piece has the time', async () => {
    const slow = new Writable({
      highWaterMark: pieceBytes,
      write: (_chunk, _encoding, done) => {
        setTimeout(done, 5);
      },
    });
    const impatient = streamingHandler(
      application,
      { info: () => undefined, error: () => undefined },
      { patienceMilliseconds: 1000 },
    );
    await impatient(call, slow, context);
    expect(produced).toBe(pieces);
  });

  it('by closing the line ends it at once', async () => {
    const closing = new Writable({
      highWaterMark: pieceBytes,
      write: (_chunk, _encoding, done) => {
        if (produced > 4) closing.destroy();
        done();
      },
    });
    await expect(handler(call, closing, context)).rejects.toThrow(/closed|Premature|destroyed/);
    expect(produced).toBeLessThan(16);
    expect(cancelled).toBe(true);
  });
});

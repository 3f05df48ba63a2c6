import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { acceptedCoding, compressed, uncompressed } from '../../../../functions/http/compression.ts';

const text = '自立支援協議会の設置状況等調査。'.repeat(400);
const megabyte = 1024 * 1024;

const app = new Hono()
  .use(compressed)
  .get('/page', (c) => c.html(text))
  .get('/problem', () => new Response(text, { headers: { 'content-type': 'application/problem+json' } }))
  .get('/small', () => new Response('{}', { headers: { 'content-type': 'application/json', 'content-length': '2' } }))
  .get('/draft', (c) => c.body(text, 200, { 'content-type': 'application/json', etag: '"7"' }))
  .get('/file', (c) => c.body(text, 200, { 'content-type': 'text/csv', etag: '"a1"', 'accept-ranges': 'bytes' }))
  .get('/part', (c) => c.body(text, 206, { 'content-type': 'text/csv', 'content-range': 'bytes 0-9/10' }))
  .get('/nothing', (c) => c.body(null, 304, { 'content-type': 'text/csv' }))
  .get('/zip', (c) => c.body(text, 200, { 'content-type': 'application/octet-stream' }))
  .get('/xlsx', (c) =>
    c.body(text, 200, { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }),
  );

async function ask(path: string, accepted?: string, headers: Record<string, string> = {}): Promise<Response> {
  return app.request(path, {
    headers: { ...headers, ...(accepted === undefined ? {} : { 'accept-encoding': accepted }) },
  });
}

async function bytesOf(answer: Response): Promise<Buffer> {
  return Buffer.from(await answer.arrayBuffer());
}

describe('the coding of an answer', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['*', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['deflate, zstd', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('for %j is %s', (header, coding) => {
    expect(acceptedCoding(header)).toBe(coding);
  });
});

describe('an answer', () => {
  it.each([
    ['/page', 'br', brotliDecompressSync],
    ['/page', 'gzip', gunzipSync],
    ['/problem', 'gzip', gunzipSync],
  ])('of %s goes out in %s, smaller and whole', async (path, coding, decompress) => {
    const answer = await ask(path, coding);
    expect(answer.headers.get('content-encoding')).toBe(coding);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(answer.headers.has('content-length')).toBe(false);
    const bytes = await bytesOf(answer);
    expect(bytes.byteLength).toBeLessThan(Buffer.byteLength(text) / 10);
    expect(decompress(bytes).toString('utf8')).toBe(text);
  });

  it.each(['/small', '/part', '/nothing', '/zip', '/xlsx'])('of %s goes out as it is', async (path) => {
    const answer = await ask(path, 'br, gzip');
    expect(answer.headers.has('content-encoding')).toBe(false);
  });

  it('goes out as it is to a client that accepts nothing else, and says that it may differ', async () => {
    const answer = await ask('/page');
    expect(answer.headers.has('content-encoding')).toBe(false);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(await answer.text()).toBe(text);
  });

  it.each(['cross-site', 'same-site'])(
    'that a page of another site asked for (%s) has no telling length',
    async (site) => {
      const answer = await ask('/page', 'br, gzip', { 'sec-fetch-site': site });
      expect(answer.headers.has('content-encoding')).toBe(false);
    },
  );

  it('that a page of ours asked for, or a person, is compressed', async () => {
    for (const site of ['same-origin', 'none'])
      expect((await ask('/page', 'br', { 'sec-fetch-site': site })).headers.get('content-encoding')).toBe('br');
  });

  it('keeps the tag under which a draft is saved; that of a file with ranges is no longer one of its bytes', async () => {
    expect((await ask('/draft', 'gzip')).headers.get('etag')).toBe('"7"');
    expect((await ask('/file', 'gzip')).headers.get('etag')).toBe('W/"a1"');
    expect((await ask('/file')).headers.get('etag')).toBe('"a1"');
  });
});

describe('a long answer', () => {
  /** Answers with 10 MB that do not compress, and counts what was asked of them. */
  function stalling(): { app: Hono; made: () => number; ended: () => boolean } {
    let made = 0;
    let ended = false;
    const long = new Hono().use(compressed).get('/long', () => {
      const stream = new ReadableStream<Uint8Array>(
        {
          pull: (controller) => {
            if (made >= 10 * megabyte) return controller.close();
            made += 64 * 1024;
            return controller.enqueue(crypto.getRandomValues(new Uint8Array(64 * 1024)));
          },
          cancel: () => {
            ended = true;
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(stream, { headers: { 'content-type': 'text/csv' } });
    });
    return { app: long, made: () => made, ended: () => ended };
  }

  it.each(['br', 'gzip'])('is made in %s no faster than it is taken, and not to its end for nobody', async (coding) => {
    const { app: long, made, ended } = stalling();
    const answer = await long.request('/long', { headers: { 'accept-encoding': coding } });
    const reader = answer.body?.getReader();
    await reader?.read();
    // Everything that would be read ahead has been by then: nothing else is waited for.
    for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(made()).toBeLessThan(megabyte);
    await reader?.cancel();
    for (let turn = 0; turn < 500 && !ended(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(ended()).toBe(true);
  });

  it('that breaks off breaks off compressed too', async () => {
    const broken = new Hono().use(compressed).get('/broken', () => {
      let isFirst = true;
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (!isFirst) throw new Error('the bucket is gone');
          isFirst = false;
          controller.enqueue(new TextEncoder().encode(text));
        },
      });
      return new Response(stream, { headers: { 'content-type': 'text/csv' } });
    });
    const answer = await broken.request('/broken', { headers: { 'accept-encoding': 'gzip' } });
    await expect(answer.arrayBuffer()).rejects.toThrow('the bucket is gone');
  });
});

describe('a body', () => {
  const echo = new Hono().use(uncompressed).post('/', async (c) => c.text(await c.req.text()));

  it('is refused where it was sent compressed, and the answer says how it is wanted', async () => {
    const answer = await echo.request('/', { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } });
    expect(answer.status).toBe(415);
    expect(answer.headers.get('accept-encoding')).toBe('identity');
    expect(await answer.json()).toMatchObject({ code: 'unsupported-content-encoding' });
  });

  it.each<Record<string, string>>([{}, { 'content-encoding': 'identity' }])(
    'is read as it is with %j',
    async (headers) => {
      expect(await (await echo.request('/', { method: 'POST', body: '川越市', headers })).text()).toBe('川越市');
    },
  );
});

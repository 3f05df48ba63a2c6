import { deflateSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { inflated } from '../../../../functions/http/inflation.ts';

const limit = 64 * 1024;

const app = new Hono().use(inflated(limit)).post('/echo', async (c) =>
  c.json({
    text: await c.req.text(),
    length: c.req.header('content-length'),
    coding: c.req.header('content-encoding'),
  }),
);

async function post(body: BodyInit, coding: string): Promise<{ status: number; json: unknown; headers: Headers }> {
  const answer = await app.request('/echo', { method: 'POST', body, headers: { 'content-encoding': coding } });
  return { status: answer.status, json: await answer.json(), headers: answer.headers };
}

describe('a body that was sent compressed', () => {
  it.each(['gzip', 'GZIP', 'x-gzip'])('arrives as it was before (%s)', async (coding) => {
    const { status, json } = await post(gzipSync('{"名称":"川越市"}'), coding);
    expect([status, json]).toEqual([200, { text: '{"名称":"川越市"}', length: '22' }]);
  });

  it('is refused in another coding than gzip, which the answer names', async () => {
    const { status, json, headers } = await post(deflateSync('{}'), 'deflate');
    expect([status, json]).toEqual([415, expect.objectContaining({ code: 'unsupported-content-encoding' })]);
    expect(headers.get('accept-encoding')).toBe('gzip');
  });

  it('is refused when it is no gzip, or breaks off', async () => {
    for (const body of [Buffer.from('{}'), gzipSync('x'.repeat(999)).subarray(0, 20)]) {
      const { status, json } = await post(body, 'gzip');
      expect([status, json]).toEqual([400, expect.objectContaining({ code: 'malformed-request' })]);
    }
  });

  it('is unpacked to the limit and no further', async () => {
    const { status } = await post(gzipSync(Buffer.alloc(limit)), 'gzip');
    expect(status).toBe(200);
    // Whoever unpacked it to its end would find that it is damaged.
    const bomb = Buffer.concat([gzipSync(Buffer.alloc(16 * limit)).subarray(0, -8), Buffer.from('damaged!')]);
    const refused = await post(bomb, 'gzip');
    expect([refused.status, refused.json]).toEqual([413, expect.objectContaining({ code: 'too-large' })]);
  });

  it('says nothing when it says that it is as it is', async () => {
    const { status, json } = await post('{}', 'identity');
    expect([status, json]).toMatchObject([200, { text: '{}' }]);
  });
});

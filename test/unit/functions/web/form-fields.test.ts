import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { hasTooManyFields, mostFields } from '../../../../functions/web/form-fields.ts';

const app = new Hono().post('/', async (c) => {
  const tooMany = await hasTooManyFields(c);
  return c.json({ tooMany, bytes: (await c.req.arrayBuffer()).byteLength });
});

async function post(body: string, type = 'application/x-www-form-urlencoded'): Promise<unknown> {
  const answer = await app.request('/', { method: 'POST', body, headers: { 'content-type': type } });
  return answer.json();
}

describe('a form', () => {
  it('has as many fields as the largest page several times over, and is still there to be read', async () => {
    const body = 'a=1&'.repeat(mostFields - 1);
    expect(await post(body)).toEqual({ tooMany: false, bytes: body.length });
  });

  it('has no millions of them, not even empty ones', async () => {
    expect(await post('&'.repeat(2_000_000))).toMatchObject({ tooMany: true });
    expect(await post('\r\n--b\r\n\r\nx'.repeat(mostFields + 1), 'Multipart/Form-Data; boundary=b')).toMatchObject({
      tooMany: true,
    });
  });

  it('is not what another body is', async () => {
    expect(await post('&'.repeat(mostFields + 1), 'application/json')).toMatchObject({ tooMany: false });
    const file = `--b\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\n${'a&-\n-'.repeat(mostFields)}\r\n--b--\r\n`;
    expect(await post(file, 'multipart/form-data; boundary=b')).toMatchObject({ tooMany: false });
  });
});

import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { parseBody } from '../../../../../functions/api/routes/request-body.ts';

const schema = z.object({ count: z.number(), note: z.string().optional() });

async function parsed(json: string) {
  const headers = { 'content-type': 'application/json' };
  const request = new Request('https://yoriai.example/', { method: 'PUT', headers, body: json });
  return parseBody(request, { schema, problem: 'wrong-shape' });
}

describe('a number in a JSON body', () => {
  it.each([
    ['0', 0],
    ['-0.0', -0],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['1000000000000000000000', 1e21],
    ['9007199254740992', 2 ** 53],
    ['0.1000000000000000', 0.1],
    ['0.1e-001', 0.01],
  ])('%s is taken as it is', async (numeral, count) => {
    expect(await parsed(`{"count":${numeral},"note":"12345678901234567890"}`)).toMatchObject({
      ok: true,
      value: { count, note: '12345678901234567890' },
    });
  });

  it.each([
    '12345678901234567890',
    '9007199254740993',
    '1.00000000000000001',
    '0.99999999999999999',
    '1e-400',
    '1e400',
  ])('%s, which would become another one, is refused at its path', async (numeral) => {
    expect(await parsed(`{"count":${numeral}}`)).toMatchObject({
      ok: false,
      problem: { code: 'wrong-shape', errors: [expect.objectContaining({ path: 'count', code: 'wrong-type' })] },
    });
  });
});

describe('a body', () => {
  it('of numbers, however long and many, calls nothing for each value', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const texts = [
      `[${'1,'.repeat(500_000)}12345678901234567890]`,
      `[${'12345678901234567,'.repeat(58_000)}1]`,
      `[1${'0'.repeat(1_000_000)}1]`,
      `["${'\\"'.repeat(500_000)}"]`,
    ];
    for (const text of texts) expect(await parsed(text)).toMatchObject({ ok: false, problem: { code: 'wrong-shape' } });
    expect(parse.mock.calls.every(([, reviver]) => reviver === undefined)).toBe(true);
    parse.mockRestore();
  });

  it('that is larger than what it says can be is refused before it is parsed', async () => {
    const headers = { 'content-type': 'application/json' };
    const forms = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`f${at}`, 1]));
    const request = new Request('https://yoriai.example/', {
      method: 'PUT',
      headers,
      body: JSON.stringify({ count: 1, forms }),
    });
    const small = { schema, problem: 'invalid-round', maxBytes: 64 * 1024 } as const;
    expect(await parseBody(request, small)).toMatchObject({ ok: false, problem: { code: 'too-large' } });
  });
});

describe('a body that is wrong everywhere', () => {
  it('is refused with as many errors as anybody reads', async () => {
    const text = `{${Array.from({ length: 5000 }, (_, at) => `"key-${at}":1`).join(',')}}`;
    const headers = { 'content-type': 'application/json' };
    const request = new Request('https://yoriai.example/', { method: 'PUT', headers, body: text });
    const refusal = await parseBody(request, { schema: z.record(z.string(), z.string()), problem: 'wrong-shape' });
    expect(refusal).toMatchObject({ ok: false, problem: { code: 'wrong-shape' } });
    expect(refusal.ok ? 0 : refusal.problem.errors?.length).toBe(1000);
  });
});

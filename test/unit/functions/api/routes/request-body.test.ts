import { describe, expect, it } from 'vitest';
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

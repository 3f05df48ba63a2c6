import { describe, expect, it } from 'vitest';
import { problemResponse } from '../../../../functions/platform/problem-response.ts';
import type { FieldError } from '../../../../schemas/problem.ts';

const errors = (length: number): FieldError[] =>
  Array.from({ length }, (_, index) => ({ path: `members.${index}`, code: 'unknown-member', message: '' }));

describe('the errors of a problem', () => {
  it.each([[0], [1], [200]])('are all answered: %i', async (length) => {
    const document: unknown = await problemResponse({ code: 'invalid-directory', errors: errors(length) }).json();
    expect(document).toMatchObject({ code: 'invalid-directory', errors: errors(length) });
    expect(document).not.toHaveProperty('moreErrors');
  });

  it('beyond 200 are counted', async () => {
    const text = await problemResponse({ code: 'invalid-directory', errors: errors(94_000) }).text();
    expect(JSON.parse(text)).toMatchObject({ errors: errors(200), moreErrors: 93_800 });
    expect(text.length).toBeLessThan(20_000);
  });

  it('are absent where there are none to tell', async () => {
    expect(await problemResponse({ code: 'not-found' }).json()).not.toHaveProperty('errors');
  });
});

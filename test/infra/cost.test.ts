import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costNow } from '../../infra/operation/cost/now.ts';
import { withTable } from '../../infra/operation/cost/table.ts';

describe('the cost in the README', () => {
  it('is what `npm run cost -- --write README.md` writes: of these forms and this template', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(readme).toBe(withTable(readme, costNow()));
  });
});

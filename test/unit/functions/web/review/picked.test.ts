import { describe, expect, it } from 'vitest';
import type { Posted } from '../../../../../functions/web/fields/posted.ts';
import { keptPicks, pickedQuestions } from '../../../../../functions/web/review/picked.ts';

function drawer() {
  const kept = new Map<string, Posted>();
  return {
    keep: async (typed: Posted) => {
      kept.set('name', typed);
      return 'name';
    },
    kept: async (name: string) => kept.get(name),
  };
}

describe('questions chosen on other parts', () => {
  it('are carried by the page while they are few', async () => {
    expect(await keptPicks(drawer(), ['a', 'b'])).toBeUndefined();
    expect(await pickedQuestions(drawer(), ['a', 'b', 'a'], undefined)).toEqual(['a', 'b']);
  });

  it('are kept when they are many, before those of the page', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `q${index}`);
    const own = drawer();
    const name = await keptPicks(own, many);
    expect(await pickedQuestions(own, ['q7', 'here'], name)).toEqual([...many, 'here']);
    expect(await pickedQuestions(own, ['here'], 'unknown')).toEqual(['here']);
  });
});

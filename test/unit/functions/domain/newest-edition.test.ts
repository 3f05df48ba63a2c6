import { describe, expect, it } from 'vitest';
import { madeBefore } from '../../../../functions/domain/newest-edition.ts';

describe('an export', () => {
  const newest = { edition: 2, seq: 7 };

  it('made before the newest edition was published cannot be the next one, and what to do is said', () => {
    expect(madeBefore(newest, 6)).toEqual({
      code: 'older-than-published',
      detail: '第2版を公表した後に、新しい出力を行ってください。',
    });
  });

  it('that has seen that publication can, as can any before the first', () => {
    expect([7, 8].map((seq) => madeBefore(newest, seq))).toEqual([undefined, undefined]);
    expect(madeBefore(undefined, 1)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { labelOf } from '../../../../functions/domain/labels.ts';

describe('a label that depends on the round', () => {
  it('names the fiscal year that the round compares with', () => {
    expect(labelOf('全体会の活性化（{compareYear}との比較）', { compareYear: 2022 })).toBe(
      '全体会の活性化（令和4年度との比較）',
    );
    expect(labelOf('{compareYear}・{compareYear}', { compareYear: 2019 })).toBe('令和元年度・令和元年度');
  });

  it('names no year when the round names none', () => {
    expect(labelOf('{compareYear}との比較', {})).toBe('前回調査の年度との比較');
  });

  it('is otherwise the label', () => {
    expect(labelOf('協議事項', { compareYear: 2022 })).toBe('協議事項');
  });
});

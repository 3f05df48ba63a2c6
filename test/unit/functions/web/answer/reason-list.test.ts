import { describe, expect, it } from 'vitest';
import { changedReasons } from '../../../../../functions/web/answer/reason-list.tsx';

describe('the reasons of two versions', () => {
  it('differ where one gives another, or only one gives any', () => {
    expect(
      changedReasons({ 'a.x': '甲', 'b.x': '乙', 'c.x': '丙' }, { 'a.x': '甲', 'b.x': '丁', 'd.x': '戊' }),
    ).toEqual(['b.x', 'c.x', 'd.x']);
    expect(changedReasons({}, {})).toEqual([]);
  });
});

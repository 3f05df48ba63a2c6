import { describe, expect, it } from 'vitest';
import { isOwnSave } from '../../../../../functions/web/answer/saved-elsewhere.ts';

const person = { id: 'a', name: '障害福祉課' };

describe('the last save of a draft', () => {
  it('is told from that of another person with the same name', () => {
    expect(isOwnSave(person, { savedBy: '障害福祉課', savedById: 'b' })).toBe(false);
    expect(isOwnSave(person, { savedBy: '福祉課（旧名称）', savedById: 'a' })).toBe(true);
  });

  it('is told by the name where the draft keeps no more', () => {
    expect(isOwnSave(person, { savedBy: '障害福祉課' })).toBe(true);
    expect(isOwnSave(person, { savedBy: '主任' })).toBe(false);
    expect(isOwnSave(person, {})).toBe(false);
  });
});

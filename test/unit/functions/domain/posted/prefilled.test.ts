import { describe, expect, it } from 'vitest';
import { isUnconfirmed, prefill } from '../../../../../functions/domain/posted/prefilled.ts';

const own = new Map([
  ['a.x', ['']],
  ['a.y', ['5']],
  ['a.z', ['']],
  ['a.z:none', ['1']],
  ['a.w', ['']],
]);
const last = new Map([
  ['a.x', ['3']],
  ['a.y', ['4']],
  ['a.z', ['', 'p']],
  ['a.w', ['']],
]);

describe('the last answers prefilled over', () => {
  it('fill in what is open, marked, and nothing else', () => {
    expect([...prefill(own, last)]).toEqual([
      ['a.x', ['3']],
      ['a.y', ['5']],
      ['a.z', ['']],
      ['a.z:none', ['1']],
      ['a.w', ['']],
      ['a.x:prefilled', ['=3']],
    ]);
  });

  it('count once they are confirmed or changed', () => {
    const prefilled = prefill(own, last);
    expect(isUnconfirmed(prefilled, 'a.x')).toBe(true);
    expect(isUnconfirmed(prefilled, 'a.y')).toBe(false);
    expect(isUnconfirmed(new Map([...prefilled, ['a.x:confirmed', ['1']]]), 'a.x')).toBe(false);
    expect(isUnconfirmed(new Map([...prefilled, ['a.x', ['7']]]), 'a.x')).toBe(false);
  });
});

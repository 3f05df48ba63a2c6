import { describe, expect, it } from 'vitest';
import { isTakenUnseen, takeOver } from '../../../../../functions/web/fields/taken.ts';

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

describe('the last answers taken over', () => {
  it('fill in what is open, marked, and nothing else', () => {
    expect([...takeOver(own, last)]).toEqual([
      ['a.x', ['3']],
      ['a.y', ['5']],
      ['a.z', ['']],
      ['a.z:none', ['1']],
      ['a.w', ['']],
      ['a.x:taken', ['=3']],
    ]);
  });

  it('count once they are confirmed or changed', () => {
    const taken = takeOver(own, last);
    expect(isTakenUnseen(taken, 'a.x')).toBe(true);
    expect(isTakenUnseen(taken, 'a.y')).toBe(false);
    expect(isTakenUnseen(new Map([...taken, ['a.x:confirmed', ['1']]]), 'a.x')).toBe(false);
    expect(isTakenUnseen(new Map([...taken, ['a.x', ['7']]]), 'a.x')).toBe(false);
  });
});

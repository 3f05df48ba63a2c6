import { describe, expect, it } from 'vitest';
import { emptyAccount, withUnitCode } from '../../../../../functions/web/manage/account-form.tsx';
import type { Directory } from '../../../../../schemas/directory.ts';

const directory: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code: '112011', name: '川越市', kind: 'city' }],
  councils: [],
  kinds: [{ id: 'office', label: '事業所' }],
  units: [{ kind: 'office', code: 'o1', name: 'LIFE', municipality: '112011', answersItself: true }],
};
const codeOf = (text: string): string | undefined => {
  const named = withUnitCode({ ...emptyAccount, units: text }, directory);
  return 'typed' in named ? named.typed.units : named.problem.errors?.[0]?.code;
};

describe('the unit of an account', () => {
  it('is named or given by its code, also where a name has no letter of Japanese', () => {
    expect(['川越市', '112011', 'LIFE', 'o1', '112011;o1-survey', ''].map(codeOf)).toEqual([
      '112011',
      '112011',
      'o1',
      'o1',
      '112011;o1-survey',
      '',
    ]);
    expect(codeOf('川越')).toBe('unknown-unit');
  });
});

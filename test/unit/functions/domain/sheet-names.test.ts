import { expect, it } from 'vitest';
import { sheetNames } from '../../../../functions/domain/sheet-names.ts';

it('names sheets as Excel allows, no two the same', () => {
  const names = sheetNames(['a/b', 'a・b', '長'.repeat(40), '長'.repeat(41), '']);
  expect(names).toEqual(['a・b', 'a・b～2', '長'.repeat(31), `${'長'.repeat(27)}～2`, '・']);
});

it('cuts no character in two', () => {
  const [name = '', second = ''] = sheetNames([`a${'𠮷'.repeat(20)}`, `a${'𠮷'.repeat(20)}`]);
  expect(name).toBe(`a${'𠮷'.repeat(15)}`);
  expect(second).toBe(`a${'𠮷'.repeat(13)}～2`);
});

import { describe, expect, it } from 'vitest';
import { passwordFault } from '../../../../functions/domain/password.ts';

describe('a password', () => {
  it.each(['Abcdefgh1234-', 'Two words, 1 sign', `Aa1${'!'.repeat(253)}`])('is taken: %s', (password) => {
    expect(passwordFault(password)).toBeUndefined();
  });

  it.each([
    ['Abcdefg1234', '12文字以上'],
    [`Aa1!${'x'.repeat(253)}`, '256文字以内'],
    ['abcdefgh1234-', '英大文字を含めて'],
    ['ABCDEFGH1234-', '英小文字を含めて'],
    ['Abcdefghijkl-', '数字を含めて'],
    ['Abcdefgh12345', '記号を含めて'],
    ['abcdefghijklm', '英大文字、数字、記号を含めて'],
    ['Ａbcdefgh1234-', '全角の文字は使えません'],
    ['Abcdefgh1234- ', '最初と最後に空白'],
  ])('%s is not: %s', (password, said) => {
    expect(passwordFault(password)).toContain(said);
  });
});

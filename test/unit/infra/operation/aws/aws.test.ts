import { describe, expect, it } from 'vitest';
import { explained } from '../../../../../infra/operation/aws/aws.ts';

describe('what AWS refuses', () => {
  const named = (name: string): Error => Object.assign(new Error('as AWS says it'), { name });
  const own = { TableAlreadyExistsException: 'その名前の表が、すでにあります。', ENOENT: 'ファイルがありません。' };

  it('is told in words that say what to do, those of the command and those of all commands', () => {
    expect(explained(named('TableAlreadyExistsException'), own).message).toBe(
      'その名前の表が、すでにあります。（as AWS says it）',
    );
    expect(explained(named('ExpiredTokenException'), own).message).toContain('サインインし直してください。');
    expect(explained(Object.assign(new Error('no file'), { code: 'ENOENT' }), own).message).toBe(
      'ファイルがありません。（no file）',
    );
  });

  it('is told as it is where we have no words', () => {
    expect(explained(new Error('something else'), own).message).toBe('something else');
    expect(explained('text', own).message).toBe('text');
  });
});

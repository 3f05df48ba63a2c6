import { describe, expect, it } from 'vitest';
import { readLocalSettings } from '../../../../infra/local/environment.ts';

describe('a setting of a run on this machine', () => {
  it.each([
    [{ PORT: 'http' }, 'PORT は 0 から 65534 の数で指定してください。'],
    [{ PORT: '-1' }, 'PORT は 0 から 65534 の数で指定してください。'],
    [{ PORT: '65535' }, 'PORT は 0 から 65534 の数で指定してください。'],
    [{ PORT: '1.5' }, 'PORT は 0 から 65534 の数で指定してください。'],
    [{ PREFECTURE: 'atlantis' }, 'PREFECTURE は saitama か gunma を指定してください。'],
    [{ DEMO: 'yes' }, 'DEMO は on か off を指定してください。'],
    [{ SIGN_IN: 'none' }, 'SIGN_IN は own か hosted を指定してください。'],
    [{ DYNAMODB_ENDPOINT: 'here' }, 'DYNAMODB_ENDPOINT は http:// で始まるURLを指定してください。'],
  ])('%j is refused with a sentence that says what to set', (variables, sentence) => {
    expect(() => readLocalSettings(variables)).toThrow(new Error(sentence));
  });

  it('is not needed for a demonstration of Saitama at port 3000', () => {
    expect(readLocalSettings({})).toMatchObject({ port: 3000, prefecture: 'saitama', demo: true, signIn: 'own' });
  });
});

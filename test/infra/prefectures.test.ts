import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prefectureIds, prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import { readPrefecture } from '../../infra/prefectures/schema.ts';

const contact = { department: '福祉部', phone: '048-000-0000', email: 'a@saitama.example' };
const saitama = { code: '110001', name: '埼玉県', contact };
/** What a prefecture need not say. */
const defaults = { licence: 'CC-BY-4.0', exportAt: '03:00' };

describe('the prefectures', () => {
  it('are those of the folder, one file each', () => {
    const files = readdirSync(new URL('../../infra/prefectures/', import.meta.url));
    const deployments = files.filter((file) => file !== 'catalogue.ts' && file !== 'schema.ts');
    expect(deployments.toSorted()).toEqual(prefectureIds.map((id) => `${id}.ts`).toSorted());
  });

  it('are found by name', () => {
    const own = { department: expect.any(String), phone: expect.any(String), email: expect.any(String) };
    expect(prefectureNamed('saitama')).toEqual({ id: 'saitama', ...saitama, ...defaults, contact: own });
    expect(prefectureNamed('gunma')).toEqual({ id: 'gunma', code: '100005', name: '群馬県', ...defaults, contact: own });
  });

  it.each(['tokyo', '', 'Saitama', 'toString', '__proto__'])('do not include %j, and the error lists those there are', (id) => {
    expect(() => prefectureNamed(id)).toThrow(`県「${id}」の設定がありません。-c prefecture= に指定できるのは gunma、saitama です。`);
  });
});

describe('the settings of a prefecture', () => {
  it('are taken as written when they are right', () => {
    expect(readPrefecture('saitama', saitama)).toEqual({ id: 'saitama', ...saitama, ...defaults });
  });

  it('may name the division that the report prints', () => {
    expect(readPrefecture('saitama', { ...saitama, division: '障害者支援課' })).toMatchObject({ division: '障害者支援課' });
  });

  it('with an unknown key are refused, naming it', () => {
    expect(() => readPrefecture('saitama', { ...saitama, colour: 'green' })).toThrow(/saitama\.ts[^]*colour: この項目はありません/);
  });

  it.each([
    ['licence', { ...saitama, licence: 'CC' }, 'CC-BY-4.0'],
    ['exportAt', { ...saitama, exportAt: '24:00' }, '03:00'],
    ['division', { ...saitama, division: '' }, '担当課'],
    ['code', { name: '埼玉県', contact }, '文字列'],
    ['code', { ...saitama, code: '11000' }, '6桁'],
    ['code', { ...saitama, code: '110002' }, '検査数字'],
    ['code', { ...saitama, code: '111007' }, '都道府県のコード'],
    ['code', { ...saitama, code: 110001 }, '文字列'],
    ['name', { ...saitama, name: '埼玉' }, '都道府県名'],
    ['name', { code: '110001', contact }, '文字列'],
    ['全体', null, ''],
    ['contact', { code: '110001', name: '埼玉県' }, 'department'],
    ['contact.phone', { ...saitama, contact: { ...contact, phone: '48' } }, '電話番号'],
    ['contact.email', { ...saitama, contact: { ...contact, email: 'saitama' } }, 'メールアドレス'],
    ['contact.department', { ...saitama, contact: { ...contact, department: '' } }, '入力'],
  ])('name the field in a message: %s of %j', (field, settings, reason) => {
    expect(() => readPrefecture('saitama', settings)).toThrow(new RegExp(`  ${field}: .*${reason}`));
  });

  it('report all mistakes at once', () => {
    expect(() => readPrefecture('saitama', { code: '1', name: '', colour: 'green', size: 3 })).toThrow(
      /code: [^]*name: [^]*colour: [^]*size: /,
    );
  });
});

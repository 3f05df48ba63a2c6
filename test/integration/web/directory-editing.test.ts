/** The directory edited on the pages of the prefecture: a unit, classes, kinds. */

import { describe, expect, it } from 'vitest';
import { dayInJapan } from '../../../schemas/round.ts';
import { fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok } from '../support/fixtures.ts';
import { formOn } from '../support/officer.ts';
import { reviewSystem } from '../support/review-system.ts';

const review = reviewSystem();
const { post } = review;

describe('the directory', () => {
  const fields = (form: Loaded, lead: string) =>
    ['edit', 'seen', 'id', 'name', 'members']
      .map((name) => [name, fieldIn(form, name)] as const)
      .concat([
        ['lead', lead],
        ['ward', ''],
        ['do', 'save'],
      ]);

  /** The page of what changes says yes. */
  const confirmed = (page: Loaded): Promise<Loaded> =>
    post(page, '/directory', [...formOn(page, 'back').fields, ['do', 'save']]);

  it('is edited upon the version seen', async () => {
    const form = await review.officer.open('/directory?edit=council/hiki');
    const [first = '', second = '', third = ''] = fieldIn(form, 'members').split('、');
    const lead = [first, second, third].find((each) => each !== fieldIn(form, 'lead')) ?? '';
    const asked = await post(form, '/directory', fields(form, lead));
    expect(words(asked)).toContain(`事務局の変更 協議会 hiki ${fieldIn(form, 'name')}`);
    const back = await post(asked, '/directory', [...formOn(asked, 'back').fields, ['do', 'back']]);
    expect([fieldIn(back, 'lead'), back.html.includes('data-unsaved')]).toEqual([lead, true]);
    const both = await post(form, '/directory', fields(form, lead));
    expect(words(await confirmed(asked))).toContain('名簿を保存しました。');
    expect(words(await confirmed(both)), 'the same once more').toContain('名簿を保存しました。');
    const other = [first, second, third].find((each) => each !== lead && each !== fieldIn(form, 'lead')) ?? '';
    const late = await post(form, '/directory', fields(form, other));
    expect(late.status).toBe(412);
    expect(fieldIn(late, 'lead')).toBe(other);
    expect(words(late)).toContain('他の人が名簿を変更しました。入力した内容はまだ保存されていません。');
    expect(words(late)).toContain(`最新の名簿の事務局 ${lead}`);
    expect(words(await confirmed(await post(late, '/directory', fields(late, other))))).toContain(
      '名簿を保存しました。',
    );
    const wrong = await post(form, '/directory', fields(form, '川口市'));
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-lead"');
  });

  it('loses nothing by one press of a button', async () => {
    const form = await review.officer.open('/directory?edit=council/hiki');
    const name = fieldIn(form, 'name');
    const remove = (page: Loaded, rest: readonly (readonly [string, string])[] = []): Promise<Loaded> =>
      post(page, '/directory', [['edit', 'council/hiki'], ['seen', fieldIn(page, 'seen')], ['do', 'remove'], ...rest]);
    const asked = await remove(form);
    expect(words(asked)).toContain(`${name}を名簿から削除しますか`);
    expect(words(asked)).toMatch(/調査と回答への影響 .*（名簿 第\d+版を使用）/);
    expect((await review.officer.open('/directory?edit=council/hiki')).status).toBe(200);
    expect(words(await remove(asked, [['confirmed', 'yes']]))).not.toContain(name);
    expect((await review.officer.open('/directory?edit=council/hiki')).status).toBe(404);
  });

  it('is corrected today beside a plan, which stays unless it is to be corrected too', async () => {
    const saitama = await directoryFixture('saitama-r6');
    ok(await review.system.prefecture.put('/api/directory', saitama));
    const hiki = saitama.councils.find(({ id }) => id === 'hiki');
    const other = hiki?.members.find((each) => each !== hiki.lead) ?? '';
    const councils = saitama.councils.map((each) => (each.id === 'hiki' ? { ...each, lead: other } : each));
    ok(await review.system.prefecture.put('/api/directory', { ...saitama, councils, validFrom: '2999-04-01' }));
    expect(words(await review.officer.open('/directory'))).toContain('（予定）');
    expect(words(await review.officer.open('/directory?on=2999-04-01'))).toContain('令和981年4月1日 から有効');
    const council = async (on: string): Promise<unknown> => {
      const { councils: held }: typeof saitama = ok(
        await review.system.prefecture.get(`/api/directory?on=${on}`),
      ).json();
      const found = held.find(({ id }) => id === 'hiki');
      return [found?.name, found?.lead];
    };
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const save = (form: Loaded, name: string, also: string): Promise<Loaded> =>
      post(form, '/directory', [
        ...fields(form, fieldIn(form, 'lead')).filter(([field]) => field !== 'name'),
        ['basis', fieldIn(form, 'basis')],
        ['from', fieldIn(form, 'from')],
        ['name', name],
        ['also.2999-04-01', also],
      ]);
    const asked = await save(await review.officer.open('/directory?edit=council/hiki'), '改称協議会', '');
    expect(asked.status).toBe(422);
    expect(asked.html).toContain('href="#field-also.2999-04-01"');
    expect(words(await save(asked, '改称協議会', 'no'))).toContain('名簿を保存しました。');
    expect([await council(today), await council('2999-04-01')]).toEqual([
      ['改称協議会', hiki?.lead],
      [hiki?.name, other],
    ]);
    const form = await review.officer.open('/directory?edit=council/hiki');
    expect(words(await save(form, '再改称協議会', 'yes'))).toContain('名簿を保存しました。');
    expect([await council(today), await council('2999-04-01')]).toEqual([
      ['再改称協議会', hiki?.lead],
      ['再改称協議会', other],
    ]);
    ok(await review.system.prefecture.put('/api/directory', { ...saitama, validFrom: '2999-04-01' }));
    ok(await review.system.prefecture.put('/api/directory', saitama));
  });

  it('gets classes, and each unit its value of them', async () => {
    const saitama = await directoryFixture('saitama-r6');
    ok(await review.system.prefecture.put('/api/directory', saitama));
    const page = await review.officer.open('/directory/classes');
    const classes = (label: string, also = 'no') => [
      ...['seen', 'basis', 'count', 'from'].map((name) => [name, fieldIn(page, name)] as const),
      ['classes.0.label', label] as const,
      ['classes.0.values', '南部\n西部'] as const,
      ['also.2999-04-01', also] as const,
    ];
    const wrong = await post(page, '/directory/classes', classes('区分'));
    expect([wrong.status, wrong.html.includes('href="#field-classes.0.label"')]).toEqual([422, true]);
    const asked = await post(page, '/directory/classes', classes('圏域', ''));
    expect([asked.status, asked.html.includes('href="#field-also.2999-04-01"')]).toEqual([422, true]);
    expect(words(await post(page, '/directory/classes', classes('圏域')))).toContain('名簿を保存しました。');
    expect((await post(page, '/directory/classes', classes('広域圏'))).status).toBe(412);
    const form = await review.officer.open('/directory?edit=municipality/112038');
    const { fields } = formOn(form, 'save');
    const typed = new Map([...fields, ['class.class1', '南部'], ['population', '604,715'], ['do', 'save']]).set(
      'also.2999-04-01',
      'no',
    );
    const undated = await post(form, '/directory', [...typed]);
    expect([undated.status, undated.html.includes('href="#field-populationOn"')]).toEqual([422, true]);
    const saved = await post(form, '/directory', [...typed.set('populationOn', '令和6年10月1日')]);
    expect(words(saved)).toContain('名簿を保存しました。');
    expect(words(await review.officer.open('/directory'))).toMatch(/川口市 112038 市 設置 604,715 南部/);
    ok(await review.system.prefecture.put('/api/directory', saitama));
  });

  it('gets kinds of units, and units of them, which are found, changed and ended', async () => {
    const saitama = await directoryFixture('saitama-r6');
    expect((await review.officer.open('/directory?list=unit')).html).not.toContain('unit/new');
    const kinds = await review.officer.open('/directory/kinds');
    const seen = ['seen', 'basis', 'count', 'from'].map((name) => [name, fieldIn(kinds, name)] as const);
    const define = (label: string) =>
      post(kinds, '/directory/kinds', [
        ...seen,
        ['classes.0.label', label],
        ['classes.1.label', '保健所'],
        ['also.2999-04-01', 'yes'],
      ]);
    expect((await define('協議会')).html).toContain('href="#field-classes.0.label"');
    expect(words(await define('相談支援事業所'))).toContain('名簿を保存しました。 名簿');
    expect(words(await define('相談支援事業所')), 'the same once more').toContain('名簿を保存しました。');
    expect((await define('圏域')).status).toBe(412);
    const planned: typeof saitama = ok(await review.system.prefecture.get('/api/directory?on=2999-04-01')).json();
    expect(planned.kinds?.map(({ label }) => label)).toEqual(['相談支援事業所', '保健所']);
    const today = dayInJapan(new Date());
    const save = async (edit: string, typed: Readonly<Record<string, string>>) => {
      const form = await review.officer.open(`/directory?edit=${edit}`);
      const { fields } = formOn(form, 'save');
      return post(form, '/directory', [
        ...new Map([...fields, ...Object.entries(typed), ['also.2999-04-01', 'no'], ['do', 'save']]),
      ]);
    };
    const office = { id: 'A001', name: 'ひまわり 相談室', kind: 'kind1', members: '川口市' };
    const nowhere = await save('unit/new', { ...office, members: '' });
    expect([nowhere.status, nowhere.html.includes('href="#field-members"')]).toEqual([422, true]);
    expect(words(await save('unit/new', office))).toContain('その他の回答単位（1）');
    await save('unit/new', { id: 'B001', name: '県南保健所', kind: 'kind2', answering: 'itself' });
    const ofKind = words(await review.officer.open('/directory?list=unit&kind=kind2'));
    expect([ofKind.includes('県南保健所 B001 保健所 自ら回答'), ofKind.includes('ひまわり')]).toEqual([true, false]);
    const ended = words(
      await confirmed(await save('unit/A001', { validTo: '令和6年3月31日', successors: '県南保健所' })),
    );
    expect(ended).toContain('その他の回答単位（1）');
    expect(ended).toContain('この日には有効でない回答単位（1件） 名称 コード 有効期間 後の団体');
    const town = await save('municipality/113018', { validFrom: '令和6年4月1日' });
    expect(words(town)).toMatch(
      /令和6年度調査 （名簿 第\d+版を使用） 令和6年度調査の、変更のある団体の回答（\d+件） 回答単位 .*伊奈町/,
    );
    expect(words(await confirmed(town))).toMatch(/伊奈町 113018 町 \S+ 令和6年4月1日～/);
    // What is changed from another day on is shown as it is on that day, and which version holds today.
    const again = await review.officer.open('/directory/kinds');
    const early = await post(again, '/directory/kinds', [
      ...['seen', 'basis', 'count'].map((name) => [name, fieldIn(again, name)] as const),
      ['from', '令和5年4月1日'],
      ...[0, 1].flatMap((at) =>
        ['id', 'label'].map((name) => [`classes.${at}.${name}`, fieldIn(again, `classes.${at}.${name}`)] as const),
      ),
      ['classes.2.label', '圏域'],
      [`also.${today}`, 'no'],
      ['also.2999-04-01', 'no'],
    ]);
    expect(words(early)).toMatch(/令和5年4月1日 の名簿を表示しています。今日有効な名簿は第\d+版です。/);
    expect(early.html).toContain('on=2023-04-01&amp;edit=unit%2Fnew');
    ok(await review.system.prefecture.put('/api/directory', saitama));
  });
});

/** The rounds and the directory on the pages of the prefecture. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackDirectory } from '../../../functions/web/manage/directory/import.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { checkDigit } from '../../../schemas/values/municipality-code.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { xlsx } from '../../support/xlsx.ts';
import { fieldIn, words } from '../support/browser.ts';
import type { Loaded, TestBrowser } from '../support/browser.ts';
import { directoryFixture, ok, openRound } from '../support/fixtures.ts';
import { formOn, formTo } from '../support/officer.ts';
import { forms, startReviewSystem } from '../support/review-system.ts';
import type { TestSystem } from '../support/system.ts';

let system: TestSystem;
let officer: TestBrowser;

beforeAll(async () => {
  ({ system, officer } = await startReviewSystem());
});
afterAll(() => system.stop());

const post: TestBrowser['postFrom'] = (page, action, fields) => officer.postFrom(page, action, fields);

describe('rounds', () => {
  it('are created from the last one, once', async () => {
    const form = await officer.open('/rounds/new');
    expect(fieldIn(form, 'id')).toBe('R7');
    expect(fieldIn(form, 'referenceDate')).toBe('令和7年9月30日');
    const names = [
      'id',
      'name',
      'fiscalYear',
      'compareYear',
      'referenceDate',
      'period.from',
      'period.to',
      'opensAt',
      'dueAt',
      'asOf.consultation',
    ];
    const fields = [
      ...names.map((name) => [name, fieldIn(form, name)] as const),
      ['forms.municipal-survey', '2024'] as const,
    ];
    const wrong = await post(
      form,
      '/rounds/new',
      fields.map(([name, value]) => [name, name === 'dueAt' ? '来月' : value]),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-dueAt"');
    const created = await post(form, '/rounds/new', fields);
    expect(created.url.pathname).toBe('/rounds/R7');
    expect((await post(form, '/rounds/new', fields)).url.pathname).toBe('/rounds/R7');
    const other = await post(
      form,
      '/rounds/new',
      fields.map(([name, value]) => [name, name === 'name' ? '別の調査' : value]),
    );
    expect(words(other)).toContain('この識別子の調査はすでにあります');
  });

  it('are changed only as they were seen', async () => {
    const form = await officer.open('/rounds/R7/settings');
    const names = [
      'id',
      'name',
      'fiscalYear',
      'compareYear',
      'referenceDate',
      'period.from',
      'period.to',
      'opensAt',
      'dueAt',
      'seen',
    ];
    const save = (name: string) =>
      post(form, '/rounds/R7/settings', [
        ...names.map(
          (each) =>
            [
              each,
              each === 'seen'
                ? fieldIn(form, each).replaceAll('&quot;', '"')
                : each === 'name'
                  ? name
                  : fieldIn(form, each),
            ] as const,
        ),
        ['forms.municipal-survey', '2024'],
      ]);
    expect(words(await save('令和7年度 本調査'))).toContain('設定を保存しました。');
    expect(words(await save('令和7年度 本調査'))).toContain('設定を保存しました。');
    const late = await save('令和7年度 別の名称');
    expect(late.status).toBe(412);
    expect(words(late)).toContain('入力した内容はまだ保存されていません。');
    expect(words(late)).toContain('保存されている「調査の名称」 令和7年度 本調査');
    // What was typed stands in the form, and is saved when the officer says so again.
    expect(fieldIn(late, 'name')).toBe('令和7年度 別の名称');
    const again = formTo(late, '/rounds/R7/settings').fields;
    expect(words(await post(late, '/rounds/R7/settings', again))).toContain('設定を保存しました。');
    expect(fieldIn(await officer.open('/rounds/R7/settings'), 'name')).toBe('令和7年度 別の名称');
  });
});

describe('the directory of a round', () => {
  it('is another one only after what that changes was shown', async () => {
    const saitama = await directoryFixture('saitama-r6');
    const pinned = async (): Promise<unknown> =>
      ok(await system.prefecture.get('/api/rounds'))
        .json()
        .rounds.find(({ id }: { id: string }) => id === 'R5').directoryVersion;
    const before = await pinned();
    const municipalities = saitama.municipalities.map((each) =>
      each.code === '112038' ? { ...each, name: '新川口市' } : each,
    );
    const { version } = ok(await system.prefecture.put('/api/directory', { ...saitama, municipalities })).json();
    const settings = await officer.open('/rounds/R5/settings');
    expect(words(settings)).toContain(`名簿 第${String(before)}版を使っています。`);
    const shown = await officer.open(`/rounds/R5/settings?directory=${String(version)}`);
    expect(words(shown)).toContain('名称の変更 市町村 112038 新川口市 川口市 新川口市');
    expect(words(shown)).toMatch(/63件（変わりません）/);
    expect(words(shown)).toMatch(/川口市 \S+ 確認済/);
    expect(await pinned()).toBe(before);
    const take = (from: unknown): Promise<Loaded> =>
      post(shown, '/rounds/R5/settings', [
        ['directory', String(version)],
        ['pinned', String(from)],
      ]);
    expect((await take(99)).status).toBe(412);
    expect(words(await take(before))).toContain('設定を保存しました。');
    expect(words(await take(before))).toContain('設定を保存しました。');
    expect(await pinned()).toBe(version);
    expect((await officer.open('/rounds/R5/settings?directory=999')).status).toBe(404);
    ok(await system.prefecture.put('/api/directory', saitama));
  });
});

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
    const form = await officer.open('/directory?edit=council/hiki');
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
    const form = await officer.open('/directory?edit=council/hiki');
    const name = fieldIn(form, 'name');
    const remove = (page: Loaded, rest: readonly (readonly [string, string])[] = []): Promise<Loaded> =>
      post(page, '/directory', [['edit', 'council/hiki'], ['seen', fieldIn(page, 'seen')], ['do', 'remove'], ...rest]);
    const asked = await remove(form);
    expect(words(asked)).toContain(`${name}を名簿から削除しますか`);
    expect(words(asked)).toMatch(/調査と回答への影響 .*（名簿 第\d+版を使用）/);
    expect((await officer.open('/directory?edit=council/hiki')).status).toBe(200);
    expect(words(await remove(asked, [['confirmed', 'yes']]))).not.toContain(name);
    expect((await officer.open('/directory?edit=council/hiki')).status).toBe(404);
  });

  it('is corrected today beside a plan, which stays unless it is to be corrected too', async () => {
    const saitama = await directoryFixture('saitama-r6');
    ok(await system.prefecture.put('/api/directory', saitama));
    const hiki = saitama.councils.find(({ id }) => id === 'hiki');
    const other = hiki?.members.find((each) => each !== hiki.lead) ?? '';
    const councils = saitama.councils.map((each) => (each.id === 'hiki' ? { ...each, lead: other } : each));
    ok(await system.prefecture.put('/api/directory', { ...saitama, councils, validFrom: '2999-04-01' }));
    expect(words(await officer.open('/directory'))).toContain('（予定）');
    expect(words(await officer.open('/directory?on=2999-04-01'))).toContain('令和981年4月1日 から有効');
    const council = async (on: string): Promise<unknown> => {
      const { councils: held }: typeof saitama = ok(await system.prefecture.get(`/api/directory?on=${on}`)).json();
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
    const asked = await save(await officer.open('/directory?edit=council/hiki'), '改称協議会', '');
    expect(asked.status).toBe(422);
    expect(asked.html).toContain('href="#field-also.2999-04-01"');
    expect(words(await save(asked, '改称協議会', 'no'))).toContain('名簿を保存しました。');
    expect([await council(today), await council('2999-04-01')]).toEqual([
      ['改称協議会', hiki?.lead],
      [hiki?.name, other],
    ]);
    const form = await officer.open('/directory?edit=council/hiki');
    expect(words(await save(form, '再改称協議会', 'yes'))).toContain('名簿を保存しました。');
    expect([await council(today), await council('2999-04-01')]).toEqual([
      ['再改称協議会', hiki?.lead],
      ['再改称協議会', other],
    ]);
    ok(await system.prefecture.put('/api/directory', { ...saitama, validFrom: '2999-04-01' }));
    ok(await system.prefecture.put('/api/directory', saitama));
  });

  it('gets classes, and each unit its value of them', async () => {
    const saitama = await directoryFixture('saitama-r6');
    ok(await system.prefecture.put('/api/directory', saitama));
    const page = await officer.open('/directory/classes');
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
    const form = await officer.open('/directory?edit=municipality/112038');
    const { fields } = formOn(form, 'save');
    const typed = new Map([...fields, ['class.class1', '南部'], ['population', '604,715'], ['do', 'save']]).set(
      'also.2999-04-01',
      'no',
    );
    const undated = await post(form, '/directory', [...typed]);
    expect([undated.status, undated.html.includes('href="#field-populationOn"')]).toEqual([422, true]);
    const saved = await post(form, '/directory', [...typed.set('populationOn', '令和6年10月1日')]);
    expect(words(saved)).toContain('名簿を保存しました。');
    expect(words(await officer.open('/directory'))).toMatch(/川口市 112038 市 設置 604,715 南部/);
    ok(await system.prefecture.put('/api/directory', saitama));
  });

  it('gets kinds of units, and units of them, which are found, changed and ended', async () => {
    const saitama = await directoryFixture('saitama-r6');
    expect((await officer.open('/directory?list=unit')).html).not.toContain('unit/new');
    const kinds = await officer.open('/directory/kinds');
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
    const planned: typeof saitama = ok(await system.prefecture.get('/api/directory?on=2999-04-01')).json();
    expect(planned.kinds?.map(({ label }) => label)).toEqual(['相談支援事業所', '保健所']);
    const today = dayInJapan(new Date());
    const save = async (edit: string, typed: Readonly<Record<string, string>>) => {
      const form = await officer.open(`/directory?edit=${edit}`);
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
    const ofKind = words(await officer.open('/directory?list=unit&kind=kind2'));
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
    const again = await officer.open('/directory/kinds');
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
    ok(await system.prefecture.put('/api/directory', saitama));
  });

  async function upload(file: string | Uint8Array<ArrayBuffer>, validFrom = ''): Promise<Loaded> {
    const form = await officer.open('/directory/import');
    const body = new FormData();
    body.set('csrf', fieldIn(form, 'csrf'));
    body.set('validFrom', validFrom);
    body.set('file', new Blob([file]), 'directory.csv');
    return officer.open('/directory/import', {
      method: 'POST',
      body,
      headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
    });
  }

  it('is imported after the changes were shown, and not when it changed meanwhile', async () => {
    const file = await officer.request('/directory?as=csv');
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('名簿_埼玉県.csv'));
    const csv = await file.text();
    const shown = await upload(csv.replace('伊奈町,', '新伊奈町,'));
    expect(words(shown)).toContain('名称の変更 市町村 113018 新伊奈町 伊奈町 新伊奈町');
    expect(words(shown)).toContain('回答を求めている調査（受付を終了したものを除く。）はありません。');
    const proposal = [
      ['proposal', fieldIn(shown, 'proposal')],
      ['seen', fieldIn(shown, 'seen')],
    ] as const;
    expect(words(await post(shown, '/directory/import', proposal))).toContain('名簿を取り込みました。');
    expect(words(await post(shown, '/directory/import', proposal))).toContain('名簿を取り込みました。');
    const older = await upload(csv);
    ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
    const late = await post(older, '/directory/import', [
      ['proposal', fieldIn(shown, 'proposal')],
      ['seen', fieldIn(older, 'seen')],
    ]);
    expect(late.status).toBe(412);
  });

  it('is imported for the day that was shown, also when it is confirmed after midnight', async () => {
    const today = dayInJapan(new Date());
    const csv = await (await officer.request('/directory?as=csv')).text();
    const shown = await upload(csv.replace('伊奈町,', '新伊奈町,'));
    expect(words(shown)).toContain(`有効になる日： ${printPartialDate(today)}`);
    const proposal = unpackDirectory(fieldIn(shown, 'proposal'));
    expect(proposal?.validFrom).toBe(today);
  });

  it('is imported for a day that is shown before, and asked for at its field when it is none', async () => {
    const csv = await (await officer.request('/directory?as=csv')).text();
    expect(words(await upload(csv, '令和12年4月1日'))).toContain('有効になる日： 令和12年4月1日');
    const wrong = await upload(csv, '令和12年');
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-validFrom"');
    expect(fieldIn(wrong, 'validFrom')).toBe('令和12年');
    expect(words(wrong)).not.toContain('取り込めない行');
  });

  /** The directory as it is, as rows of cells. */
  async function currentRows(): Promise<string[][]> {
    const csv = await (await officer.request('/directory?as=csv')).text();
    return csv
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
  }

  it('is imported from the first sheet that shows; which one it was and what was left aside is said', async () => {
    const rows = await currentRows();
    const bytes = await xlsx({ 旧名簿: [['種別']], 名簿: rows, 備考: [['メモ']] }, (sheet) => {
      sheet.state = 'hidden';
    });
    const shown = words(await upload(new Uint8Array(bytes)));
    expect(shown).toContain('シート「名簿」を読み取りました。');
    expect(shown).toContain('読み取らなかったシート：「旧名簿」（非表示）、「備考」');
    expect(shown).toContain('その日に有効な名簿と同じ内容です。');
    expect(shown).not.toContain('非表示の列');
    expect(shown).not.toContain('非表示の行');
  });

  it('is imported from hidden rows and columns too, and says so', async () => {
    const rows = await currentRows();
    const at = rows.findIndex((cells) => cells.includes('伊奈町'));
    const renamed = rows.map((cells, index) =>
      index === at ? cells.map((cell) => (cell === '伊奈町' ? '新伊奈町' : cell)) : cells,
    );
    const bytes = await xlsx({ 名簿: renamed }, (sheet) => {
      sheet.getRow(at + 1).hidden = true;
      sheet.getColumn((rows[0]?.indexOf('区分') ?? -1) + 1).hidden = true;
    });
    const shown = words(await upload(new Uint8Array(bytes)));
    expect(shown).toContain('非表示の列も読み取りました：区分');
    expect(shown).toContain('非表示の行も読み取りました（1件）。');
    expect(shown).toContain('113018 新伊奈町 非表示の行 伊奈町 新伊奈町');
  });

  it('explains a change that the eye cannot tell from what was there', async () => {
    const csv = await (await officer.request('/directory?as=csv')).text();
    const variant = await upload(csv.replaceAll('川越市', '川越\u{E0100}市'));
    expect(words(variant)).toContain('見た目は同じですが、文字が異なります（なし → U+E0100）。');
    expect(words(await upload(csv.replaceAll('川越市', '新川越市')))).not.toContain('見た目は同じ');
    const unseen = await upload(csv.replaceAll('川越市', '川越\u200B市'));
    expect(unseen.status).toBe(422);
    expect(words(unseen)).toContain('見えない文字（U+200B）');
  });

  it('says what is wrong by row', async () => {
    const csv = await (await officer.request('/directory?as=csv')).text();
    const wrong = await upload(csv.replace('112038,川口市,市', '112039,川口市,市'));
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('検査数字（6桁目）が合いません');
  });
});

describe('1,700 units', () => {
  it('are listed a hundred at a time, in pages that stay small', async () => {
    const codes = Array.from({ length: 1000 }, (_, index) => `11${String(index).padStart(3, '0')}`).map(
      (five) => five + checkDigit(five),
    );
    const directory = {
      prefecture: { code: '110001', name: '埼玉県' },
      municipalities: codes.map((code, index) => ({ code, name: `第${index + 1}市`, kind: 'city' })),
      councils: codes
        .slice(0, 700)
        .map((code) => ({ id: `c${code}`, name: `${code}協議会`, members: [code], lead: code })),
      validFrom: '2030-01-01',
    };
    ok(await system.prefecture.put('/api/directory', directory));
    ok(await system.prefecture.put('/api/rounds/R12', openRound(forms, { referenceDate: '2030-09-30' })));
    const page = await officer.open('/rounds/R12?sort=code&page=17');
    expect(words(page)).toContain('1700件（17 / 17 ページ）');
    for (const address of [
      '/',
      '/rounds/R12',
      '/rounds/R12?sort=state&page=2',
      '/directory',
      '/rounds/R12/summary',
      '/rounds/R12/log',
    ])
      expect([address, (await officer.open(address)).html.length < 60_000]).toEqual([address, true]);
  });
});

import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeQuestionnaire } from '../../../functions/domain/questionnaire/write.ts';
import { writeQuestionnaireWorkbook } from '../../../functions/platform/workbook/write-questionnaire.ts';
import { readDocument } from '../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import { rowWords } from '../../../schemas/kinds/rows.ts';
import { xlsx } from '../../support/xlsx.ts';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { formTo } from '../support/officer.ts';
import { directoryFixture, ok } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

let system: TestSystem;
let officer: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'unit-112038', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
});
afterAll(() => system.stop());

/** Posts a form of the page as it stands, with some fields typed and one button pressed. */
function press(page: Loaded, action: string, value: string, typed: Record<string, string> = {}): Promise<Loaded> {
  const fields = Object.fromEntries(formTo(page, action).fields.map(([name, standing]) => [name, standing]));
  return officer.post(action, { ...fields, ...typed, action: value }, page.url);
}

describe('an urgent inquiry', () => {
  const dueAt = '令和20年2月14日';

  it('is typed, looked at and begun, and municipalities answer it', async () => {
    const address = '/inquiries/new';
    let page = await officer.open(address);
    page = await press(page, address, 'add', {
      title: '大雪時の相談支援体制に関する緊急照会',
      dueAt,
      'questions.0.label': '安否確認を行ったか',
      'questions.0.options': '行った\n行っていない\nその他',
    });
    page = await press(page, address, 'check', { 'questions.1.kind': 'count', 'questions.1.label': '人数' });
    expect(page.status).toBe(422);
    expect(words(page)).toContain('問2：単位（人、件など）を入力してください。');
    const twice = { 'questions.0.options': '行った\n行った', 'questions.1.unit': '人' };
    page = await press(page, address, 'check', twice);
    expect(words(page)).toContain('問1：選択肢「行った」が重複しています。');
    page = await press(page, address, 'check', { 'questions.0.options': '行った\n行っていない\nその他' });
    expect(words(page)).toContain('まだ始まっていません');
    expect(words(page)).toContain('照会先 63団体');
    expect(words(page)).toContain('問1 安否確認を行ったか');
    const preview = page;
    page = await press(preview, address, 'start');
    expect(page.status).toBe(200);
    expect(words(page)).toContain('大雪時の相談支援体制に関する緊急照会');
    const round = page.url.pathname.split('/').at(-1) ?? '';
    // A second press of the button begins nothing anew.
    expect((await press(preview, address, 'start')).url.pathname).toBe(page.url.pathname);
    // The next year's round is not proposed from it.
    expect(words(await officer.open('/rounds/new'))).not.toContain('緊急照会」の設定から1年進めた');

    const api = `/api/rounds/${round}/returns/${round}/112038`;
    const answers = { inquiry: { q1: 'other', q1Other: '準備中', q2: 12 } };
    ok(await system.municipality('112038').put(api, { answers }, { 'if-none-match': '*' }));
    ok(await system.municipality('112038').post(`${api}/submission`));
    const tracker = await officer.open(page.url);
    expect(words(tracker)).toMatch(/川口市.{0,60}提出済/);
  });

  it('asks those that are ticked, and nobody else', async () => {
    const address = '/inquiries/new';
    const typed = {
      title: '二市への照会',
      dueAt,
      'questions.0.label': '状況',
      'questions.0.options': 'はい\nいいえ',
      asked: 'some',
    };
    const nobody = await press(await officer.open(address), address, 'check', typed);
    expect([nobody.status, words(nobody).includes('照会先の団体を1つ以上選んでください。')]).toEqual([422, true]);
    const preview = await press(nobody, address, 'check', { 'asked.unit': '112038' });
    expect(words(preview)).toContain('照会先 1団体（川口市）');
    const begun = await press(preview, address, 'start');
    const round = begun.url.pathname.split('/').at(-1) ?? '';
    const { returns } = ok(await system.prefecture.get(`/api/rounds/${round}/returns`)).json();
    expect(returns).toMatchObject([{ unit: '112038' }]);
  });

  it('keeps what was typed where something is missing', async () => {
    const page = await press(await officer.open('/inquiries/new'), '/inquiries/new', 'check', {
      title: '𠮷野家',
      dueAt: '令和2年2月14日',
      'questions.0.label': '=HYPERLINK("x")',
    });
    expect(words(page)).toContain('「回答期限」が今日より前です');
    expect(words(page)).toContain('選択肢を1行に1つずつ、2つ以上入力してください');
    expect(fieldIn(page, 'title')).toBe('𠮷野家');
    expect(page.html).toContain('value="=HYPERLINK(&quot;x&quot;)"');
  });

  it('is for the prefecture', async () => {
    const municipality = new TestBrowser(system.url);
    await municipality.signIn('unit-112038');
    for (const address of ['/inquiries/new', '/forms', '/forms/import', '/forms/municipal-survey/2024'])
      expect((await municipality.open(address)).status).toBe(403);
  });
});

const written = {
  id: 'soudan',
  version: 2025,
  title: '相談支援の実施状況調査',
  units: 'municipality',
  sections: [
    {
      key: 'system',
      label: '体制',
      questions: [
        {
          key: 'form',
          number: '問1',
          kind: 'choice',
          label: '実施形態',
          required: true,
          options: [
            { key: 'direct', label: '直営' },
            { key: 'commissioned', label: '委託' },
          ],
        },
        { key: 'staff', number: '問2', kind: 'count', label: '職員数', unit: '人' },
      ],
    },
  ],
  rules: [],
  measures: [],
};

function documentOf(change: object): FormDocument {
  const read = readDocument(JSON.parse(JSON.stringify({ ...written, ...change })));
  if (!('document' in read)) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

async function upload(bytes: Uint8Array): Promise<Loaded> {
  const page = await officer.open('/forms/import');
  const body = new FormData();
  body.set('csrf', fieldIn(page, 'csrf'));
  body.set('file', new File([bytes.slice()], 'form.xlsx'));
  return officer.open('/forms/import', {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

async function uploadDocument(change: object): Promise<Loaded> {
  return upload(
    await writeQuestionnaireWorkbook(writeQuestionnaire(documentOf(change)), { author: '埼玉県', at: new Date(0) }),
  );
}

describe('a questionnaire of the prefecture', () => {
  it('is a draft when it is taken over, is tried, and is asked once it is adopted', async () => {
    const draft = await uploadDocument({});
    expect(draft.url.pathname).toBe('/forms/soudan/2025');
    expect(words(draft)).toContain('調査票を取り込みました');
    expect(words(draft)).toContain('下書き（採用前）');
    expect(words(await officer.open('/rounds/new'))).not.toContain('相談支援の実施状況調査');

    const address = '/forms/soudan/2025/trial';
    const tried = await press(await officer.open(address), address, 'check', { 'system.staff': '１２人' });
    expect(words(tried)).toContain('次の1件が示されます。 「問1 実施形態」が未回答です。');
    expect(fieldIn(tried, 'system.staff')).toBe('12');
    const answered = await press(tried, address, 'check', { 'system.form': 'direct' });
    expect(words(answered)).toContain('このまま提出できる内容です');

    const adopted = await press(draft, '/forms/soudan/2025/adoption', 'adopt');
    expect(words(adopted)).toContain('調査票を採用しました');
    expect(words(await officer.open('/rounds/new'))).toContain('相談支援の実施状況調査');
    // Its first round follows no other, also once something of it is wrong.
    const first = await officer.open('/rounds/new?form=soudan&version=2025');
    const wrong = await officer.postFrom(first, '/rounds/new', [['dueAt', '来月']]);
    expect(wrong.status).toBe(422);
    for (const page of [first, wrong]) expect(page.html).not.toMatch(/1年進めた|name="copyTexts"/);
    const again = await uploadDocument({ title: '別の名称' });
    expect(again.status).toBe(422);
    expect(words(adopted)).toContain('（埼玉県担当）');
  });

  it('names, where it is tried, the year that it would compare with', async () => {
    const address = '/forms/municipal-survey/2024/trial';
    const tried = await press(await officer.open(address), address, 'check', { 'establishment.status': 'established' });
    expect(words(tried)).toContain('令和5年度との比較');
    expect(tried.html).not.toContain('{compareYear}');
  });

  it.each(['kinkyu-oyuki', 'soudan-jisshi'])('is taken over from the workbook of a prefecture: %s', async (name) => {
    const folder = new URL('../../fixtures/questionnaires/', import.meta.url);
    const draft = await upload(await readFile(new URL(`${name}.xlsx`, folder)));
    expect(draft.url.pathname).toBe(`/forms/${name}/2025`);
    const read = await system.prefecture.get(`/api/forms/${name}/2025`);
    const { document } = z.object({ document: z.unknown() }).parse(read.json());
    expect(document).toEqual(JSON.parse(await readFile(new URL(`${name}.json`, folder), 'utf8')));
    const adopted = await press(draft, `/forms/${name}/2025/adoption`, 'adopt');
    expect(words(adopted)).toContain('調査票を採用しました');
  });

  it('is taken over from an XLSForm once who uploads it has seen what does not map', async () => {
    const sheets = {
      survey: [
        ['type', 'name', 'label', 'appearance'],
        ['begin group', 'drills', '訓練'],
        ['integer', 'drill_count', '実施回数（回）', 'spinner'],
        ['geopoint', 'place', '訓練の場所'],
        ['end group'],
      ],
      settings: [
        ['form_title', 'form_id', 'version'],
        ['訓練の調査 <b>', 'Kunren Chosa', '2025'],
      ],
    };
    const page = await upload(await xlsx(sheets));
    expect(page.status).toBe(200);
    expect(page.url.pathname).toBe('/forms/import');
    expect(words(page)).toContain('取り込めない設問が1件あります');
    expect(words(page)).toMatch(/survey!A4 設問「訓練の場所」（geopoint）は取り込みません。.* 取り込みません/);
    expect(words(page)).toMatch(/survey!D3 「appearance」の「spinner」は読み取りません。 読み取りません/);
    expect(words(page)).toMatch(/survey!B3 「drill_count」の識別子を「drillCount」としました。/);
    expect(page.html).toContain('訓練の調査 &lt;b&gt;');
    expect((await officer.open('/forms/kunren-chosa/2025')).status).toBe(404);
    const form = formTo(page, '/forms/import');
    const draft = await officer.post('/forms/import', Object.fromEntries(form.fields), page.url);
    expect(draft.url.pathname).toBe('/forms/kunren-chosa/2025');
    expect(words(draft)).toContain('下書き（採用前）');

    const wrong = await upload(await xlsx({ survey: [['type', 'name', 'label'], ['end group']] }));
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('survey!A2');
  });

  it('is begun from a sample, by a guide that names every kind', async () => {
    expect((await officer.open('/forms/import')).html).toContain('href="/forms/guide"');
    const guide = await officer.open('/forms/guide');
    for (const { word } of rowWords) expect(words(guide)).toContain(` ${word} `);
    const file = await officer.request('/forms/sample');
    expect(file.headers.get('content-disposition')).toContain('chosa-mihon-2025.xlsx');
    const draft = await upload(new Uint8Array(await file.arrayBuffer()));
    expect([draft.url.pathname, words(draft).includes('次の点を確かめてください')]).toEqual([
      '/forms/chosa-mihon/2025',
      false,
    ]);
  });

  it('is taken over once who uploads it has seen what was passed over, or may be the same as before', async () => {
    const page = await upload(
      await xlsx({
        調査票: [
          ['項目', '内容'],
          ['識別子', 'soudan'],
          ['版', '2032'],
          ['名称', '相談支援の実施状況調査'],
          ['回答者', '市町村'],
        ],
        設問: [
          ['種類', '番号', '設問', '選択肢', '単位', '公開', '小数', '式', 'ID'],
          ['区分', '', '体制', '', '', '', '', '', 'system'],
          ['選択', '問1', '実施形態', '直営\n委託\nその他', '', '', '', '', 'system.form'],
          ['数', '問2', '職員数', '', '人', '集計のみ', '', '', ''],
          ['計算', '問3', '1人当たり', '', '人', '', '1', '問2 / 2', '', '', '確認中（山田）'],
        ],
        選択肢: [['一覧', '選択肢']],
        確認: [['種別', '式', 'メッセージ']],
        集計: [['名称', '方法', '式']],
      }),
    );
    expect([page.status, page.url.pathname]).toEqual([200, '/forms/import']);
    expect(words(page)).toContain('まだ取り込まれていません');
    expect(words(page)).toMatch(/設問!I4 前の版の設問「職員数」（ID：system.staff）と同じ名称です。/);
    expect(words(page)).toContain('前の版と同じ設問・選択肢として取り込む');
    expect(words(page)).toContain('設問!K5 見出しのない列にあるため、この内容は読み取りません。');
    expect((await officer.open('/forms/soudan/2032')).status).toBe(404);
    const form = formTo(page, '/forms/import');
    const draft = await officer.post('/forms/import', Object.fromEntries(form.fields), page.url);
    expect(draft.url.pathname).toBe('/forms/soudan/2032');
    expect(words(draft)).toContain('「問3 1人当たり」：条件や式が公表しない設問を読むため');
    // The text beside その他 is no question of its own.
    expect(words(draft)).toContain('体制（3項目）');
    const { document } = z
      .object({ document: z.unknown() })
      .parse((await system.prefecture.get('/api/forms/soudan/2032')).json());
    expect(document).toMatchObject({ sections: [{ questions: [{ key: 'form' }, { key: 'staff' }, {}] }] });
  });

  it('comes back from its workbook as it was', async () => {
    await uploadDocument({ version: 2026 });
    const file = await officer.request('/forms/soudan/2026/workbook');
    expect(file.headers.get('content-disposition')).toContain('soudan-2026.xlsx');
    const same = await upload(new Uint8Array(await file.arrayBuffer()));
    expect(same.url.pathname).toBe('/forms/soudan/2026');
  });

  it('is compared with the version before', async () => {
    const [section] = written.sections;
    const [form, staff] = section?.questions ?? [];
    const changed = {
      ...section,
      questions: [
        { ...form, label: '実施の形態', options: [...(form?.options ?? []), { key: 'both', label: '直営と委託' }] },
        { ...staff, unit: '人日' },
        { key: 'days', kind: 'count', number: '問3', label: '開所日数', unit: '日' },
      ],
    };
    const page = await uploadDocument({ version: 2029, sections: [changed] });
    const link = /href="([^"]*comparison[^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const compared = words(await officer.open(link.replace(/with=\d+/, 'with=2025')));
    expect(compared).toContain('追加 問3 開所日数');
    expect(compared).toContain('選択肢の追加 問1 実施の形態 直営と委託');
    expect(compared).toContain('名称の変更 問1 実施の形態 実施形態 → 実施の形態');
    expect(compared).toMatch(/意味の変更 問2 職員数 .*前回とは比べません/);
  });

  it('replaces a draft only for who has seen that there is one', async () => {
    await uploadDocument({ version: 2027 });
    const asked = await uploadDocument({ version: 2027, title: '改めた名称' });
    expect(words(asked)).toContain('下書きを置き換えますか');
    expect(words(await officer.open('/forms/soudan/2027'))).not.toContain('改めた名称');
    const form = formTo(asked, '/forms/import');
    const replaced = await officer.post('/forms/import', Object.fromEntries(form.fields), asked.url);
    expect(words(replaced)).toContain('改めた名称');
    // Somebody else replaces it meanwhile.
    const late = await uploadDocument({ version: 2027, title: 'さらに改めた名称' });
    await uploadDocument({ version: 2027 });
    const third = formTo(await uploadDocument({ version: 2027, title: '三つ目' }), '/forms/import');
    await officer.post('/forms/import', Object.fromEntries(third.fields), asked.url);
    const refused = await officer.post(
      '/forms/import',
      Object.fromEntries(formTo(late, '/forms/import').fields),
      late.url,
    );
    expect(refused.status).toBe(422);
    expect(words(await officer.open('/forms/soudan/2027'))).toContain('三つ目');
  });

  it('says of a file what is wrong with it, and stores nothing', async () => {
    const wrong = await upload(new TextEncoder().encode('no workbook'));
    expect(wrong.status).toBe(422);
    const none = await officer.post('/forms/import', { csrf: fieldIn(wrong, 'csrf') }, wrong.url);
    expect(words(none)).toContain('ファイルが選ばれていません');
    expect((await officer.open('/forms/soudan/2031')).status).toBe(404);
  });
});

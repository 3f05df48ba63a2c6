/**
 * A questionnaire with every kind of question, as an officer writes it: taken over, answered by pages, by a program and in
 * Excel, printed, sent back, compared, counted, exported and checked. What it should come to is counted here by hand.
 */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { formOfDocument } from '../../../schemas/document/form.ts';
import { summary } from '../../../schemas/export.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { readDocument } from '../../../schemas/document/form-document.ts';
import type { Form } from '../../../schemas/form.ts';
import { everyKindAnswers, everyKindSheets } from '../../support/every-kind-questionnaire.ts';
import { filledWorkbook } from '../../support/filled-workbook.ts';
import { questionnaireWorkbook } from '../../support/questionnaire-sheets.ts';
import type { QuestionnaireSheets } from '../../support/questionnaire-sheets.ts';
import { TestBrowser, fieldIn } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, exportRound, ok, openRound } from '../support/fixtures.ts';
import { formTo } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

const id = 'zenshurui';
const units = { kawagoe: '112011', kumagaya: '112020', kawaguchi: '112038' } as const;

let system: TestSystem;
let officer: TestBrowser;
let town: TestBrowser;
let form: Form;
let folder: string;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'kawagoe', name: '川越市担当', groups: [`unit-${units.kawagoe}`] },
    ],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  officer = new TestBrowser(system.url);
  town = new TestBrowser(system.url);
  await officer.signIn('prefecture');
  await town.signIn('kawagoe');
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
});
afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true });
});

function words({ html }: Loaded): string {
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

async function upload(browser: TestBrowser, address: string, bytes: Uint8Array): Promise<Loaded> {
  const body = new FormData();
  body.set('csrf', fieldIn(await browser.open(address), 'csrf'));
  body.set('file', new File([bytes.slice()], 'file.xlsx'));
  return browser.open(address, { method: 'POST', body, headers: sameOrigin() });
}

/** The fields of a form as they stand, with some typed. */
function fieldsOf(page: Loaded, action: string, typed: Record<string, string>): URLSearchParams {
  const fields = new URLSearchParams(formTo(page, action).fields.map(([name, value]) => [name, value]));
  for (const [name, value] of Object.entries(typed)) fields.set(name, value);
  return fields;
}

const sameOrigin = (): Record<string, string> => ({ origin: system.url, 'sec-fetch-site': 'same-origin' });

async function post(browser: TestBrowser, action: string, typed: Record<string, string>, at = action): Promise<Loaded> {
  const body = fieldsOf(await browser.open(at), action, typed);
  return browser.open(action, { method: 'POST', body, headers: sameOrigin() });
}

const place = (unit: string): string => `/rounds/Z7/returns/${id}/${unit}`;

async function save(unit: string, answers: Answers): Promise<void> {
  ok(await system.municipality(unit).put(`/api${place(unit)}`, { answers }, { 'if-none-match': '*' }));
}

async function submit(unit: string): Promise<void> {
  ok(await system.municipality(unit).post(`/api${place(unit)}/submission`));
}

async function accept(unit: string, version: number): Promise<void> {
  ok(await system.prefecture.post(`/api${place(unit)}/decision`, { version, decision: 'accept' }));
}

const ifMatch = ({ headers }: Reply): Record<string, string> => ({
  'if-match': headers.get('etag') ?? '',
  'content-type': contentTypeOf('.xlsx'),
});

const stored = z.object({ answers: z.record(z.string(), z.json()) });

async function answersOf(unit: string, version: number): Promise<Answers> {
  return stored.parse(ok(await system.prefecture.get(`/api${place(unit)}/versions/${version}`)).json()).answers;
}

describe('the questionnaire', () => {
  it('is taken over without a word, comes back from its own workbook the same, and is adopted', async () => {
    const draft = await upload(officer, '/forms/import', await questionnaireWorkbook(everyKindSheets));
    expect(draft.url.pathname).toBe(`/forms/${id}/2025`);
    expect(words(draft)).not.toContain('次の点を確かめてください');
    const read = async () =>
      z.object({ document: z.json() }).parse((await system.prefecture.get(`/api/forms/${id}/2025`)).json()).document;
    const document = await read();
    const file = await officer.request(`/forms/${id}/2025/workbook`);
    await upload(officer, '/forms/import', new Uint8Array(await file.arrayBuffer()));
    expect(await read()).toEqual(document);
    const parsed = readDocument(document);
    const built = 'document' in parsed ? formOfDocument(parsed.document) : parsed;
    if (!('form' in built)) throw new Error(JSON.stringify(built.errors));
    ({ form } = built);
    const adopted = await post(officer, `/forms/${id}/2025/adoption`, { action: 'adopt' }, `/forms/${id}/2025`);
    expect(words(adopted)).toContain('調査票を採用しました');
    ok(await system.prefecture.put('/api/rounds/Z7', openRound({ [id]: 2025 }, { asOf: {} })));
  });
});

describe('a return', () => {
  it('is shown on its pages with what is computed, and checked with the rules', async () => {
    await save(units.kawagoe, { ...everyKindAnswers(1), contact: {} });
    const section = await town.open(`${place(units.kawagoe)}/sections/system`);
    // (10 + 5 + 7) / (2 + 1 + 0 + 3) = 3.66…
    expect(words(section)).toMatch(
      /問5の2 職員1人当たりの人数\s+自動計算 .{0,20}他の回答から自動で計算します。\s+3\.7人/,
    );
    const check = words(await town.open(`${place(units.kawagoe)}/check`));
    expect(check).toContain('「担当者」が未回答です');
    expect(check).toMatch(/問5の2 職員1人当たりの人数 3\.7人 問6/);
    expect(words(await town.open(`${place(units.kawagoe)}/print`))).toMatch(/問5の2 職員1人当たりの人数 3\.7人/);
  });

  it('is on paper with what counts, room to write, short lists as tables, and whom to return it to', async () => {
    const blank = words(await town.open(`${place(units.kawagoe)}/print/empty`));
    for (const said of [
      '市町村 川越市 記入した人（所属・氏名・電話） 提出期限',
      '提出先 埼玉県 調査担当課',
      '令和7年4月1日現在の状況を回答してください。',
      '問4 職員数 （必須） 会計年度任用職員を含みます。',
      '対象期間：令和5年4月〜令和6年9月',
      '不明な場合の理由',
      '空欄は「自市町村で対応」という意味です。',
      '記入例：社会福祉法人○○会',
      '☐ 該当なし',
      '番号 開催日（必須） 方法 出席者 1',
    ])
      expect(blank).toContain(said);
    const printed = words(await town.open(`${place(units.kawagoe)}/print`));
    expect(printed).toContain(
      '問16 会議 番号 開催日 方法 出席者 1 令和6年6月1日 対面 12人 2 令和6年7月1日 オンライン 9人',
    );
  });

  it('saved by the script gets what is computed from what it reads elsewhere', async () => {
    const address = `${place(units.kawagoe)}/sections/system`;
    const body = fieldsOf(await town.open(address), address, { 'system.persons.mental': '９人' });
    const script = { accept: 'application/json', 'x-csrf': body.get('csrf') ?? '' };
    const saved = await town.request(address, { method: 'POST', body, headers: { ...sameOrigin(), ...script } });
    // 24 / 6
    expect(await saved.json()).toMatchObject({ computed: [{ path: 'system.perStaff', message: '4人' }] });
  });

  it('is submitted, and an unchanged section that is sent back is still to be corrected', async () => {
    const address = `${place(units.kawagoe)}/sections/contact`;
    await post(town, address, { 'contact.person': '担当　花子', action: 'save' });
    await submit(units.kawagoe);
    expect(await answersOf(units.kawagoe, 1)).toMatchObject({ system: { perStaff: 4 } });
    const back = {
      version: 1,
      decision: 'return',
      comment: '確認',
      questions: [{ path: 'system.visits', reason: '件数' }],
    };
    ok(await system.prefecture.post(`/api${place(units.kawagoe)}/decision`, back));
    const list = words(await town.open(place(units.kawagoe)));
    expect(list).toMatch(/体制 要修正/);
    const section = `${place(units.kawagoe)}/sections/system`;
    await post(town, section, {
      'system.visits': '125',
      'system.persons.mental': '7',
      action: 'save',
    });
    expect(words(await town.open(place(units.kawagoe)))).toMatch(/体制 入力済/);
    await submit(units.kawagoe);
    const differences = ok(await system.prefecture.get(`/api${place(units.kawagoe)}/versions/2?against=1`)).json()
      .differences;
    expect(differences.map(({ path }: { path: string }) => path)).toEqual([
      'system.visits',
      'system.persons.mental',
      'system.perStaff',
    ]);
    await accept(units.kawagoe, 2);
  });

  it('is answered by a program, and its workbook says what is stored', async () => {
    await save(units.kumagaya, everyKindAnswers(2));
    const got = ok(await system.municipality(units.kumagaya).get(`/api${place(units.kumagaya)}/workbook`));
    const same = await system
      .municipality(units.kumagaya)
      .put(`/api${place(units.kumagaya)}/workbook`, got.bytes, ifMatch(got));
    expect(ok(same).json()).toEqual({ saved: [], notices: [] });
    await submit(units.kumagaya);
    await accept(units.kumagaya, 1);
  });

  it('is answered in Excel as people type', async () => {
    const api = `/api${place(units.kawaguchi)}/workbook`;
    const client = system.municipality(units.kawaguchi);
    const empty = ok(await client.get(api));
    const filled = await filledWorkbook(empty.bytes, {
      'system.form': 'その他',
      'system.formOther': '広域連合',
      'system.efforts.o1': '○',
      'system.efforts.o3': '〇',
      'system.visits': '３６０件',
      'system.rate': '95.5%',
      'system.priorities.1': '連携会議',
      'system.priorities.2': '訪問',
      'system.staff.full.only': 2,
      'system.staff.full.also': 3,
      'system.staff.part.only': 0,
      'system.staff.part.also': '３人',
      'system.persons.physical': 30,
      'system.persons.intellectual': 5,
      'system.persons.mental': 7,
      'system.wider.medical': '広域',
      'system.wider.hikikomori': '県全域',
      'system.since': 'R5.6',
      'system.size': '10～20人',
      'system.plan': '年4回',
      'system.term': '令和6年度～令和8年度',
      'system.partners': '熊谷市',
      'system.desk.night': 'あり',
      'system.desk.phone': '048-000-0000',
      'contact.person': '担当者',
      'contact.email': 'a@example.jp',
    });
    ok(await client.put(api, filled, ifMatch(empty)));
    const { answers } = stored.parse(ok(await client.get(`/api${place(units.kawaguchi)}`)).json());
    const { goals, trainings, meetings, ...system3 } = Object(everyKindAnswers(3)['system']);
    expect(goals.length + trainings.length + meetings.length).toBeGreaterThan(0);
    expect(answers['system']).toEqual(system3);
    await submit(units.kawaguchi);
    await accept(units.kawaguchi, 1);
  });
});

describe('what is made of the returns', () => {
  let files: Map<string, string>;

  beforeAll(async () => {
    const { exportId, record } = await exportRound(system, 'Z7');
    files = new Map();
    const paths: string[] = record.manifest.files.map(({ path }: { path: string }) => path);
    for (const path of [...paths, 'manifest.json']) {
      const { bytes, text } = ok(await system.prefecture.get(`/api/rounds/Z7/exports/${exportId}/files/${path}`));
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
      files.set(path, text);
    }
  });

  it('agrees with itself', async () => {
    const { disagreements, returns } = await verifyFolder(folder, new Map());
    expect(disagreements).toEqual([]);
    expect(returns).toBe(3);
  });

  it('has the figures of a hand count', () => {
    const { rows } = summary.parse(JSON.parse(files.get('public/summary.json') ?? ''));
    const of = (wanted: string): string[] =>
      rows
        .filter(({ question }) => question === wanted)
        .map(
          ({ option, measure, shown, value, base }) => `${option ?? measure}=${shown ?? String(value ?? '')}/${base}`,
        );
    expect(of('system.form')).toEqual(['o1=1/3', 'o2=1/3', 'other=1/3']);
    expect(of('system.efforts')).toEqual(['o1=3/3', 'o2=0/3', 'o3=3/3', 'o4=0/3', 'other=0/3']);
    // 125, 240 and 360 visits.
    expect(of('system.visits')).toEqual(['sum=725/3', 'mean=約241.6/3', 'median=240/3', 'min=125/3', 'max=360/3']);
    expect(of('system.rate')).toEqual(['sum=289.5/3', 'mean=96.5/3', 'median=96.5/3', 'min=95.5/3', 'max=97.5/3']);
    expect(of('system.priorities').slice(0, 3)).toEqual(['o1=3/3', 'o2=0/3', 'o3=3/3']);
    expect(of('system.priorities')).toContain('1.o3=3/3');
    expect(of('system.staff.full.also')[0]).toBe('sum=6/3');
    expect(of('system.staff')[0]).toBe('sum=21/3');
    expect(of('system.persons.physical')[0]).toBe('sum=60/3');
    // 22/6, 32/7 and 42/8 are 3.7, 4.6 and 5.3.
    expect(of('system.perStaff')).toEqual(['mean=約4.5/3', 'median=4.6/3', 'min=3.7/3', 'max=5.3/3']);
    expect(of('system.wider.medical')).toEqual(['prefecture=1/3', 'region=2/3', 'any=3/3']);
    expect(of('system.desk.night')).toEqual(['o1=3/3', 'o2=0/3']);
    expect(of('system.meetings.people')[0]).toBe('sum=42/4');
    expect(of('bodies.functions')).toEqual(['share=4/4', 'cases=2/4']);
    expect(of('offices.fte')[0]).toBe('sum=7/4');
    expect(of('officeCount')).toEqual(['sum=4/3', 'perMunicipality=約1.3/3']);
    expect(of('direct')).toEqual(['count=1/3']);
    expect(of('scale')).toEqual(['large=0/3', 'small=3/3']);
  });

  it('names every question by its number', () => {
    expect(files.get('public/codebook.csv')).toContain(
      'system.perStaff,system.perStaff,問5の2,職員1人当たりの人数,number,人',
    );
    const [head, ...lines] = (files.get('public/summary.csv') ?? '').split(/\r?\n/);
    expect(head?.endsWith(',number,class,classValue')).toBe(true);
    expect(lines.find((line) => line.includes('system.perStaff'))).toMatch(/,問5の2,,$/);
  });

  it('is told in the report in the order and the words of its outline', () => {
    const text = (files.get('public/report.html') ?? '').replaceAll(/<[^>]*>/g, '\n').replaceAll(/\n+/g, '\n');
    expect(text).toContain('地域生活支援の体制に関する調査の結果');
    expect(text).toContain('県内市町村の体制を把握し、支援の参考とする。');
    for (const line of [
      '・直営（1市）、委託（1市）、その他（1市）',
      '・あり　3市',
      '・医療的ケア（県全域 1市、広域 2市）',
      '・職員数：計　21人',
      '・身体　60人',
      '計画の作成率\n・平均96.5％',
      '〇組織の機能（情報共有：4、事例検討：2）',
      '事業所：4か所、平均約1.3か所（4か所÷3市町村）',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('担当者');
  });

  it('keeps what is internal to internal files', () => {
    for (const [path, text] of files) if (path.startsWith('public/')) expect(text).not.toContain('a@example.jp');
    expect(files.get(`internal/${id}.csv`)).toContain('a@example.jp');
    expect(form.items.get('contact.email')?.visibility).toBe('internal');
  });
});

describe('the next year', () => {
  /** 訪問した件数 stands in a section of its own; its ID is still the one that it had. */
  function nextSheets(): QuestionnaireSheets {
    const { 調査票: form = [], 設問: questions = [], ...others } = everyKindSheets;
    const isMoved = (row: QuestionnaireSheets[string][number]): boolean => row['ID'] === 'system.visits';
    const at = questions.findIndex(({ ID }) => ID === 'contact');
    const kept = (rows: typeof questions) => rows.filter((row) => !isMoved(row));
    return {
      ...others,
      調査票: form.map((row) => (row['項目'] === '版' ? { ...row, 内容: 2026 } : row)),
      設問: [
        ...kept(questions.slice(0, at)),
        { 種類: '区分', 設問: '訪問', ID: 'outreach' },
        ...questions.filter(isMoved),
        ...questions.slice(at),
      ],
    };
  }

  it('shows the earlier answer where its question has moved to, and a rule compares with it', async () => {
    const noticed = await upload(officer, '/forms/import', await questionnaireWorkbook(nextSheets()));
    // Of options without an ID, those of the version before are named.
    expect(words(noticed)).toContain('前の版の選択肢「訪問」（ID：o1）と同じ名称です。');
    const draft = await officer.post(
      '/forms/import',
      Object.fromEntries(formTo(noticed, '/forms/import').fields),
      noticed.url,
    );
    expect(draft.url.pathname).toBe(`/forms/${id}/2026`);
    const link = /href="([^"]*comparison[^"]*)"/.exec(draft.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(words(await officer.open(link))).toMatch(/移動 \S+ 訪問した件数 体制 → 訪問/);
    await post(officer, `/forms/${id}/2026/adoption`, { action: 'adopt' }, `/forms/${id}/2026`);
    const later = { referenceDate: '2025-09-30', fiscalYear: 2025, compareYear: 2024, asOf: {} };
    ok(await system.prefecture.put('/api/rounds/Z8', openRound({ [id]: 2026 }, later)));
    const page = await town.open(`/rounds/Z8/returns/${id}/${units.kawagoe}/sections/outreach`);
    expect(words(page)).toMatch(/訪問した件数 .*前回： 125件/);
  });
});

/** What a workbook of a questionnaire says, and what is told of one that is wrong: by cell, with what to do, all at once. */

import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CellFault, GivenSheet } from '../../../../../functions/domain/given-sheet.ts';
import { readQuestionnaire } from '../../../../../functions/domain/questionnaire/read.ts';
import { writeQuestionnaire } from '../../../../../functions/domain/questionnaire/write.ts';
import { readWorkbookSheets } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import { readDocument } from '../../../../../schemas/form-document.ts';
import type { FormDocument } from '../../../../../schemas/form-document.ts';
import type { Json } from '../../../../../schemas/return.ts';
import { given } from '../../../support/sheets.ts';

// The thread that files are read in takes its time to start.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const names = ['kinkyu-oyuki', 'soudan-jisshi'] as const;
type Name = (typeof names)[number];

function fixture(file: string): URL {
  return new URL(`../../../../fixtures/questionnaires/${file}`, import.meta.url);
}

const documents = new Map<Name, Json>();
const workbooks = new Map<Name, readonly GivenSheet[]>();

beforeAll(async () => {
  for (const name of names) {
    const sheets = await readWorkbookSheets(readFileSync(fixture(`${name}.xlsx`)), 60_000);
    workbooks.set(name, sheets.ok ? sheets.value : []);
    documents.set(name, JSON.parse(readFileSync(fixture(`${name}.json`), 'utf8')));
  }
});

interface Cell {
  readonly text: string;
  readonly fault?: CellFault;
}
type Change = (sheets: Sheets) => void;

/** Sheets as rows of texts, to be changed as somebody would. */
class Sheets {
  readonly #sheets: Map<string, Map<number, Map<number, Cell>>>;
  readonly hiddenRows = new Set<string>();

  constructor(sheets: readonly GivenSheet[]) {
    this.#sheets = new Map(
      sheets.map(({ name, rows }) => [
        name,
        new Map(rows.map(({ number, cells }) => [number, new Map(cells.map((cell) => [cell.column, cell]))])),
      ]),
    );
  }

  #row(sheet: string, number: number): Map<number, Cell> {
    const rows = this.#sheets.get(sheet) ?? new Map<number, Map<number, Cell>>();
    this.#sheets.set(sheet, rows);
    const row = rows.get(number) ?? new Map<number, Cell>();
    rows.set(number, row);
    return row;
  }

  #column(sheet: string, heading: string): number {
    const head = [...this.#row(sheet, 1)];
    const found = head.find(([, { text }]) => text === heading)?.[0];
    if (found !== undefined) return found;
    const next = Math.max(0, ...head.map(([column]) => column)) + 1;
    this.#row(sheet, 1).set(next, { text: heading });
    return next;
  }

  set(sheet: string, row: number, cells: Readonly<Record<string, string | Cell>>): this {
    for (const [heading, value] of Object.entries(cells))
      this.#row(sheet, row).set(this.#column(sheet, heading), typeof value === 'string' ? { text: value } : value);
    return this;
  }

  /** A row between others. */
  insert(sheet: string, row: number, cells: Readonly<Record<string, string>>): this {
    const rows = this.#sheets.get(sheet) ?? new Map<number, Map<number, Cell>>();
    const moved = [...rows].map(([number, each]) => [number < row ? number : number + 1, each] as const);
    this.#sheets.set(sheet, new Map(moved));
    return this.set(sheet, row, cells);
  }

  rename(sheet: string, heading: string, to: string): this {
    return this.set(sheet, 1, { [heading]: to });
  }

  without(sheet: string, row?: number): this {
    if (row === undefined) this.#sheets.delete(sheet);
    else this.#sheets.get(sheet)?.delete(row);
    return this;
  }

  move(sheet: string, from: number, before: number): this {
    const rows = this.#sheets.get(sheet) ?? new Map<number, Map<number, Cell>>();
    const taken = rows.get(from);
    rows.delete(from);
    this.insert(sheet, before, {});
    if (taken !== undefined) this.#sheets.get(sheet)?.set(before, taken);
    return this;
  }

  get given(): GivenSheet[] {
    return [...this.#sheets].map(([name, rows]) => ({
      name,
      isHidden: false,
      rows: [...rows]
        .toSorted(([a], [b]) => a - b)
        .map(([number, cells]) => ({
          number,
          ...(this.hiddenRows.has(`${name} ${number}`) ? { isHidden: true } : {}),
          cells: [...cells].map(([column, cell]) => ({ column, ...cell })),
        })),
    }));
  }
}

function changed(change: Change, name: Name = 'soudan-jisshi'): GivenSheet[] {
  const sheets = new Sheets(workbooks.get(name) ?? []);
  change(sheets);
  return sheets.given;
}

function told(sheets: readonly GivenSheet[], about: Parameters<typeof readQuestionnaire>[1] = {}): string[] {
  const read = readQuestionnaire(sheets, about);
  return ('errors' in read ? read.errors : []).map(({ cell, message }) => `${cell}: ${message}`);
}

function noticesOf(sheets: readonly GivenSheet[], earlier: readonly FormDocument[] = []): string[] {
  const read = readQuestionnaire(sheets, { earlier });
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.notices.map(({ cell, message }) => `${cell}: ${message}`);
}

function documentOf(sheets: readonly GivenSheet[], earlier: readonly FormDocument[] = []): FormDocument {
  const read = readQuestionnaire(sheets, { earlier });
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

function original(name: Name): FormDocument {
  const read = readDocument(documents.get(name) ?? null);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

describe.each(names)('%s', (name) => {
  it('is read as the document beside it', () => {
    expect(canonicalize(documentOf(workbooks.get(name) ?? []))).toBe(canonicalize(documents.get(name)));
  });

  it('is written so that it is read as the same', () => {
    const written = given(writeQuestionnaire(original(name)));
    expect(noticesOf(written)).toEqual([]);
    expect(canonicalize(documentOf(written))).toBe(canonicalize(documents.get(name)));
  });

  it('may have its columns in any order, marks of any kind, spaces and widths', () => {
    const sheets = (workbooks.get(name) ?? []).map((sheet) => ({
      ...sheet,
      name: ` ${sheet.name}　`,
      rows: sheet.rows.map(({ number, cells }) => ({
        number: number + 2,
        cells: cells.map(({ column, text }) => ({
          column: 40 - column,
          text: text === '○' ? '〇' : number === 1 ? `${text.replace('ID', 'ＩＤ')}\n` : ` ${text} `,
        })),
      })),
    }));
    expect(canonicalize(documentOf(sheets))).toBe(canonicalize(documents.get(name)));
  });
});

/** Of soudan-jisshi: what is done to it, and what is told, all of it. */
const mutations: readonly (readonly [string, Change, readonly string[]])[] = [
  [
    'a sheet is missing',
    (sheets) => sheets.without('選択肢'),
    [
      '選択肢!A1: シート「選択肢」がありません。シートを加え、1行目に見出し「一覧」「選択肢」「ID」を記入してください（内容がない場合は見出しだけで構いません）。',
    ],
  ],
  [
    'it is another file',
    (sheets) => ['選択肢', '設問', '確認', '集計'].forEach((name) => sheets.without(name)),
    [
      '設問!A1: 調査票定義のファイルではありません。シート「設問」「選択肢」「確認」「集計」がありません。調査票の画面からダウンロードしたファイルを使ってください。',
    ],
  ],
  [
    'a heading is missing',
    (sheets) => sheets.rename('設問', '種類', '区分け'),
    [
      '設問!A1: 見出し「種類」の列がありません。列を加え、1行目に「種類」と記入してください。',
      '設問!B1: 「区分け」という見出しの列はありません。見出しを直すか、列を削除してください。',
    ],
  ],
  [
    'a heading is there twice',
    (sheets) => sheets.set('選択肢', 1, { 備考: 'ID' }),
    ['選択肢!D1: 「ID」の列が2つあります。一方を削除してください。'],
  ],
  [
    'a column is none of ours',
    (sheets) => sheets.set('集計', 1, { 備考: '備考' }),
    ['集計!I1: 「備考」という見出しの列はありません。見出しを直すか、列を削除してください。'],
  ],
  [
    'an ID is there twice',
    (sheets) => sheets.set('設問', 4, { ID: 'system.form' }),
    ['設問!V4: ID「system.form」は設問!V3にもあります。行を写して増やした設問のIDは、空欄にしてください。'],
  ],
  [
    'a condition names a question that there is not',
    (sheets) => sheets.set('設問', 20, { 条件: '問11 = "直営のみ"' }),
    ['設問!G20: 条件に「問11」とありますが、その番号の設問はありません。「問10」ですか。'],
  ],
  [
    'a condition names a later question',
    (sheets) => sheets.set('設問', 4, { 条件: '問9 > 50' }),
    ['設問!G4: 条件：「問9」は後の設問です。条件には、前にある設問だけが使えます。'],
  ],
  [
    'a condition names an option that there is not',
    (sheets) => sheets.set('設問', 4, { 条件: '問1 = "委託"' }),
    ['設問!G4: 条件の「"委託"」：「委託」という選択肢は「問1」にありません。「直営と委託」ですか。'],
  ],
  [
    'a condition looks into a list for one answer',
    (sheets) => sheets.set('設問', 17, { 条件: '問7.staff = 1' }),
    [
      '設問!G17: 条件の「問7.staff = 1」：複数の値を「=」などで比べることはできません。「list contains(設問, "…")」「empty(設問)」「count(設問)」などを使ってください。',
    ],
  ],
  [
    'computed values need each other',
    (sheets) =>
      sheets.set('設問', 8, { 式: 'again * 2' }).insert('設問', 9, {
        種類: '計算',
        設問: '再計算',
        単位: '件',
        小数: '1',
        式: 'perStaff * 2',
        ID: 'system.again',
      }),
    [
      '設問!T8: 「問5の1」→「再計算」→「問5の1」と、自分自身の値を使う循環になっています。条件か式を直してください。',
      '設問!T9: 「問5の1」→「再計算」→「問5の1」と、自分自身の値を使う循環になっています。条件か式を直してください。',
    ],
  ],
  [
    'a function is not known',
    (sheets) => sheets.set('確認', 2, { 式: '合訃(問5) = 0' }),
    ['確認!C2: 式：「合訃」という関数はありません。「合計」ですか。'],
  ],
  [
    'brackets are not closed',
    (sheets) => sheets.set('確認', 2, { 式: '(合計(問5) = 0' }),
    ['確認!C2: 式：「(」が閉じていません。'],
  ],
  [
    'a list is not ended',
    (sheets) => sheets.without('設問', 14),
    [
      '設問!B10: 「繰返し表区分」に対応する「終わり」の行がありません。含める設問の次の行に、種類「終わり」の行を加えてください。',
    ],
  ],
  [
    'something is ended that was not begun',
    (sheets) => sheets.insert('設問', 7, { 種類: '終わり' }),
    ['設問!B7: 「終わり」に対応する「繰返し」や「組」がありません。この行を削除してください。'],
  ],
  [
    'a question has no label',
    (sheets) => sheets.set('設問', 5, { 設問: '' }),
    ['設問!C5: 「設問」を記入してください。'],
  ],
  [
    'a row has no 種類, or an unknown one',
    (sheets) => sheets.set('設問', 4, { 種類: '' }).set('設問', 5, { 種類: '少数' }),
    [
      '設問!B4: 「種類」を記入してください。「選択」「数」「文章」などです（26種類）。',
      '設問!B5: 「種類」に「少数」は使えません。「数」ですか。',
    ],
  ],
  [
    'a question stands outside of any 区分',
    (sheets) => sheets.without('設問', 15),
    [
      '設問!B16: 区分の外にある設問です。この行より上に、種類「区分」の行を加えてください。',
      '設問!B17: 区分の外にある設問です。この行より上に、種類「区分」の行を加えてください。',
      '設問!B18: 区分の外にある設問です。この行より上に、種類「区分」の行を加えてください。',
    ],
  ],
  [
    'an option is there twice',
    (sheets) => sheets.set('選択肢', 3, { 選択肢: '直営のみ' }),
    ['選択肢!B3: 選択肢「直営のみ」が重複しています。'],
  ],
  [
    'an option has no label, another no list',
    (sheets) => sheets.set('選択肢', 3, { 選択肢: '' }).set('選択肢', 6, { 一覧: '' }),
    ['選択肢!B3: 選択肢の名称がありません。', '選択肢!A6: 「一覧」を記入してください。'],
  ],
  [
    'a list of options is not there',
    (sheets) => sheets.set('設問', 3, { 選択肢: '実施形体' }),
    [
      '設問!D3: 「実施形体」という一覧は、シート「選択肢」にありません。「実施形態」ですか。選択肢を直接書く場合は、1行に1つずつ、2行以上で記入してください。',
    ],
  ],
  [
    'a line of a table cannot be read',
    (sheets) => sheets.set('設問', 18, { 選択肢: '行：対応が難しい課題・行\n欄：対応が難しい課題・列' }),
    [
      '設問!D18: 「欄：対応が難しい課題・列」の行は読み取れません。「行」ですか。「行：…」「列：…」「空欄：…」「総計：…」を1行に1つずつ記入してください。',
    ],
  ],
  [
    'cells hold a formula, a date, an error',
    (sheets) =>
      sheets
        .set('設問', 3, { 番号: { text: '2025-01-01', fault: 'date' } })
        .set('設問', 4, { 設問: { text: '委託料', fault: 'formula' } })
        .set('設問', 5, { 単位: { text: '', fault: 'error' } }),
    [
      '設問!A3: Excelが日付に変えた値です。セルの書式を「文字列」にしてから、入力し直してください。',
      '設問!C4: 数式です。計算結果を「値」として貼り付けてください。',
      '設問!E5: エラー値です。文字又は数として入力し直してください。',
    ],
  ],
  [
    'cells are merged',
    (sheets) =>
      sheets
        .set('選択肢', 2, { 一覧: { text: '実施形態', fault: 'merged' } })
        .set('選択肢', 3, { 一覧: { text: '', fault: 'merged' } }),
    [
      '選択肢!A2: 結合されたセルです。セルの結合を解除し、それぞれのセルに記入してください。',
      '選択肢!A3: 結合されたセルです。セルの結合を解除し、それぞれのセルに記入してください。',
    ],
  ],
  [
    'numbers and marks are words',
    (sheets) => sheets.set('設問', 4, { 上限: '百万', 必須: 'はい', 公開: '公開' }),
    [
      '設問!F4: 「必須」は「○」か空欄にしてください（「はい」とあります）。',
      '設問!H4: 「公開」に「公開」は使えません。「公表」ですか。「公表」「集計のみ」「非公表」のいずれかを記入してください。',
      '設問!K4: 「上限」には数だけを記入してください（「百万」とあります）。',
    ],
  ],
  [
    'a column is filled in that the kind has not',
    (sheets) => sheets.set('設問', 3, { 単位: '人', 上限: '3' }),
    [
      '設問!E3: 種類「選択」では「単位」を使いません。このセルを空欄にしてください。',
      '設問!K3: 種類「選択」では「上限」を使いません。このセルを空欄にしてください。',
    ],
  ],
  [
    'what a kind needs is not filled in',
    (sheets) => sheets.set('設問', 4, { 単位: '' }).set('設問', 11, { 上限: '' }).set('設問', 8, { 式: '', 小数: '' }),
    [
      '設問!E4: 「単位」を記入してください。',
      '設問!M8: 「小数」を記入してください。',
      '設問!T8: 「式」を記入してください。',
      '設問!K11: 「上限」に、文字数の上限を記入してください（例：400）。',
    ],
  ],
  [
    'limits are reversed, and more is asked for than there is',
    (sheets) => sheets.set('設問', 5, { 下限: '400' }).set('設問', 6, { 上限: '9' }),
    ['設問!K5: 上限が下限より小さくなっています。', '設問!K6: 選択肢は5個しかありません。'],
  ],
  [
    '不明可 stands where nothing is required',
    (sheets) => sheets.set('設問', 17, { 不明可: '○' }),
    ['設問!Q17: 「不明可」は必須の設問だけに付けられます。'],
  ],
  [
    'an ID is none',
    (sheets) => sheets.set('設問', 5, { ID: 'system.日数' }).set('設問', 6, { ID: 'system.item' }),
    [
      '設問!V5: 「日数」は識別子にできません。英小文字で始まる半角英数字（64文字以内）にしてください。',
      '設問!V6: 「item」は式などで使う語のため、識別子にできません。',
    ],
  ],
  [
    'the whole is called what it cannot be',
    (sheets) =>
      sheets
        .set('調査票', 2, { 内容: 'summary' })
        .set('調査票', 3, { 内容: '令和7年' })
        .set('調査票', 5, { 内容: '県' }),
    [
      '調査票!B2: 「summary」は出力ファイルの名前のため、調査票の識別子にできません。',
      '調査票!B3: 「版」には数だけを記入してください（「令和7年」とあります）。',
      '調査票!B5: 「回答者」に「県」は使えません。「市町村」「協議会」「福祉事務所設置市町村」のいずれかを記入してください。',
    ],
  ],
  [
    'an item of 調査票 is missing, another unknown',
    (sheets) => sheets.without('調査票', 4).set('調査票', 9, { 項目: '備考', 内容: '' }),
    [
      '調査票!A1: 項目「名称」の行がありません。行を加え、内容を記入してください。',
      '調査票!A9: 「備考」という項目はありません。',
    ],
  ],
  [
    'a check strikes nowhere, and says nothing',
    (sheets) => sheets.set('確認', 2, { 対象: '問12', 種別: '警告', メッセージ: '' }),
    [
      '確認!A2: 「問12」とありますが、その番号又はIDの設問はありません。「問10」ですか。',
      '確認!B2: 「種別」に「警告」は使えません。「誤り」「理由を求める」「注意」のいずれかを記入してください。',
      '確認!D2: 「メッセージ」を記入してください。',
    ],
  ],
  [
    'a measure is no number',
    (sheets) => sheets.set('集計', 2, { 式: '問1', 平均: '県当たり' }),
    [
      '集計!C2: 式の「問1」：ここには数を書いてください（選択肢になっています）。',
      '集計!F2: 「平均」に「県当たり」は使えません。「市町村当たり」「協議会当たり」のいずれかを記入してください（両方の場合は改行で区切ります）。',
    ],
  ],
  [
    'a measure has what its method has not',
    (sheets) => sheets.set('集計', 3, { 単位: '人', 選択肢: '' }),
    [
      '集計!D3: 「選択肢」に、シート「選択肢」の一覧の名前か、選択肢を1行に1つずつ2行以上記入してください。',
      '集計!E3: 方法「区分」では「単位」を使いません。このセルを空欄にしてください。',
    ],
  ],
  [
    'a class gives what is no option',
    (sheets) => sheets.set('集計', 3, { 式: 'if count(問7) >= 5 then "大" else "5か所未満"' }),
    ['集計!C3: 式の「"大"」：「大」という選択肢は「区分」にありません。'],
  ],
  [
    'a table holds a group',
    (sheets) =>
      sheets
        .insert('設問', 14, { 種類: '組', 設問: '訪問' })
        .insert('設問', 15, { 種類: '日付', 設問: '訪問日' })
        .insert('設問', 16, { 種類: '終わり' }),
    ['設問!B14: 表の中には、組、表の設問を置けません。'],
  ],
  [
    'a former ID is still asked',
    (sheets) => sheets.set('設問', 5, { 旧ID: 'system.fee' }),
    ['設問!U5: 旧ID「system.fee」の設問が、この調査票にあります。'],
  ],
  [
    'there is no question',
    (sheets) =>
      sheets.given.flatMap(({ rows }) => rows).forEach(({ number }) => number > 1 && sheets.without('設問', number)),
    [
      '設問!A1: 設問がありません。種類「区分」の行から記入してください。',
      '確認!A2: 「system.staff」とありますが、その番号又はIDの設問はありません。',
      '確認!A3: 「cases.handled」とありますが、その番号又はIDの設問はありません。',
      '確認!A4: 「offices.staff」とありますが、その番号又はIDの設問はありません。',
      '確認!A5: 「system.fee」とありますが、その番号又はIDの設問はありません。',
      '集計!C2: 式に「問7」とありますが、その番号の設問はありません。',
      '集計!C3: 式に「問7」とありますが、その番号の設問はありません。',
    ],
  ],
];

describe('a workbook that is wrong', () => {
  it.each(mutations)('%s', (_, change, messages) => {
    expect(told(changed(change))).toEqual(messages);
  });

  it('is told what the nearest number is', () => {
    expect(told(changed((sheets) => sheets.set('設問', 4, { 条件: '問9 = "行った"' }), 'kinkyu-oyuki'))).toEqual([
      '設問!G4: 条件に「問9」とありますが、その番号の設問はありません。「問3」ですか。',
    ]);
  });

  it('is told everything at once, in the order of the sheets', () => {
    const all = told(
      changed((sheets) => {
        sheets.set('調査票', 3, { 内容: '七年' }).set('選択肢', 3, { 選択肢: '' });
        sheets.set('設問', 3, { 設問: '' }).set('設問', 20, { 条件: '問11 = 1' });
        sheets.set('確認', 2, { 式: '合計(' }).set('集計', 2, { 式: '問12 + 1' });
      }),
    );
    const cells = all.map((each) => each.split(':')[0]);
    expect(cells).toEqual(['調査票!B3', '設問!C3', '設問!G20', '選択肢!B3', '確認!C2', '集計!C2']);
  });

  it('is refused where it is sent to another form or version', () => {
    const sheets = workbooks.get('kinkyu-oyuki') ?? [];
    expect(told(sheets, { address: { form: 'kinkyu-oyuki', version: 2025 } })).toEqual([]);
    expect(told(sheets, { address: { form: 'kinkyu', version: 2026 } })).toEqual([
      '調査票!B2: 識別子が「kinkyu-oyuki」ですが、送信先は調査票「kinkyu」です。「kinkyu」に改めるか、「kinkyu-oyuki」の調査票に送信してください。',
      '調査票!B3: 版が「2025」ですが、送信先は版「2026」です。「2026」に改めるか、版「2025」に送信してください。',
    ]);
  });

  it('is not read beyond its rows, and lists at most 200 errors', () => {
    const many = (count: number): GivenSheet[] =>
      changed((sheets) => {
        for (let row = 30; row < 30 + count; row += 1) sheets.set('設問', row, { 種類: '数' });
      });
    expect(told(many(3000))).toEqual([
      '設問!A2510: 「設問」のシートは2,500行までです。不要な行を削除してください（3,020行あります）。',
    ]);
    expect(told(many(300))).toHaveLength(200);
  });
});

/** Nothing stands in the columns of IDs. */
function withoutIds(sheets: readonly GivenSheet[]): GivenSheet[] {
  return sheets.map((sheet) => {
    const [head] = sheet.rows;
    const id = head?.cells.find(({ text }) => text === 'ID')?.column;
    const rows = sheet.rows.map((row) =>
      row === head ? row : { ...row, cells: row.cells.filter(({ column }) => column !== id) },
    );
    return { ...sheet, rows };
  });
}

describe('IDs', () => {
  const unnamed = (): GivenSheet[] =>
    withoutIds(changed((sheets) => sheets.set('確認', 2, { 対象: '問1の1' }), 'kinkyu-oyuki'));

  it('are made where they are empty', () => {
    const document = documentOf(unnamed());
    expect(document.sections).toMatchObject([
      {
        key: 'q1',
        questions: [
          { key: 'q2', options: [{ key: 'o1' }, { key: 'o2' }, { key: 'o3' }] },
          { key: 'q3', when: 'q2 in ["o1", "o2"]' },
          { key: 'q4' },
          { key: 'q5', options: [{ key: 'o1' }, { key: 'o2' }, { key: 'o3' }, { key: 'o4' }, { key: 'other' }] },
          { key: 'q6' },
        ],
      },
    ]);
    expect(document.rules).toMatchObject([{ name: 'c1', at: 'q1.q3' }]);
    expect(documentOf(given(writeQuestionnaire(document)))).toEqual(document);
  });

  it('are none that an earlier version used, but for the options of a cell that are called the same', () => {
    const before = documentOf(unnamed());
    const after = changed(
      (sheets) => sheets.set('設問', 8, { 種類: '選択', 設問: '方法', 選択肢: 'はい\nいいえ' }),
      'kinkyu-oyuki',
    );
    const [section] = documentOf(after, [before]).sections;
    expect(section?.questions.at(-1)).toMatchObject({ key: 'q7', options: [{ key: 'o1' }, { key: 'o2' }] });
    const changedOptions = changed(
      (sheets) => sheets.set('設問', 3, { 選択肢: '行う予定\n行った', ID: 'q1.q2' }).set('設問', 2, { ID: 'q1' }),
      'kinkyu-oyuki',
    ).map((sheet) => (sheet.name === '確認' ? { ...sheet, rows: sheet.rows.slice(0, 1) } : sheet));
    const read = readQuestionnaire(
      changedOptions.map((sheet) => ({
        ...sheet,
        rows: sheet.name === '設問' ? sheet.rows.slice(0, 3) : sheet.rows,
      })),
      { earlier: [before] },
    );
    expect('document' in read && read.document.sections[0]?.questions).toMatchObject([
      {
        options: [
          { key: 'o4', label: '行う予定' },
          { key: 'o1', label: '行った' },
        ],
      },
    ]);
  });

  it('stay in a row that is renamed, and become the former ones of a row that is moved', () => {
    const sheets = changed((sheets) => sheets.set('設問', 17, { 設問: '計画作成率' }).move('設問', 17, 20));
    const document = documentOf(sheets, [original('soudan-jisshi')]);
    expect(document.sections[3]?.questions[0]).toMatchObject({
      key: 'share',
      label: '計画作成率',
      was: 'cases.share',
    });
    expect(documentOf(given(writeQuestionnaire(document)))).toEqual(document);
  });

  it('of rows and columns that are made differ from each other', () => {
    const sheets = withoutIds(changed((sheets) => sheets.set('設問', 8, { 式: '合計(問5)' })))
      .filter(({ name }) => name !== '確認' && name !== '集計')
      .concat(given(writeQuestionnaire({ ...original('soudan-jisshi'), rules: [], measures: [] })).slice(3));
    expect(documentOf(sheets).sections[0]?.questions[4]).toMatchObject({
      rows: [{ key: 'o1' }, { key: 'o2' }],
      columns: [{ key: 'o3' }, { key: 'o4' }],
    });
  });

  it('of lost questions and options are named where something new is called the same', () => {
    const sheets = changed((sheets) => sheets.set('設問', 7, { ID: '' }).set('選択肢', 5, { ID: '' }), 'kinkyu-oyuki');
    expect(noticesOf(sheets, [original('kinkyu-oyuki')])).toEqual([
      '設問!V7: 前の版の設問「次の点検の予定時期」（ID：q.by）と同じ名称です。同じ設問であれば、「ID」の列に「q.by」を記入してください。新しい設問であれば、このままで構いません。',
      '選択肢!C5: 前の版の選択肢「電話」（ID：phone）と同じ名称です。同じ選択肢であれば、「ID」の列に「phone」を記入してください。',
    ]);
  });
});

describe('notices', () => {
  it('tell of what is hidden, and of what nobody reads', () => {
    const sheets = changed((sheets) => {
      sheets.set('メモ', 1, { 覚え書き: '覚え書き' }).set('選択肢', 30, { 一覧: '余り', 選択肢: '甲' });
      sheets.set('設問', 4, { '': '担当に確認' });
      sheets.hiddenRows.add('設問 5');
    });
    expect(noticesOf(sheets)).toEqual([
      'メモ!A1: シート「メモ」は調査票定義のシートではないため、読み取りません。',
      '設問!W4: 見出しのない列にあるため、この内容は読み取りません。',
      '設問!A5: 5行目は非表示になっていますが、読み取りました。不要な行は削除してください。',
      '選択肢!A30: 一覧「余り」は、どの設問にも使われていません。',
    ]);
  });
});

describe('the report', () => {
  const standing = {
    kind: 'standing',
    question: 'q.contacted',
    first: {
      option: 'yes',
      breakdowns: [{ question: 'q.means', short: { phone: '電', other: '他' } }],
      arrow: { label: '手段', question: 'q.means', numbers: true },
    },
  };
  const headline = { kind: 'headline', question: 'q.contacted', option: 'yes', ending: 'で実施', by: 'q.means' };
  const report = {
    headings: [
      {
        title: '結果',
        suffix: '（前回との比較）',
        sections: ['q'],
        parts: [
          { ...headline, style: 'kana', title: '実施数' },
          { kind: 'inTitle', question: 'q.contacted' },
          { kind: 'ranking', question: 'q.means', limit: 3 },
          { kind: 'inline', style: 'plain', question: 'q.contacted' },
          { kind: 'options', question: 'q.contacted' },
          { kind: 'sums', title: '人数', questions: ['q.persons'] },
          { kind: 'title', title: '内訳' },
          standing,
        ],
        tablesOnly: ['q.whyNot', 'q.by'],
      },
      { title: '結果', sections: ['q'] },
    ],
  };

  it('comes back as it was', () => {
    const read = readDocument({ ...Object(documents.get('kinkyu-oyuki')), report });
    if ('errors' in read) throw new Error(JSON.stringify(read.errors));
    expect(documentOf(given(writeQuestionnaire(read.document)))).toEqual(read.document);
  });

  it('is written by an officer with headings, words and numbers', () => {
    const sheets = changed((sheets) =>
      sheets
        .set('報告書', 1, { 見出し: '見出し', 種類: '種類', 設問: '設問', 表題: '表題' })
        .set('報告書', 2, { 見出し: '実施体制', 種類: '選択肢別', 設問: '問1' })
        .set('報告書', 3, { 種類: '合計', 設問: '問2\n問3', 表題: '規模' })
        .set('報告書', 4, { 種類: '集計', 設問: '相談支援専門員' }),
    );
    expect(documentOf(sheets).report?.headings).toEqual([
      {
        title: '実施体制',
        sections: ['system'],
        parts: [
          { kind: 'options', question: 'system.form' },
          { kind: 'sums', title: '規模', questions: ['system.fee', 'system.days'] },
          { kind: 'total', measure: 'specialists', label: '相談支援専門員', unit: '人' },
        ],
      },
    ]);
  });
});

/** Wrong workbooks of a questionnaire: what somebody does to a right one, and what is told of it, by cell. */

import type { Workbook, Worksheet } from '@cj-tech-master/excelts';

type Value =
  | string
  | number
  | Date
  | { readonly formula: string; readonly result: number }
  | { readonly error: '#N/A' };
type Row = Readonly<Record<string, Value>>;

/** A workbook as somebody changes it in a spreadsheet program: cells by sheet, row and heading. */
export class Book {
  readonly #workbook: Workbook;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  sheet(name: string): Worksheet {
    const sheet = this.#workbook.getWorksheet(name);
    if (sheet === undefined) throw new RangeError(name);
    return sheet;
  }

  /** A heading that is not there comes behind the others. */
  #column(sheet: Worksheet, heading: string): number {
    for (let column = 1; column <= sheet.columnCount; column += 1)
      if (sheet.getCell(1, column).text === heading) return column;
    const next = sheet.columnCount + 1;
    sheet.getCell(1, next).value = heading;
    return next;
  }

  set(name: string, row: number, cells: Row): this {
    const sheet = this.sheet(name);
    for (const [heading, value] of Object.entries(cells))
      Object.assign(sheet.getCell(row, this.#column(sheet, heading)), { value: value === '' ? null : value });
    return this;
  }

  /** A row between others. */
  insert(name: string, row: number, cells: Row): this {
    this.sheet(name).insertRow(row, []);
    return this.set(name, row, cells);
  }

  rename(name: string, heading: string, to: string): this {
    return this.set(name, 1, { [heading]: to });
  }

  /** A row is emptied and stays; a sheet is removed. */
  without(name: string, row?: number): this {
    if (row === undefined) this.#workbook.removeWorksheet(name);
    else this.sheet(name).getRow(row).values = [];
    return this;
  }

  /** Rows below the others. */
  add(name: string, count: number, cells: readonly string[]): this {
    const sheet = this.sheet(name);
    for (let row = 0; row < count; row += 1) sheet.addRow([...cells]);
    return this;
  }
}

type Mutation = readonly [what: string, change: (book: Book) => void, told: readonly string[]];

/** Of `soudan-jisshi.xlsx`. */
export const mutations: readonly Mutation[] = [
  [
    'a sheet is missing',
    (book) => book.without('選択肢'),
    [
      '選択肢!A1: シート「選択肢」がありません。シートを加え、1行目に見出し「一覧」「選択肢」「ID」を記入してください（内容がない場合は見出しだけで構いません）。',
    ],
  ],
  [
    'it is another file',
    (book) => ['選択肢', '設問', '確認', '集計'].forEach((name) => book.without(name)),
    [
      '設問!A1: 調査票定義のファイルではありません。シート「設問」「選択肢」「確認」「集計」がありません。調査票の画面からダウンロードしたファイルを使ってください。',
    ],
  ],
  [
    'a heading is missing',
    (book) => book.rename('設問', '種類', '区分け'),
    [
      '設問!A1: 見出し「種類」の列がありません。列を加え、1行目に「種類」と記入してください。',
      '設問!B1: 「区分け」という見出しの列はありません。見出しを直すか、列を削除してください。',
    ],
  ],
  [
    'a heading is there twice',
    (book) => book.set('選択肢', 1, { 備考: 'ID' }),
    ['選択肢!D1: 「ID」の列が2つあります。一方を削除してください。'],
  ],
  [
    'a column is none of ours',
    (book) => book.set('集計', 1, { 備考: '備考' }),
    ['集計!I1: 「備考」という見出しの列はありません。見出しを直すか、列を削除してください。'],
  ],
  [
    'an ID is there twice',
    (book) => book.set('設問', 4, { ID: 'system.form' }),
    ['設問!V4: ID「system.form」は設問!V3にもあります。行を写して増やした設問のIDは、空欄にしてください。'],
  ],
  [
    'a condition names a question that there is not',
    (book) => book.set('設問', 20, { 条件: '問11 = "直営のみ"' }),
    ['設問!G20: 条件に「問11」とありますが、その番号の設問はありません。「問10」ですか。'],
  ],
  [
    'a condition names a later question',
    (book) => book.set('設問', 4, { 条件: '問9 > 50' }),
    ['設問!G4: 条件：「問9」は後の設問です。条件には、前にある設問だけが使えます。'],
  ],
  [
    'a condition names an option that there is not',
    (book) => book.set('設問', 4, { 条件: '問1 = "委託"' }),
    ['設問!G4: 条件の「"委託"」：「委託」という選択肢は「問1」にありません。「直営と委託」ですか。'],
  ],
  [
    'a condition looks into a list for one answer',
    (book) => book.set('設問', 17, { 条件: '問7.staff = 1' }),
    [
      '設問!G17: 条件の「問7.staff = 1」：複数の値を「=」などで比べることはできません。「list contains(設問, "…")」「empty(設問)」「count(設問)」などを使ってください。',
    ],
  ],
  [
    'computed values need each other',
    (book) =>
      book.set('設問', 8, { 式: 'again * 2' }).insert('設問', 9, {
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
    (book) => book.set('確認', 2, { 式: '合訃(問5) = 0' }),
    ['確認!C2: 式：「合訃」という関数はありません。「合計」ですか。'],
  ],
  [
    'brackets are not closed',
    (book) => book.set('確認', 2, { 式: '(合計(問5) = 0' }),
    ['確認!C2: 式：「(」が閉じていません。'],
  ],
  [
    'a list is not ended',
    (book) => book.without('設問', 14),
    [
      '設問!B10: 「繰返し表区分」に対応する「終わり」の行がありません。含める設問の次の行に、種類「終わり」の行を加えてください。',
    ],
  ],
  [
    'something is ended that was not begun',
    (book) => book.insert('設問', 7, { 種類: '終わり' }),
    ['設問!B7: 「終わり」に対応する「繰返し」や「組」がありません。この行を削除してください。'],
  ],
  ['a question has no label', (book) => book.set('設問', 5, { 設問: '' }), ['設問!C5: 「設問」を記入してください。']],
  [
    'a row has no 種類, or an unknown one',
    (book) => book.set('設問', 4, { 種類: '' }).set('設問', 5, { 種類: '少数' }),
    [
      '設問!B4: 「種類」を記入してください。「選択」「数」「文章」などです（26種類）。',
      '設問!B5: 「種類」に「少数」は使えません。「数」ですか。',
    ],
  ],
  [
    'a question stands outside of any 区分',
    (book) => book.without('設問', 15),
    ['設問!B16: この行から18行目までの設問が、区分の外にあります。この行より上に、種類「区分」の行を加えてください。'],
  ],
  [
    'an option is there twice',
    (book) => book.set('選択肢', 3, { 選択肢: '直営のみ' }),
    ['選択肢!B3: 選択肢「直営のみ」が重複しています。'],
  ],
  [
    'an option has no label, another no list',
    (book) => book.set('選択肢', 3, { 選択肢: '' }).set('選択肢', 6, { 一覧: '' }),
    ['選択肢!B3: 選択肢の名称がありません。', '選択肢!A6: 「一覧」を記入してください。'],
  ],
  [
    'a list of options is not there',
    (book) => book.set('設問', 3, { 選択肢: '実施形体' }),
    [
      '設問!D3: 「実施形体」という一覧は、シート「選択肢」にありません。「実施形態」ですか。選択肢を直接書く場合は、1行に1つずつ、2行以上で記入してください。',
    ],
  ],
  [
    'a line of a table cannot be read',
    (book) => book.set('設問', 18, { 選択肢: '行：対応が難しい課題・行\n欄：対応が難しい課題・列' }),
    [
      '設問!D18: 「欄：対応が難しい課題・列」の行は読み取れません。「行」ですか。「行：…」「列：…」「空欄：…」「総計：…」を1行に1つずつ記入してください。',
    ],
  ],
  [
    'cells hold a formula, a date, an error',
    (book) =>
      book
        .set('設問', 3, { 番号: new Date(0) })
        .set('設問', 4, { 設問: { formula: '1+1', result: 2 } })
        .set('設問', 5, { 単位: { error: '#N/A' } }),
    [
      '設問!A3: Excelが日付に変えた値です。セルの書式を「文字列」にしてから、入力し直してください。',
      '設問!C4: 数式です。計算結果を「値」として貼り付けてください。',
      '設問!E5: エラー値です。文字又は数として入力し直してください。',
    ],
  ],
  [
    'cells are merged',
    (book) => book.sheet('選択肢').mergeCells('A2:A3'),
    [
      '選択肢!A2: 結合されたセルです。セルの結合を解除し、それぞれのセルに記入してください。',
      '選択肢!A3: 結合されたセルです。セルの結合を解除し、それぞれのセルに記入してください。',
    ],
  ],
  [
    'numbers and marks are words',
    (book) => book.set('設問', 4, { 上限: '百万', 必須: 'はい', 公開: '公開' }),
    [
      '設問!F4: 「必須」は「○」か空欄にしてください（「はい」とあります）。',
      '設問!H4: 「公開」に「公開」は使えません。「公表」ですか。「公表」「集計のみ」「非公表」のいずれかを記入してください。',
      '設問!K4: 「上限」には数だけを記入してください（「百万」とあります）。',
    ],
  ],
  [
    'a column is filled in that the kind has not',
    (book) => book.set('設問', 3, { 単位: '人', 上限: '3' }),
    [
      '設問!E3: 種類「選択」では「単位」を使いません。このセルを空欄にしてください。',
      '設問!K3: 種類「選択」では「上限」を使いません。このセルを空欄にしてください。',
    ],
  ],
  [
    'what a kind needs is not filled in',
    (book) => book.set('設問', 4, { 単位: '' }).set('設問', 11, { 上限: '' }).set('設問', 8, { 式: '', 小数: '' }),
    [
      '設問!E4: 「単位」を記入してください。',
      '設問!M8: 「小数」に、小数点以下の桁数を記入してください（整数は0）。',
      '設問!T8: 「式」を記入してください。',
      '設問!K11: 「字数」に、文字数の上限を記入してください（例：400）。',
    ],
  ],
  [
    'limits are reversed, and more is asked for than there is',
    (book) => book.set('設問', 5, { 下限: '400' }).set('設問', 6, { 上限: '9' }),
    ['設問!K5: 上限が下限より小さくなっています。', '設問!K6: 選択肢は5個しかありません。'],
  ],
  [
    '不明可 stands where nothing is required',
    (book) => book.set('設問', 17, { 不明可: '○' }),
    ['設問!Q17: 「不明可」は必須の設問だけに付けられます。'],
  ],
  [
    'an ID is none',
    (book) => book.set('設問', 5, { ID: 'system.日数' }).set('設問', 6, { ID: 'system.item' }),
    [
      '設問!V5: 「日数」は識別子にできません。英小文字で始まる半角英数字（64文字以内）にしてください。',
      '設問!V6: 「item」は式などで使う語のため、識別子にできません。',
    ],
  ],
  [
    'the whole is called what it cannot be',
    (book) =>
      book.set('調査票', 2, { 内容: 'summary' }).set('調査票', 3, { 内容: '初版' }).set('調査票', 5, { 内容: '県' }),
    [
      '調査票!B2: 識別子が「summary」ですが、送信先は調査票「soudan-jisshi」です。「soudan-jisshi」に改めるか、「summary」の調査票に送信してください。',
      '調査票!B3: 「版」には数だけを記入してください（「初版」とあります）。',
      '調査票!B5: 「回答者」に「県」は使えません。「市町村」「協議会」「福祉事務所設置市町村」のいずれかを記入してください。',
    ],
  ],
  [
    'an item of 調査票 is missing, another unknown',
    (book) => book.without('調査票', 4).set('調査票', 9, { 項目: '備考', 内容: '' }),
    [
      '調査票!A1: 項目「名称」の行がありません。行を加え、内容を記入してください。',
      '調査票!A9: 「備考」という項目はありません。',
    ],
  ],
  [
    'a check strikes nowhere, and says nothing',
    (book) => book.set('確認', 2, { 対象: '問12', 種別: '警告', メッセージ: '' }),
    [
      '確認!A2: 「問12」とありますが、その番号又はIDの設問はありません。「問10」ですか。',
      '確認!B2: 「種別」に「警告」は使えません。「誤り」「理由を求める」「注意」のいずれかを記入してください。',
      '確認!D2: 「メッセージ」を記入してください。',
    ],
  ],
  [
    'a measure is no number',
    (book) => book.set('集計', 2, { 式: '問1', 平均: '県当たり' }),
    [
      '集計!C2: 式の「問1」：ここには数を書いてください（選択肢になっています）。',
      '集計!F2: 「平均」に「県当たり」は使えません。「市町村当たり」「協議会当たり」のいずれかを記入してください（両方の場合は改行で区切ります）。',
    ],
  ],
  [
    'a measure has what its method has not',
    (book) => book.set('集計', 3, { 単位: '人', 選択肢: '' }),
    [
      '集計!D3: 「選択肢」に、シート「選択肢」の一覧の名前か、選択肢を1行に1つずつ2行以上記入してください。',
      '集計!E3: 方法「区分」では「単位」を使いません。このセルを空欄にしてください。',
    ],
  ],
  [
    'a class gives what is no option',
    (book) => book.set('集計', 3, { 式: 'if count(問7) >= 5 then "大" else "5か所未満"' }),
    ['集計!C3: 式の「"大"」：「大」という選択肢は「区分」にありません。'],
  ],
  [
    'a table holds a group',
    (book) =>
      book
        .insert('設問', 14, { 種類: '組', 設問: '訪問' })
        .insert('設問', 15, { 種類: '日付', 設問: '訪問日' })
        .insert('設問', 16, { 種類: '終わり' }),
    ['設問!B14: 表の中には、組、表の設問を置けません。'],
  ],
  [
    'a former ID is still asked',
    (book) => book.set('設問', 5, { 旧ID: 'system.fee' }),
    ['設問!U5: 旧ID「system.fee」の設問が、この調査票にあります。'],
  ],
  [
    'there is no question',
    (book) => Array.from({ length: 20 }, (_, row) => book.without('設問', row + 2)),
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
  [
    'a condition and a computed value need each other',
    (book) => book.set('設問', 16, { 条件: '問5の1 > 1' }),
    [
      '設問!T8: 「問8」→「問5の1」→「問8」と、自分自身の値を使う循環になっています。条件か式を直してください。',
      '設問!G16: 「問8」→「問5の1」→「問8」と、自分自身の値を使う循環になっています。条件か式を直してください。',
    ],
  ],
  [
    'it has 3,000 rows',
    (book) => book.add('設問', 3000, ['', '数']),
    ['設問!A2502: 「設問」のシートは2,500行までです。不要な行を削除してください（3,020行あります）。'],
  ],
];

/** The files for Excel: the CSV and the workbook. */

import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { Workbook } from '@cj-tech-master/excelts';
import { installChartSupport } from '@cj-tech-master/excelts/chart';
import { summary } from '../../../../../schemas/export.ts';
import { directory, everyQuestion, round } from '../../../../support/every-question.ts';
import { exportFiles } from '../../../../support/export-files.ts';
import type { Exported } from '../../../../support/export-files.ts';
import { unzip } from '../../../../../functions/platform/unzip.ts';

let exported: Exported;

beforeAll(async () => {
  const answers = {
    plain: {
      status: 'established',
      topics: ['work'],
      roles: null,
      members: null,
      meetings: 12,
      remarks: '=1+1',
      note: '001234',
      since: '2024-09',
      partners: ['113018'],
      goals: ['𠮷野', '_x0041_ \u0001'],
    },
    bodies: [
      {
        id: 'b1',
        name: '全体会\r\n第1部',
        themes: ['-'],
        sessions: [{ id: 's1', heldOn: '2024-04', items: [{ id: 'i1', body: '議題' }] }],
      },
      { id: 'b2', name: '@部会' },
    ],
  };
  const last = { ...round, id: 'R5', name: '令和5年度の調査', referenceDate: '2023-09-30' };
  const before = {
    round: last,
    form: everyQuestion,
    returns: [{ answers: { plain: { meetings: 0 } }, state: 'accepted' as const }],
  };
  exported = await exportFiles({ round, directory, before }, [
    {
      form: everyQuestion,
      returns: [
        { answers, state: 'accepted', onBehalf: { source: 'telephone', reason: '=通信障害' } },
        { answers: {}, state: 'submitted', onBehalf: { source: 'correction', reason: '転記の誤り' } },
      ],
    },
  ]);
}, 60_000);

describe('the CSV for Excel', () => {
  const rowsOf = (audience: string): Record<string, string>[] =>
    parse(exported.texts.get(`${audience}/every-question.excel.csv`) ?? '', {
      columns: true,
      bom: true,
      record_delimiter: '\r\n',
    });

  it('begins with a byte order mark and ends its lines with CRLF', () => {
    const bytes = exported.bytes.get('public/every-question.excel.csv');
    expect(bytes?.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes?.subarray(-2).toString()).toBe('\r\n');
  });

  it('has labels for codes, and text that Excel neither runs nor changes', () => {
    const [row] = rowsOf('internal');
    expect(row).toMatchObject({
      回答単位のコード: '112011',
      回答単位の名称: '川越市',
      状態: '確認済',
      '期限後の提出（該当=1）': '1',
      '基本：状況': '設置済',
      '基本：議題：就労（該当=1）': '1',
      '基本：議題：住まい（該当=1）': '0',
      '基本：役割：はい（該当=1）': '該当なし',
      '基本：委員数（人）': '該当なし',
      '基本：問2の1　開催回数（回）': '12',
      '基本：備考': "'=1+1",
      '基本：メモ': "'001234",
      '基本：設置年月': "'2024-09",
    });
  });

  it('says how and why the prefecture submitted, to nobody else', () => {
    const said = rowsOf('internal').map((row) => [row['県による提出'], row['県による提出の理由']]);
    expect(said).toEqual([
      ['代理入力（電話）', "'=通信障害"],
      ['職権訂正', '転記の誤り'],
    ]);
    expect(Object.keys(rowsOf('public')[0] ?? {}).filter((name) => name.includes('県による'))).toEqual([]);
    const codes: Record<string, string>[] = parse(exported.texts.get('internal/codebook.csv') ?? '', { columns: true });
    expect(codes.find(({ column }) => column === 'onBehalf')).toMatchObject({
      label: '県による提出',
      options: expect.stringContaining('correction=職権訂正'),
      visibility: '非公表',
    });
  });

  it('keeps the 0 that a code begins with by an apostrophe, and leaves line breaks and 𠮷 as they are', async () => {
    const { prefecture, municipalities, councils } = directory;
    const north = {
      prefecture,
      councils,
      municipalities: [{ code: '011002', name: '札幌市', kind: 'city' as const }, ...municipalities],
    };
    const answers = { plain: { remarks: '1行目\n2行目 𠮷野' } };
    const { texts } = await exportFiles({ round, directory: north }, [
      { form: everyQuestion, returns: [{ answers, state: 'accepted' }] },
    ]);
    const [row] = parse(texts.get('public/every-question.excel.csv') ?? '', {
      columns: true,
      bom: true,
      record_delimiter: '\r\n',
    });
    expect(row).toMatchObject({ 回答単位のコード: "'011002", '基本：備考': '1行目\n2行目 𠮷野' });
  });

  it('has no cell that Excel would run', () => {
    for (const audience of ['internal', 'public']) {
      const cells: string[][] = parse(exported.texts.get(`${audience}/every-question.excel.csv`) ?? '', { bom: true });
      expect(cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    }
  });

  it('leaves the machine files as they were typed', () => {
    const [row]: Record<string, string>[] = parse(exported.texts.get('internal/every-question.csv') ?? '', {
      columns: true,
    });
    expect(row).toMatchObject({ 'plain.remarks': '=1+1', 'plain.note': '001234' });
  });

  it('holds accepted returns and open questions in public', () => {
    const rows = rowsOf('public');
    expect(rows).toHaveLength(1);
    expect(Object.keys(rows[0] ?? {})).not.toContain('基本：メモ');
    expect(rowsOf('internal')).toHaveLength(2);
  });
});

describe.each(['internal', 'public'])('the %s workbook', (audience) => {
  type Sheet = { sheet: string; data: unknown[][] };
  let sheets: Sheet[];
  let foldedOf: (name: string) => number[];
  let pagesBesideOf: (name: string) => number | undefined;
  const sheet = (name: string): unknown[][] => sheets.find((each) => each.sheet === name)?.data ?? [];

  beforeAll(async () => {
    installChartSupport();
    const workbook = new Workbook();
    await workbook.xlsx.load(exported.bytes.get(`${audience}/R6.xlsx`) ?? Buffer.alloc(0));
    pagesBesideOf = (name) => workbook.getWorksheet(name)?.pageSetup.fitToWidth;
    foldedOf = (name) =>
      (workbook.getWorksheet(name)?.columns ?? []).flatMap(({ hidden, outlineLevel }, index) =>
        hidden && outlineLevel === 1 ? [index] : [],
      );
    sheets = workbook.worksheets.map((each) => {
      const data: unknown[][] = [];
      each.eachRow({ includeEmpty: true }, (row) => {
        data.push(Array.from({ length: row.cellCount }, (_, index) => row.getCell(index + 1).value));
      });
      return { sheet: each.name, data };
    });
  });

  it('has a cover, the tally, a sheet per form and repeating group, and the codebook', () => {
    const names = sheets.map((each) => each.sheet);
    expect(names).toEqual(
      expect.arrayContaining([
        '表紙',
        '集計',
        '全種類の調査票',
        '会議体（全種類の調査票）',
        '会議（全種類の調査票）',
        '目標（全種類の調査票）',
        '符号表',
      ]),
    );
    expect(names[0]).toBe('表紙');
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.length <= 31)).toBe(true);
  });

  it('says its conditions on the cover', () => {
    const text = JSON.stringify(sheet('表紙'));
    expect(text).toContain(audience === 'internal' ? '内部検討用・取扱注意' : '公表の有無は公表版の目録による');
    expect(text).toContain('2024-11-20 13:00現在（履歴番号 7）');
    expect(text).toContain('2023-04～2024-03');
    expect(text.includes('確認中')).toBe(audience === 'internal');
  });

  it('has the numbers of the summary as numbers', () => {
    const { rows } = summary.parse(JSON.parse(exported.texts.get(`${audience}/summary.json`) ?? ''));
    const [header = [], ...data] = sheet('集計');
    const at = header.indexOf('値');
    expect(data.map((row) => row[at])).toEqual(rows.map(({ value, base }) => (base === 0 ? '回答なし' : value)));
    expect(data.map((row) => row[header.indexOf('母数')])).toEqual(rows.map(({ base }) => base));
  });

  it('keeps codes and text as they are', () => {
    const [header = [], row = []] = sheet('全種類の調査票');
    const cell = (name: string): unknown => row[header.indexOf(name)];
    expect(cell('回答単位のコード')).toBe('112011');
    expect(cell('期限後の提出（該当=1）')).toBe(audience === 'internal' ? 1 : undefined);
    expect(cell('県による提出')).toBe(audience === 'internal' ? '代理入力（電話）' : undefined);
    expect(cell('県による提出の理由')).toBe(audience === 'internal' ? '=通信障害' : undefined);
    expect(cell('基本：備考')).toBe('=1+1');
    expect(cell('基本：問2の1　開催回数（回）')).toBe(12);
    expect(cell('基本：委員数（人）')).toBe('該当なし');
    if (audience === 'internal') expect(cell('基本：メモ')).toBe('001234');
    const [bodies = [], first = []] = sheet('会議体（全種類の調査票）');
    expect(first[bodies.indexOf('名称')]).toBe('全体会\n第1部');
    const [goals = [], goal = []] = sheet('目標（全種類の調査票）');
    expect(goal[goals.indexOf('目標')]).toBe('𠮷野');
  });

  it('holds no formula but the sums and those of the cross tables, and freezes and filters every header', () => {
    const entries = [...unzip(exported.bytes.get(`${audience}/R6.xlsx`) ?? Buffer.alloc(0))];
    const xml = entries
      .filter(([name]) => name.startsWith('xl/worksheets/sheet'))
      .map(([, content]) => content.toString('utf8'));
    const formulas = xml
      .filter((each) => !each.includes('<dataValidations '))
      .flatMap((each) => each.match(/<f>[^<]*/gu) ?? []);
    const tables = sheets.filter(({ sheet: name }) => !/^(表紙|グラフ.*|クロス集計)$/u.test(name));
    expect(xml.length).toBe(sheets.length);
    expect(formulas.filter((each) => !/^<f>SUBTOTAL\(109,[A-Z]+2:[A-Z]+\d+\)?/u.test(each))).toEqual([]);
    expect(xml.filter((each) => each.includes('state="frozen"') && each.includes('<autoFilter '))).toHaveLength(
      tables.length,
    );
    expect(xml.filter((each) => each.includes('customWidth="1"'))).toHaveLength(sheets.length);
  });

  it('has sums below its numbers, and none below words', () => {
    const [header = [], ...rows] = sheet('全種類の調査票');
    const total = rows.at(-1) ?? [];
    const below = (name: string): unknown => total[header.indexOf(name)];
    expect(total[0]).toBe('合計');
    expect(below('基本：問2の1　開催回数（回）')).toMatchObject({ result: 12 });
    expect(below('基本：議題：就労（該当=1）')).toMatchObject({ result: 1 });
    expect(below('基本：備考')).toBeFalsy();
    expect(below('評価：費用（円）') ?? 0).not.toBe(12);
  });

  it('names the municipalities that were chosen in one cell', () => {
    const [header = [], row = []] = sheet('全種類の調査票');
    expect(row[header.indexOf('基本：相手市町村')]).toBe('伊奈町');
    expect(header.filter((name) => String(name).startsWith('基本：相手市町村'))).toHaveLength(1);
    const [machine = ''] = (exported.texts.get(`${audience}/every-question.csv`) ?? '').split('\r\n');
    expect(machine.split(',').filter((name) => name.startsWith('plain.partners.')).length).toBe(
      directory.municipalities.length,
    );
  });

  it('has the classes of units for the prefecture alone', () => {
    const [header = [], row = []] = sheet('全種類の調査票');
    const names = sheets.map((each) => each.sheet);
    expect(header.includes('区分')).toBe(audience === 'internal');
    expect(names.includes('集計（区分別）')).toBe(audience === 'internal');
    if (audience === 'internal') expect(row[header.indexOf('区分')]).toBe('市');
    // Where its figures take a second page, that says too which they are.
    const titles = '&#39;集計（区分別）&#39;!$A:$D,&#39;集計（区分別）&#39;!$1:$1';
    expect((exported.texts.get(`${audience}/R6.xlsx`) ?? '').includes(titles)).toBe(audience === 'internal');
  });

  it('has shares of what was chosen, half up to one decimal', () => {
    const [header = [], ...data] = sheet('集計');
    const at = (name: string): number => header.indexOf(name);
    const shares = data.filter((row) => row[at('割合（％）')] !== undefined && row[at('割合（％）')] !== null);
    expect(shares.length).toBeGreaterThan(0);
    for (const row of shares) {
      const [value, base] = [Number(row[at('値')]), Number(row[at('母数')])];
      expect(row[at('割合（％）')]).toBe(Math.round((value * 1000) / base) / 10);
    }
  });

  it('has the number of last time beside this one, for the prefecture alone', () => {
    const [header = [], row = [], other = []] = sheet('全種類の調査票');
    const name = '前回（令和5年度の調査）：基本：問2の1　開催回数（回）';
    const at = header.indexOf(name);
    expect(at >= 0).toBe(audience === 'internal');
    if (audience === 'public') return;
    expect(header[at - 1]).toBe('基本：問2の1　開催回数（回）');
    expect(row[at]).toBe(0);
    expect(other[at] ?? '').toBe('');
  });

  it('folds what is for programs', () => {
    const [header = []] = sheet('全種類の調査票');
    expect(foldedOf('全種類の調査票').map((index) => header[index])).toEqual(
      audience === 'internal' ? ['調査', '版', '受付番号', '回答のハッシュ値（SHA-256）'] : ['調査'],
    );
  });

  it('has a row of the codebook on one page, without what only programs read', () => {
    const [header = []] = sheet('符号表');
    expect(foldedOf('符号表').map((index) => header[index])).toEqual(['設問の識別子', 'Parquetの列']);
    expect(pagesBesideOf('符号表')).toBe(1);
  });

  it('holds the characters that XML forbids in the workbook’s own escape', () => {
    expect(exported.texts.get(`${audience}/R6.xlsx`)).toContain('_x005F_x0041_ _x0001_');
  });
});

describe('the workbooks of a round that publishes a class', () => {
  it('say in public what is empty by class', async () => {
    const returns = [{ answers: { plain: { meetings: 12 } }, state: 'accepted' as const }];
    const { texts } = await exportFiles({ round, directory, byClass: 'kind' }, [{ form: everyQuestion, returns }]);
    const says = (audience: string): boolean =>
      texts.get(`${audience}/R6.xlsx`)?.includes('分類別の集計の空欄は') === true;
    expect([says('public'), says('internal')]).toEqual([true, false]);
  });
});

import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { Figure, figureCsv } from '../../../../../functions/web/publish/analysis-tables.tsx';
import { runsOf } from '../../../../../functions/web/publish/line-chart.tsx';
import type { FigureTable } from '../../../../../functions/domain/analysis/tables.ts';

const table: FigureTable = {
  title: '順位',
  notes: [],
  columns: [{ label: '団体' }, { label: '値（%）', decimals: 1, bars: 'own' }, { label: '備考' }],
  rows: [
    { cells: ['=HYPERLINK("http://example.test")', 1234.5, '未提出'] },
    { cells: ['𠮷川,市', 0, ''] },
    { cells: ['001234', null, '1-2'] },
    { cells: ['東村', 2, ''] },
    { cells: ['計', 1236.5, ''], isTotal: true },
  ],
};

async function shown(of: FigureTable, page = 1): Promise<string> {
  return (await html`${Figure({ table: of, csvHref: '/csv', page, hrefOf: (to) => `/?page=${to}` })}`).toString();
}

describe('a table of an analysis', () => {
  it('is a CSV for Excel: with BOM, numbers bare, nothing that runs or turns into another value', () => {
    expect(figureCsv(table)).toBe(
      [
        '\uFEFF団体,値（%）,備考',
        '"\'=HYPERLINK(""http://example.test"")",1234.5,未提出',
        '"𠮷川,市",0.0,',
        "'001234,,'1-2",
        '東村,2.0,',
        '計,1236.5,',
        '',
      ].join('\r\n'),
    );
  });

  it('has a bar for each number but the total, and a dash where there is none', async () => {
    const page = await shown(table);
    expect(page.match(/<svg class="bar/g)).toHaveLength(3);
    expect(page).toContain('1,234.5');
    expect(page).toContain('<td class="number">-</td>');
    expect(page).not.toContain('<a href="http://example.test"');
  });

  it('of thousands of rows is shown a page at a time, its bars drawn to the same number', async () => {
    const rows = Array.from({ length: 450 }, (_, index) => ({ cells: [`事業所${index}`, 1000 - index, ''] }));
    const pages = await Promise.all([1, 3].map((page) => shown({ ...table, rows }, page)));
    expect(pages.map((page) => page.match(/<tr/g)?.length)).toEqual([201, 51]);
    expect(pages[1]).toContain('事業所449');
    expect(pages[1]).toContain('3 / 3 ページ');
    expect(pages[0]).toContain('href="/?page=2"');
    const widest = /bar__part"[^>]*width="([\d.]+)"/;
    expect(Number(widest.exec(pages[1] ?? '')?.[1])).toBeLessThan(Number(widest.exec(pages[0] ?? '')?.[1]));
  });

  it('shows of many columns the first and the total, and says so', async () => {
    const many = Array.from({ length: 64 }, (_, index) => index);
    const page = await shown({
      ...table,
      columns: [
        { label: '団体' },
        ...many.map((each) => ({ label: `列${each}`, decimals: 0 })),
        { label: '計', decimals: 0 },
      ],
      rows: [{ cells: ['甲', ...many, 999] }],
    });
    expect(page.match(/<th scope="col"/g)).toHaveLength(30);
    expect(page).toContain('66列のうち30列');
    expect(page).toContain('999');
  });

  it('says that it is empty', async () => {
    expect(await shown({ ...table, rows: [] })).toContain('該当はありません。');
  });
});

describe('a line over rounds', () => {
  const points = (values: readonly (number | null)[]) => values.map((value, index) => ({ name: String(index), value }));

  it('is broken where a round has no figure, and begins at nought', () => {
    const runs = runsOf(points([5, 10, null, 0]));
    expect(runs.map((run) => run.map(({ value, y }) => [value, y]))).toEqual([
      [
        [5, 64],
        [10, 20],
      ],
      [[0, 108]],
    ]);
  });

  it('stays within its frame, whatever the numbers are', () => {
    for (const values of [[0, 0], [-5, 5], [1e15], [], [null]])
      for (const { x, y } of runsOf(points(values)).flat()) {
        expect(x >= 0 && x <= 320 && y >= 0 && y <= 130, JSON.stringify([values, x, y])).toBe(true);
      }
  });
});

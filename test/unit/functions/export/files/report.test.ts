import { describe, expect, it } from 'vitest';
import type { Bars, Block, Structure, ReportTable } from '../../../../../functions/domain/report/document.ts';
import { escapeText } from '../../../../../functions/platform/escape-text.ts';
import { barsSvg } from '../../../../../functions/export/files/report-chart.ts';
import { docxPieces } from '../../../../../functions/export/files/report-docx.ts';
import { blockHtml, htmlClosing, htmlOpening } from '../../../../../functions/export/files/report-html.ts';
import { structureSvg } from '../../../../../functions/export/files/report-structure.ts';
import { blockWord, headWord } from '../../../../../functions/export/files/report-word.ts';
import { linesOfHtml, linesOfWord, malformedAt } from '../../../../support/markup.ts';
import { unzip } from '../../../../../functions/platform/unzip.ts';

const hostile = [
  '<script>alert(1)</script>',
  '" onload="alert(1)',
  "&amp; ]]> '\u0001",
  '𠮷野\n二行目',
  '長'.repeat(100_000),
];

function html(block: Exclude<Block, Bars>): string {
  return [...blockHtml(block)].join('');
}

function word(block: Block): string {
  return [...blockWord(block)].join('');
}

const table: ReportTable = {
  kind: 'table',
  caption: '表の題',
  columns: [{ label: '項目' }, { label: '数', isNumber: true }],
  rows: [
    ['甲', '1'],
    ['乙', '2'],
  ],
};
const chart: Bars = {
  kind: 'bars',
  title: '課題',
  unit: '市町村',
  series: ['県全域', '広域'],
  bars: [
    { label: '医療的ケア', values: [30, 12] },
    { label: '防災', values: [0, 1] },
  ],
};
const structure: Structure = {
  kind: 'structure',
  title: '組織図',
  nodes: [
    { name: '全体会', kind: '全体会', depth: 0 },
    { name: 'こども部会', kind: '専門部会', depth: 1, parent: 0 },
  ],
};

describe('escapeText', () => {
  it('leaves plain text as it is and makes markup harmless', () => {
    expect(escapeText('埼玉県 𠮷')).toBe('埼玉県 𠮷');
    expect(escapeText('<a b="c">&\'')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&#39;');
  });

  it('replaces what XML cannot hold, and keeps line breaks', () => {
    expect(escapeText('a\u0000b\nc')).toBe('a\uFFFDb\nc');
  });
});

describe('the page', () => {
  it('is in Japanese, loads nothing, has no script, and prints on A4', () => {
    const page =
      htmlOpening({ title: '題', documentNumber: '資料５', occasion: ['会議'], status: '確定値' }) + htmlClosing;
    expect(page).toContain('<html lang="ja">');
    expect(page).toContain('size: A4');
    expect(page).not.toMatch(/<script|<link|src=|url\(|@import/u);
    expect(linesOfHtml(page)).toEqual(['資料５', '題', '会議', '確定値']);
  });

  it('says what tables and their cells are', () => {
    const text = html(table);
    expect(text).toContain('<caption>表の題</caption>');
    expect(text).toContain('<th scope="col">項目</th>');
    expect(text).toContain('<th scope="row">甲</th><td class="n s">1</td>');
  });

  it('keeps numbers and short words on one line, but lets the remark behind a number break', () => {
    const rows = [
      ['甲', '1,234,567'],
      ['乙', '10（3/5市町村分）'],
    ];
    expect(html({ ...table, rows })).toContain('<td class="n s">1,234,567</td>');
    expect(html({ ...table, rows })).toContain('<td class="n">10（3/5市町村分）</td>');
  });

  it('keeps a table on one page where it is short in rows and in text', () => {
    const rows = (text: string) => [
      ['甲', text],
      ['乙', text],
    ];
    expect(html({ ...table, rows: rows('1') })).toContain('<div class="table short">');
    expect(html({ ...table, rows: rows('町'.repeat(500)) })).toContain('<div class="table">');
  });

  it('prints the list by municipality, with its heading, on pages that are wider than high', () => {
    expect(html({ ...table, rows: [], isLandscape: true })).toContain('<div class="table short wide">');
    expect(html(table)).not.toContain('wide');
    const page = htmlOpening({ title: '題', occasion: [], status: '確定値' });
    expect(page).toContain('@page wide { size: A4 landscape; }');
    expect(page).toContain('.wide, h2:has(+ .wide) { page: wide; }');
  });

  it.each(hostile)('shows hostile text %# as text', (text) => {
    const blocks: Exclude<Block, Bars>[] = [
      { kind: 'heading', level: 'item', text },
      { kind: 'paragraph', text },
      { kind: 'lines', lines: [{ text, indent: 1 }] },
      { ...table, caption: text, rows: [[text, text]] },
      { ...structure, title: text, nodes: [{ name: text, kind: text, depth: 0 }] },
    ];
    for (const block of blocks) {
      const rendered = html(block);
      expect(malformedAt(rendered.replaceAll('<br>', '<br/>')), block.kind).toBeUndefined();
      expect(rendered).not.toMatch(/<script|onload="/u);
    }
  });
});

describe('charts', () => {
  const svg = barsSvg(chart, 3);

  it('are pictures with their numbers in words', () => {
    expect(svg).toMatch(
      /^<svg role="img" aria-label="課題のグラフ（単位：市町村）。医療的ケア 県全域 30、広域 12、防災 県全域 0、広域 1"/u,
    );
    expect(malformedAt(svg)).toBeUndefined();
  });

  it('tell series apart by pattern, and print each number', () => {
    expect(svg).toContain('<pattern');
    for (const text of ['30', '12', '県全域', '広域', '医療的ケア']) expect(svg).toContain(`>${text}</text>`);
  });

  it('are the same however many were drawn before', () => {
    expect(barsSvg(chart, 3)).toBe(svg);
  });

  it('take labels of any length', () => {
    const long = { ...chart, bars: [{ label: '<長>'.repeat(50_000), values: [1, 2] }] };
    expect(malformedAt(barsSvg(long, 0))).toBeUndefined();
  });
});

describe('the organisation chart', () => {
  it('is a picture that says in words who reports to whom', () => {
    const svg = structureSvg(structure);
    expect(svg).toContain('role="img"');
    expect(svg).toContain('aria-label="組織図。全体会、こども部会（上位：全体会）"');
    expect(svg).toContain('>こども部会［専門部会］</text>');
    expect(malformedAt(svg)).toBeUndefined();
  });
});

describe('the document', () => {
  it.each(hostile)('shows hostile text %# as text', (text) => {
    const blocks: Block[] = [
      { kind: 'heading', level: 'appendix', text },
      { kind: 'lines', lines: [{ text, indent: 2 }] },
      { ...table, caption: text, rows: [[text, text]] },
      { ...chart, title: text, bars: [{ label: text, values: [1, 2] }] },
      { ...structure, title: text, nodes: [{ name: text, kind: text, depth: 0 }] },
    ];
    for (const block of blocks) expect(malformedAt(`<r>${word(block)}</r>`), block.kind).toBeUndefined();
    expect(linesOfWord(word({ kind: 'paragraph', text }))).toEqual([text.replace('\u0001', '\uFFFD').trim()]);
  });

  it('repeats the header of a table on every page', () => {
    expect(word(table).match(/<w:tblHeader\/>/gu)).toHaveLength(1);
  });

  it('gives a number the width of its line, however many columns there are', () => {
    const words = Array.from({ length: 8 }, (_, index) => ({ label: `見出し${index}` }));
    const wide: ReportTable = {
      kind: 'table',
      caption: '一覧',
      columns: [...words, { label: '数', isNumber: true }, { label: '全体会', isNumber: true }],
      rows: [[...words.map(() => '長い文章が入る欄'.repeat(4)), '11市町（3/8市町村分）', '1,234']],
      isDense: true,
    };
    const widths = [...word(wide).matchAll(/<w:gridCol w:w="(?<width>\d+)"/gu)].map((match) =>
      Number(match.groups?.['width']),
    );
    // Two narrow and two wide characters of 132, and the space beside them.
    expect(widths[8]).toBeGreaterThan(132 * 3 + 140);
    expect(widths[8]).toBeLessThan(132 * 5 + 140);
    expect(widths[9]).toBeGreaterThan(132 * 2.75 + 140);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(9638);
  });

  it('has the list by municipality on pages that are wider than high, all pages with their number', async () => {
    const body: Block[] = [
      { kind: 'paragraph', text: '<w:sectPr>' },
      { kind: 'pagesEnd', orientation: 'portrait' },
      { ...table, isLandscape: true },
      { kind: 'pagesEnd', orientation: 'landscape' },
    ];
    async function* pieces(): AsyncGenerator<string> {
      for (const block of body) yield* blockWord(block);
    }
    const properties = { title: '題', author: '県', at: '2024-12-01T00:00:00Z', endsWide: false };
    const written: Uint8Array[] = [];
    for await (const piece of docxPieces(properties, pieces())) written.push(piece);
    const xml = unzip(Buffer.concat(written)).get('word/document.xml')?.toString('utf8') ?? '';
    expect(malformedAt(xml)).toBeUndefined();
    const sections = [...xml.matchAll(/<w:sectPr>.*?<\/w:sectPr>/gu)].map(([section]) => section);
    const width = (section: string): string | undefined =>
      /w:pgSz w:w="(?<width>\d+)"/u.exec(section)?.groups?.['width'];
    expect(sections.map(width)).toEqual(['11906', '16838', '11906']);
    for (const section of sections) expect(section.match(/<w:footerReference /gu)).toHaveLength(1);
    const columns = [...xml.matchAll(/<w:gridCol w:w="(?<width>\d+)"/gu)].map((match) =>
      Number(match.groups?.['width']),
    );
    expect(columns.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(14_000);
  });

  it('has the head of the page, with the edition where there was one before', () => {
    const head = { title: '題', documentNumber: '資料５', occasion: ['会議'], status: '確定値' };
    expect(linesOfWord(headWord(head))).toEqual(['資料５', '題', '会議', '確定値']);
    const second = { ...head, edition: '第2版' };
    expect(linesOfWord(headWord(second))).toEqual(['資料５', '題', '第2版', '会議', '確定値']);
    expect(linesOfHtml(htmlOpening(second))).toEqual(['資料５', '題', '第2版', '会議', '確定値']);
  });
});

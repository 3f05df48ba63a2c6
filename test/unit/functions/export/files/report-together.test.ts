/** What stays on one page, and how both formats say so. */

import { describe, expect, it } from 'vitest';
import { heading } from '../../../../../functions/domain/report/document.ts';
import type { Bars, Block, ReportTable } from '../../../../../functions/domain/report/document.ts';
import { htmlOf, wordOf } from '../../../../../functions/export/files/report-files.ts';
import { printedTogether } from '../../../../../functions/export/files/report-together.ts';

const table = (rows: number): ReportTable => ({
  kind: 'table',
  caption: '役割',
  columns: [{ label: '選択肢' }, { label: '数', isNumber: true }],
  rows: Array.from({ length: rows }, (_, index) => [`項目${index}`, '1']),
});
const chart: Bars = {
  kind: 'bars',
  title: '役割',
  unit: '市町村',
  series: ['数'],
  bars: [1, 2, 3, 4].map((value) => ({ label: `項目${value}`, values: [value] })),
};
const part = heading('part', '１');
const appendix = heading('appendix', '参考資料1');
const section = heading('section', '調査票');
const item = heading('item', '活動状況');
const line: Block = { kind: 'paragraph', text: '回答はありません。' };

describe('what is printed together', () => {
  it('is a short table with its headings and its chart', () => {
    const question = [section, item, table(3), chart];
    expect(printedTogether([part, appendix, ...question, table(2), line])).toEqual([
      [part],
      [appendix],
      question,
      [table(2)],
      [line],
    ]);
  });

  it('is neither a table that takes most of a page nor one whose rows are made while they are read', () => {
    const made = { ...table(1), rows: new Set([['項目', '1']]) };
    for (const long of [table(15), made])
      expect(printedTogether([item, long, chart])).toEqual([[item], [long], [chart]]);
  });

  it('leaves nothing out and changes no order', () => {
    const blocks = [item, line, section, item, chart, chart, table(1), item];
    expect(printedTogether(blocks).flat()).toEqual(blocks);
    expect(printedTogether([])).toEqual([]);
  });
});

describe('the page', () => {
  it('has a box around it that is not broken in print', async () => {
    let html = '';
    for await (const piece of htmlOf([item, table(3), chart, table(15)])) html += piece;
    const [, together = '', after] = /<div class="together">(.*?<\/figure>)\n<\/div>(.*)$/su.exec(html) ?? [];
    expect(together).toContain('活動状況');
    expect(together).toContain('<caption>役割</caption>');
    expect(together).toContain('<figure>');
    expect(after).toMatch(/^\n<div class="table">/u);
  });
});

describe('the document', () => {
  const paragraphs = (...blocks: Block[]): { readonly text: string; readonly isKept: boolean }[] => {
    const word = [...wordOf(blocks)].join('');
    return (word.match(/<w:p>.*?<\/w:p>/gsu) ?? []).map((each) => ({
      text: each.replaceAll(/<[^>]+>/gu, ''),
      isKept: each.includes('<w:keepNext/>'),
    }));
  };

  it('keeps the rows of a short table to each other, and the last one to the chart behind it', () => {
    const alone = paragraphs(table(3), line);
    expect(alone.find(({ text }) => text === '項目1')?.isKept).toBe(true);
    expect(alone.find(({ text }) => text === '項目2')?.isKept).toBe(false);
    const charted = paragraphs(table(3), chart);
    const behind = charted.findIndex(({ text }) => text === '項目2') + 3;
    expect(charted.slice(0, behind).every(({ isKept }) => isKept)).toBe(true);
    expect(charted[behind]?.text).toContain('グラフ');
  });

  it('keeps the caption and the head of a long table to its first row alone', () => {
    const kept = paragraphs(table(15), chart)
      .slice(0, 40)
      .filter(({ isKept }) => isKept);
    expect(kept.map(({ text }) => text).slice(0, 3)).toEqual(['役割', '選択肢', '数']);
    expect(kept.some(({ text }) => text === '項目5')).toBe(false);
  });
});

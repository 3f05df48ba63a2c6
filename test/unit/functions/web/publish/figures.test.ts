import { html } from 'hono/html';
import { expect, it } from 'vitest';
import { SummaryQuestion } from '../../../../../functions/web/publish/figures.tsx';
import type { OptionFigure, RankedFigure } from '../../../../../functions/web/publish/summary-blocks.ts';

const figure = (label: string, value: number, base: number): OptionFigure => ({
  option: label,
  label,
  value,
  base,
  counted: '市町村',
});
const ranked = (base: number, value: number): RankedFigure => ({
  key: 'q.work',
  question: 'q.work',
  rank: 1,
  label: '就労支援',
  parts: [figure('県全域', value, base)],
  total: figure('計', value, base),
});

/** The texts of the table. */
async function texts(figures: readonly RankedFigure[]): Promise<string[]> {
  const block = { kind: 'ranking', id: 'q', label: '課題', figures } as const;
  const shown = SummaryQuestion({ block, nameOf: (code) => code, namesHref: () => '' });
  const page = (await html`${shown}`).toString();
  return [...page.matchAll(/<(?:caption|td)[^>]*>([^<]+)/g)].map(([, text = '']) => text);
}

it('a table of rows and options says that nobody has answered, and counts no nought', async () => {
  expect(await texts([ranked(0, 0)])).toEqual(['回答なし', '1', '回答なし', '回答なし']);
  expect(await texts([ranked(3, 0)])).toEqual(['対象 3件（計の多い順）', '1', '0', '0']);
});

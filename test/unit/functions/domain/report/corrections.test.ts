import { describe, expect, it } from 'vitest';
import { figureCorrections } from '../../../../../functions/domain/errata.ts';
import { errataBlocks, namedCorrections } from '../../../../../functions/domain/report/corrections.ts';
import type { CorrectedReturn, CorrectedUnit } from '../../../../../functions/domain/report/corrections.ts';
import type { SummaryRow } from '../../../../../schemas/export.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { rowsOf, sourceOf, textsOf } from './saitama.ts';

const { rows } = sourceOf('public').summary;
const last = { edition: 1, asOf: { seq: 3, at: '2024-12-01T00:00:00.000Z' } };
const forms = sourceOf('public').forms.map(({ form }) => form);
const errataOf = (
  figures: readonly SummaryRow[],
  returns: readonly CorrectedReturn[] = [],
  units: readonly CorrectedUnit[] = [],
) => errataBlocks(last, { figures: figureCorrections({ rows }, { rows: figures }), returns, units }, { forms });

const changeRow = (wanted: (row: SummaryRow) => boolean, change: Partial<SummaryRow>): SummaryRow[] => {
  const at = rows.findIndex(wanted);
  return rows.map((row, index) => (index === at ? { ...row, ...change } : row));
};
const isSum = ({ question, measure }: SummaryRow): boolean => question === 'consultation.specific' && measure === 'sum';
const isMean = ({ question, measure }: SummaryRow): boolean =>
  question === 'consultation.specific' && measure === 'mean';
const { id: form } = municipalSurvey2024;
const corrected: CorrectedReturn = { change: 'changed', form, unitName: '川越市', items: 3 };

const caption = '第1版（令和6年12月1日現在）の集計値の正誤（';

describe('the corrections since an edition', () => {
  it('name the figures in the words and the units of the report, wrong and right', () => {
    const [table, ...others] = errataOf(changeRow(isSum, { value: 9999 }));
    expect(others).toEqual([]);
    const { value } = rows.find(isSum) ?? {};
    expect(table).toEqual({
      kind: 'table',
      caption: `${caption}訂正1件、追加0件、削除0件）`,
      columns: [{ label: '箇所' }, { label: '誤' }, { label: '正' }],
      rows: [
        ['市町村調査票「相談支援事業所の設置状況・問10　指定特定相談支援事業所」', `${value}事業所`, '9,999事業所'],
      ],
    });
  });

  it('print means as the report does, cut and not as they are kept', () => {
    const { shown, value } = rows.find(isMean) ?? {};
    const [cells] = rowsOf(errataOf(changeRow(isMean, { value: 8.123_456, shown: '約8.1' })), caption);
    expect(String(value).length).toBeGreaterThan(4);
    expect(cells?.slice(1)).toEqual([`${shown}事業所`, '約8.1事業所']);
  });

  it('tell options, kinds of municipality, and the denominator where it is another one', () => {
    const at = rows.find(({ kinds, value }) => kinds !== undefined && (value ?? 0) > 1);
    if (at?.value === undefined || at.value === null) throw new Error('no option');
    const changed = changeRow((row) => row === at, { value: at.value - 1, kinds: '市', base: at.base - 1 });
    const [cells = []] = rowsOf(errataOf(changed), caption);
    expect(cells[0]).toContain(`・${at.optionLabel}」`);
    expect(cells.slice(1)).toEqual([
      `${at.value}${at.kinds}（母数${at.base}）`,
      `${at.value - 1}市（母数${at.base - 1}）`,
    ]);
  });

  it('count but do not name a figure that the report prints as before', () => {
    const { value } = rows.find(isMean) ?? {};
    expect(textsOf(errataOf(changeRow(isMean, { value: (value ?? 0) + 0.000_01 })))).toEqual([
      `${caption}訂正1件、追加0件、削除0件）：記載した数値は変わらない。`,
      'ほか1件は、公表用データの「正誤表：集計」による。',
    ]);
  });

  it('name the figures that are others first, and count those of which the denominator alone is another one', () => {
    const moved = changeRow(isSum, { value: 9999 }).map((row) => ({ ...row, base: row.base + 1 }));
    const { value, base = 0 } = rows.find(isSum) ?? {};
    expect(textsOf(errataOf(moved))).toEqual([
      `${caption}訂正${rows.length}件、追加0件、削除0件）`,
      `市町村調査票「相談支援事業所の設置状況・問10　指定特定相談支援事業所」|${value}事業所（母数${base}）|9,999事業所（母数${base + 1}）`,
      `母数のみが変わったもの${rows.length - 1}件は、公表用データの「正誤表：集計」による。`,
    ]);
  });

  it('tell figures that came and went', () => {
    const added = { ...(rows.find(isSum) ?? rows[0]), question: 'new', label: '新しい項目', value: 2 };
    const texts = textsOf(
      errataOf(
        [...rows.filter((row) => !isSum(row)), added].filter((row): row is SummaryRow => row.form !== undefined),
      ),
    );
    expect(texts[0]).toContain('訂正0件、追加1件、削除1件');
    expect(texts[1]).toBe('市町村調査票「問10　新しい項目」|記載なし|2事業所（母数63）');
    expect(texts[2]).toMatch(/\|記載なし$/);
  });

  it('name the units whose answers are others, though no figure is', () => {
    const added: CorrectedReturn = { change: 'added', form, unitName: '伊奈町', items: 1 };
    expect(textsOf(errataOf(rows, [added, corrected]))).toEqual([
      '第1版（令和6年12月1日現在）に公表した回答を次のとおり改めた（訂正1件、追加1件、削除0件）。内容は、公表用データの「正誤表：回答及び名簿」による。',
      '・訂正：川越市（市町村調査票、3項目）',
      '・追加：伊奈町（市町村調査票）',
    ]);
  });

  it('name the units whose entries in the directory are others', () => {
    const units: CorrectedUnit[] = [
      { change: 'removed', unitName: '旧町' },
      { change: 'changed', unitName: '新市' },
      { change: 'changed', unitName: '北協議会' },
    ];
    expect(textsOf(errataOf(rows, [], units))).toEqual([
      '第1版（令和6年12月1日現在）に公表した回答単位の名簿を次のとおり改めた（訂正2件、追加0件、削除1件）。内容は、公表用データの「正誤表：回答及び名簿」による。',
      '・訂正：新市、北協議会',
      '・削除：旧町',
    ]);
  });

  it('are few lines though they are thousands', () => {
    const figures = rows.map((row) => ({ ...row, value: (row.value ?? 0) + 1, base: row.base + 1 }));
    const returns = Array.from({ length: 5000 }, () => corrected);
    const errata = errataOf(figures, returns);
    expect(rowsOf(errata, caption)).toHaveLength(namedCorrections);
    const texts = textsOf(errata);
    expect(texts[namedCorrections + 1]).toBe(
      `ほか${(rows.length - namedCorrections).toLocaleString('en-US')}件は、公表用データの「正誤表：集計」による。`,
    );
    expect(texts[namedCorrections + 3]?.split('川越市')).toHaveLength(namedCorrections + 1);
    expect(texts[namedCorrections + 4]).toBe(
      `ほか${(5000 - namedCorrections).toLocaleString('en-US')}件は、公表用データの「正誤表：回答及び名簿」による。`,
    );
    expect(texts).toHaveLength(namedCorrections + 5);
  });

  it('are said not to be there where everything public is the same', () => {
    expect(textsOf(errataOf(rows))).toEqual(['第1版（令和6年12月1日現在）に公表した内容に訂正はない。']);
  });
});

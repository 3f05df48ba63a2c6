import { describe, expect, it } from 'vitest';
import { figureCorrections } from '../../../../../functions/domain/errata.ts';
import { correctionNotes, namedCorrections } from '../../../../../functions/domain/report/corrections.ts';
import type { CorrectedReturn, CorrectedUnit } from '../../../../../functions/domain/report/corrections.ts';
import type { SummaryRow } from '../../../../../schemas/export.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { round } from '../../../schemas/forms/returns.ts';
import { sourceOf } from './saitama.ts';

const { rows } = sourceOf('public').summary;
const last = { edition: 1, asOf: { seq: 3, at: '2024-12-01T00:00:00.000Z' } };
const forms = sourceOf('public').forms.map(({ form }) => form);
const notesOf = (
  figures: readonly SummaryRow[],
  returns: readonly CorrectedReturn[] = [],
  units: readonly CorrectedUnit[] = [],
) => correctionNotes(last, { figures: figureCorrections(rows, figures), returns, units }, { round, forms });

const changeRow = (wanted: (row: SummaryRow) => boolean, change: Partial<SummaryRow>): SummaryRow[] => {
  const at = rows.findIndex(wanted);
  return rows.map((row, index) => (index === at ? { ...row, ...change } : row));
};
const isSum = ({ question, measure }: SummaryRow): boolean => question === 'consultation.specific' && measure === 'sum';
const isMean = ({ question, measure }: SummaryRow): boolean =>
  question === 'consultation.specific' && measure === 'mean';
const { id: form } = municipalSurvey2024;
const corrected: CorrectedReturn = { change: 'changed', form, unitName: '川越市', items: 3 };

describe('the corrections since an edition', () => {
  it('name the figures in the words and the units of the report, wrong and right', () => {
    const [note, ...others] = notesOf(changeRow(isSum, { value: 9999 }));
    expect(others).toEqual([]);
    expect(note?.text).toBe(
      '第1版（令和6年12月1日現在）の集計値を次のとおり改めた（訂正1件、追加0件、削除0件。誤 → 正）。',
    );
    const { value } = rows.find(isSum) ?? {};
    expect(note?.lines).toEqual([
      `・市町村調査票「相談支援事業所の設置状況・問10　指定特定相談支援事業所」　${value}事業所 → 9,999事業所`,
    ]);
  });

  it('tell options, kinds of municipality, and the denominator where it is another one', () => {
    const at = rows.find(({ kinds, value }) => kinds !== undefined && (value ?? 0) > 1);
    if (at?.value === undefined || at.value === null) throw new Error('no option');
    const changed = changeRow((row) => row === at, { value: at.value - 1, kinds: '市', base: at.base - 1 });
    const [line = ''] = notesOf(changed)[0]?.lines ?? [];
    expect(line).toContain(
      `・${at.optionLabel}」　${at.value}${at.kinds}（母数${at.base}） → ${at.value - 1}市（母数${at.base - 1}）`,
    );
  });

  it('count but do not name a figure that the report prints as before', () => {
    const { value } = rows.find(isMean) ?? {};
    expect(notesOf(changeRow(isMean, { value: (value ?? 0) + 0.000_01 }))[0]?.lines).toEqual([
      'ほか1件は公表版の正誤表（errata.csv）による。',
    ]);
  });

  it('name the figures that are others first, and count those of which the denominator alone is another one', () => {
    const moved = changeRow(isSum, { value: 9999 }).map((row) => ({ ...row, base: row.base + 1 }));
    const { value, base = 0 } = rows.find(isSum) ?? {};
    expect(notesOf(moved)[0]).toEqual({
      text: `第1版（令和6年12月1日現在）の集計値を次のとおり改めた（訂正${rows.length}件、追加0件、削除0件。誤 → 正）。`,
      lines: [
        `・市町村調査票「相談支援事業所の設置状況・問10　指定特定相談支援事業所」　${value}事業所（母数${base}） → 9,999事業所（母数${base + 1}）`,
        `このほか、母数のみが変わったもの${rows.length - 1}件は公表版の正誤表（errata.csv）による。`,
      ],
    });
    expect(notesOf(changeRow(isSum, { base: base + 1 }))[0]?.lines).toEqual([
      '母数のみが変わったもの1件は公表版の正誤表（errata.csv）による。',
    ]);
  });

  it('tell figures that came and went', () => {
    const added = { ...(rows.find(isSum) ?? rows[0]), question: 'new', label: '新しい項目', value: 2 };
    const [note] = notesOf(
      [...rows.filter((row) => !isSum(row)), added].filter((row): row is SummaryRow => row.form !== undefined),
    );
    expect(note?.text).toContain('訂正0件、追加1件、削除1件');
    expect(note?.lines?.[0]).toBe('・市町村調査票「問10　新しい項目」　記載なし → 2事業所（母数63）');
    expect(note?.lines?.[1]).toMatch(/ → 記載なし$/);
  });

  it('name the units whose answers are others, though no figure is', () => {
    const added: CorrectedReturn = { change: 'added', form, unitName: '伊奈町', items: 1 };
    expect(notesOf(rows, [added, corrected])).toEqual([
      {
        text: '第1版（令和6年12月1日現在）に公表した回答を次のとおり改めた（訂正1件、追加1件、削除0件）。内容は公表版の正誤表（errata.returns.csv）による。',
        lines: ['・訂正：川越市（市町村調査票、3項目）', '・追加：伊奈町（市町村調査票）'],
      },
    ]);
  });

  it('name the units whose entries in the directory are others', () => {
    const units: CorrectedUnit[] = [
      { change: 'removed', unitName: '旧町' },
      { change: 'changed', unitName: '新市' },
      { change: 'changed', unitName: '北協議会' },
    ];
    expect(notesOf(rows, [], units)).toEqual([
      {
        text: '第1版（令和6年12月1日現在）に公表した回答単位の名簿を次のとおり改めた（訂正2件、追加0件、削除1件）。内容は公表版の正誤表（errata.returns.csv）による。',
        lines: ['・訂正：新市、北協議会', '・削除：旧町'],
      },
    ]);
  });

  it('are few lines though they are thousands', () => {
    const figures = rows.map((row) => ({ ...row, value: (row.value ?? 0) + 1, base: row.base + 1 }));
    const returns = Array.from({ length: 5000 }, () => corrected);
    const [ofFigures, ofReturns] = notesOf(figures, returns);
    expect(ofFigures?.lines).toHaveLength(namedCorrections + 1);
    expect(ofFigures?.lines?.at(-1)).toBe(
      `ほか${(rows.length - namedCorrections).toLocaleString('en-US')}件は公表版の正誤表（errata.csv）による。`,
    );
    expect(ofReturns?.lines).toHaveLength(2);
    expect(ofReturns?.lines?.[0]?.split('川越市')).toHaveLength(namedCorrections + 1);
    expect(ofReturns?.lines?.[1]).toBe(
      `ほか${(5000 - namedCorrections).toLocaleString('en-US')}件は公表版の正誤表（errata.returns.csv）による。`,
    );
  });

  it('are none where everything public is the same', () => {
    expect(notesOf(rows)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { classTables } from '../../../../../functions/domain/report/class-tables.ts';
import type { Block } from '../../../../../functions/domain/report/document.ts';
import { classNamed } from '../../../../../schemas/unit-classes.ts';
import { classified, PrintedRound, survey, unitCodes } from '../../../support/printed-rounds.ts';

const units = unitCodes(8);
const areaOf = (index: number): object => (index < 3 ? { area: '北' } : index < 7 ? { area: '南' } : {});

/** The tables of an edition, where as many of the units have answered. */
async function tablesOf(answered: number): Promise<Block[]> {
  const directory = classified(units.map((_, index) => areaOf(index)));
  const rounds = new PrintedRound(directory);
  for (const [index, unit] of units.slice(0, answered).entries())
    rounds.accept(unit, {
      open: { size: index },
      totals: { grade: index % 2 === 0 ? 'yes' : 'no', cost: 1000 * index },
    });
  const { byClass } = await rounds.toPrint('area');
  const by = classNamed(directory, 'area');
  if (by === undefined || byClass === undefined) throw new Error('no class');
  return classTables(survey, await rounds.publish('area'), { by, leftOut: byClass.leftOut }, (text) => text);
}

const textsOf = (blocks: readonly Block[]): unknown[] =>
  blocks.map((block) => {
    if (block.kind === 'table') return [block.caption, block.columns.map(({ label }) => label), [...block.rows]];
    return 'text' in block ? block.text : block.kind;
  });

describe('the tables by class', () => {
  it('have the values side by side: options, and of numbers the sum', async () => {
    expect(textsOf(await tablesOf(7))).toEqual([
      '調査票（圏域別）',
      '公開',
      [
        '人数（圏域別、単位：人）',
        ['項目', '北', '南'],
        [
          ['回答数', '3', '4'],
          ['合計', '3', '18'],
        ],
      ],
      '合計のみ',
      [
        '評価（圏域別、単位：市町村）',
        ['項目', '北', '南'],
        [
          ['回答数', '3', '4'],
          ['はい', '2', '2'],
          ['いいえ', '1', '2'],
        ],
      ],
      [
        '費用（圏域別、単位：円）',
        ['項目', '北', '南'],
        [
          ['回答数', '3', '4'],
          ['合計', '3,000', '18,000'],
        ],
      ],
      ...['住まい', '就労'].map((label) => [
        `${label}（圏域別、単位：市町村）`,
        ['項目', '北', '南'],
        [
          ['回答数', '3', '4'],
          ['はい', '0', '0'],
          ['いいえ', '0', '0'],
          ['計', '0', '0'],
        ],
      ]),
    ]);
  });

  it('say which questions have none, and why, where one unit has no value', async () => {
    const texts = textsOf(await tablesOf(8));
    expect(texts).toContainEqual(['人数（圏域別、単位：人）', ['項目', '北', '南', '（分類なし）'], expect.anything()]);
    expect(texts.at(-1)).toBe(
      '「評価」「費用」「住まい」「就労」の圏域別の表は、回答が３団体に満たない区分があり、又は公表した他の値との差から団体の回答が分かるため、掲載しない。',
    );
  });
});

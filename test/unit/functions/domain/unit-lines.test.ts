import { describe, expect, it } from 'vitest';
import { readUnitLines, unitLines } from '../../../../functions/domain/unit-lines.ts';

const units = [
  { code: '1130000001', name: '相談支援センター𠮷野' },
  { code: '1130000002', name: '相談支援センター がじゅまる' },
  { code: '1130000003', name: 'ひまわり' },
  { code: '1130000004', name: 'ひまわり' },
  { code: 'A5', name: 'わかば' },
];

function read(...lines: readonly string[]) {
  return readUnitLines(units, lines.join('\n'), '相談支援事業所');
}

describe('units that are pasted', () => {
  it.each([
    [['相談支援センター𠮷野'], ['1130000001']],
    [
      ['　わかば　', '', '1130000002'],
      ['A5', '1130000002'],
    ],
    [
      ['１１３０００００01', 'Ａ５'],
      ['1130000001', 'A5'],
    ],
    [
      ['わかば\tA5', '1130000003\tひまわり'],
      ['A5', '1130000003'],
    ],
    [['ひまわり（1130000004）'], ['1130000004']],
    [['相談支援センター がじゅまる'.normalize('NFD')], ['1130000002']],
    [
      ['わかば\r', 'ひまわり（1130000003）\r'],
      ['A5', '1130000003'],
    ],
    [[''], []],
  ])('are found by name or code: %j', (lines, codes) => {
    expect(read(...lines)).toEqual({ codes, faults: [] });
  });

  it.each([
    [['わかば', '相談支援センター吉野'], '2行目の「相談支援センター吉野」は名簿の相談支援事業所にありません。'],
    [['わかば', 'A5'], '2行目の「A5」は1行目と同じ団体です。'],
    [['ひまわり'], '1行目の「ひまわり」は名簿に2件あります。コードを入力してください（1130000003、1130000004）。'],
    [['わかば\t1130000001'], '1行目の「わかば\t1130000001」は、名称とコードが別の団体のものです。'],
    [['わかば、ひまわり'], '1行目の「わかば、ひまわり」は名簿の相談支援事業所にありません。'],
    [['𠮷'.repeat(41)], `1行目の「${'𠮷'.repeat(40)}…」は名簿の相談支援事業所にありません。`],
    [['<script>'], '1行目の「<script>」は名簿の相談支援事業所にありません。'],
  ])('are told where they are nobody, anybody or twice the same: %j', (lines, fault) => {
    expect(read(...lines).faults).toEqual([fault]);
  });

  it('are written so that they are read as the same', () => {
    const codes = units.map(({ code }) => code);
    expect(readUnitLines(units, unitLines(units, new Set(codes)), '相談支援事業所')).toEqual({ codes, faults: [] });
  });
});

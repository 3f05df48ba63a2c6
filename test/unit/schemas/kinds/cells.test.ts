import { describe, expect, it } from 'vitest';
import { CellError, orNotApplicable } from '../../../../schemas/kinds/cells.ts';
import { kindOf } from '../../../../schemas/kinds/kinds.ts';
import type { Question } from '../../../../schemas/kinds/question.ts';
import {
  choice,
  choices,
  count,
  fiscalYearSpan,
  frequency,
  list,
  municipalities,
  partialDate,
  range,
  reference,
  text,
  texts,
} from '../../../../schemas/kinds/question.ts';
import type { Json } from '../../../../schemas/values/json.ts';

function codec({ definition }: Question<unknown, string>) {
  const kind = kindOf(definition);
  if (kind.nesting === 'fields') throw new RangeError('a group has no cells');
  const own = kind.cells({ '011002': '札幌市', '012025': '函館市' });
  return definition.nullable ? orNotApplicable(own) : own;
}

const xyz = { x: '甲', y: '乙', z: '丙' };

/** A question, an answer and its cells. */
const written: [string, Question<unknown, string>, Json | undefined, string[]][] = [
  ['a choice', choice('', xyz), 'y', ['y']],
  ['no choice', choice('', xyz), undefined, ['']],
  ['options', choices('', xyz), ['x', 'z'], ['1', '0', '1']],
  ['no option', choices('', xyz), [], ['0', '0', '0']],
  ['options not answered', choices('', xyz), undefined, ['', '', '']],
  ['options that do not apply', choices('', xyz).nullable(), null, ['-', '-', '-']],
  ['municipalities', municipalities(''), ['011002'], ['1', '0']],
  ['no municipality', municipalities(''), [], ['0', '0']],
  ['a count', count('', '件'), 1234, ['1234']],
  ['zero', count('', '件'), 0, ['0']],
  ['the largest count', count('', '件'), Number.MAX_SAFE_INTEGER, ['9007199254740991']],
  ['no count', count('', '件'), undefined, ['']],
  ['a count that does not apply', count('', '件').nullable(), null, ['-']],
  ['a count that might not apply', count('', '件').nullable(), 0, ['0']],
  ['a text', text('', 100), ' =1+1,"𠮷"\r\n', [' =1+1,"𠮷"\r\n']],
  ['a text that looks like 該当なし', text('', 100), '-', ['-']],
  ['a text that looks like a code', text('', 100), '011002', ['011002']],
  ['no text', text('', 100), undefined, ['']],
  ['a date', partialDate(''), '2024-09', ['2024-09']],
  ['a reference', reference(''), '007', ['007']],
  ['a range', range('', '件'), { min: 0, max: 5 }, ['0', '5']],
  ['no range', range('', '件'), undefined, ['', '']],
  ['a range that does not apply', range('', '件').nullable(), null, ['-', '-']],
  ['fiscal years', fiscalYearSpan(''), { from: 2021, to: 2023 }, ['2021', '2023']],
  ['a frequency', frequency(''), { per: 'month', times: { min: 1, max: 2 } }, ['month', '1', '2', '0']],
  [
    'a frequency and as needed',
    frequency(''),
    { per: 'year', times: { min: 2, max: 2 }, asNeeded: true },
    ['year', '2', '2', '1'],
  ],
  ['as needed', frequency(''), 'asNeeded', ['', '', '', '1']],
  ['no frequency', frequency(''), undefined, ['', '', '', '']],
];

describe('cells', () => {
  it.each(written)('of %s', (_, question, answer, cells) => expect(codec(question).write(answer)).toEqual(cells));
  it.each(written)('give back %s', (_, question, answer, cells) => expect(codec(question).read(cells)).toEqual(answer));

  it.each(written)('are as many as the columns of %s', (_, question, __, cells) => {
    expect(codec(question).cells).toHaveLength(cells.length);
  });

  it('of a list are the number of its entries: empty, 0 and n differ', () => {
    for (const question of [list('', 5, {}), texts('', { entries: 5, length: 9 })]) {
      const cells = [undefined, [], ['a', 'b']].map((answer) => codec(question).write(answer));
      expect(cells).toEqual([[''], ['0'], ['2']]);
    }
  });

  it('are named by option, end or part, with labels and units', () => {
    expect(codec(choices('', { x: '甲' })).cells).toEqual([{ suffix: 'x', label: '甲', type: 'flag' }]);
    expect(codec(municipalities('')).cells.map(({ suffix, label }) => [suffix, label])).toEqual([
      ['011002', '札幌市'],
      ['012025', '函館市'],
    ]);
    expect(codec(range('', '分')).cells).toEqual([
      { suffix: 'min', label: '下限', type: 'integer', unit: '分' },
      { suffix: 'max', label: '上限', type: 'integer', unit: '分' },
    ]);
    expect(codec(count('', '人')).cells).toEqual([{ suffix: '', label: '', type: 'integer', unit: '人' }]);
    expect(codec(frequency('')).cells.map(({ suffix }) => suffix)).toEqual(['per', 'min', 'max', 'asNeeded']);
  });
});

describe('what does not fit', () => {
  it('is never swallowed: an option or municipality without a column', () => {
    expect(() => codec(choices('', xyz)).write(['w'])).toThrow(CellError);
    expect(() => codec(municipalities('')).write(['112011'])).toThrow(CellError);
  });

  it('is never guessed: a cell that is no whole number', () => {
    for (const cell of ['1.5', '1e3', ' 1', '１', 'x', '-'])
      expect(() => codec(count('', '件')).read([cell])).toThrow(CellError);
    expect(() => codec(range('', '件')).read(['1', ''])).toThrow(CellError);
  });
});

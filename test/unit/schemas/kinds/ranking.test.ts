import { describe, expect, it } from 'vitest';
import { fieldErrors } from '../../../../functions/domain/field-errors.ts';
import { posted } from '../../../../functions/domain/posted/posted.ts';
import { readPosted } from '../../../../functions/domain/posted/read.ts';
import { printAnswer } from '../../../../functions/domain/print-answer.ts';
import { talliedFigures } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { compile, isDraft } from '../../../../schemas/compile.ts';
import { reportingUnits } from '../../../../schemas/directory.ts';
import { form } from '../../../../schemas/form.ts';
import { jsonSchema } from '../../../../schemas/json-schema.ts';
import { CellError } from '../../../../schemas/kinds/cells.ts';
import { ranking, rankingKind } from '../../../../schemas/kinds/ranking.ts';
import { section } from '../../../../schemas/kinds/question.ts';
import { round } from '../forms/returns.ts';
import { saitama } from '../../support/real-forms.ts';

const options = { expert: '専門的な相談', network: '連携', training: '人材育成', rights: '権利擁護' };
const priorities = ranking('力を入れている取組', options, 3);
const asked = form(
  'asked',
  2025,
  { title: '様式', units: 'municipality', help: '' },
  { s: section('取組', { priorities }) },
);
const item = asked.items.get('s.priorities');
const { definition } = priorities;
const kind = definition.kind === 'ranking' ? rankingKind(definition) : undefined;
const codec = kind?.cells({});

function codes(priorities: string[]): string[] {
  const answers = { s: { priorities } };
  const { success, error } = compile(asked).content.safeParse(answers);
  return success ? [] : fieldErrors(asked, answers, error.issues).map(({ code }) => code);
}

function read(...places: string[]) {
  const post = posted(new URLSearchParams(places.map((value): [string, string] => ['s.priorities', value])));
  return readPosted(asked.items.get('s')?.children ?? [], post, 's', {});
}

describe('a ranking', () => {
  it('is some of the options, the best first', () => {
    expect(codes(['network', 'expert', 'rights'])).toEqual([]);
    expect(codes(['network'])).toEqual([]);
    expect(codes(['network', 'network'])).toEqual(['duplicate']);
    expect(codes(['network', 'expert', 'rights', 'training'])).toEqual(['too-many']);
    expect(codes([])).toEqual(['no-place']);
  });

  it('holds in a draft what may still be corrected, but no unknown option and never nothing', () => {
    expect(isDraft(asked, { s: { priorities: ['network', 'network'] } })).toBe(true);
    expect(isDraft(asked, { s: { priorities: ['gone'] } })).toBe(false);
    expect(isDraft(asked, { s: { priorities: [] } })).toBe(false);
  });

  it('is posted place by place, from the first without a gap', () => {
    expect(read('network', 'expert', '').value).toEqual({ priorities: ['network', 'expert'] });
    expect(read('', '', '')).toMatchObject({ value: {}, problems: new Map() });
    expect(read('network', '', 'expert').problems.get('s.priorities')).toBe(
      '1位から順に、間を空けずに選んでください。',
    );
    expect(read('gone', '', '').problems.get('s.priorities')).toMatch(/選択肢にない/u);
  });

  it('has a column for each place, both ways', () => {
    expect(codec?.cells.map(({ suffix, label, type }) => [suffix, label, type])).toEqual([
      ['1', '1位', 'option'],
      ['2', '2位', 'option'],
      ['3', '3位', 'option'],
    ]);
    expect(codec?.write(['network', 'expert'])).toEqual(['network', 'expert', '']);
    expect(codec?.read(['network', 'expert', ''])).toEqual(['network', 'expert']);
    expect(codec?.read(['', '', ''])).toBeUndefined();
    expect(() => codec?.read(['', 'expert', ''])).toThrow(CellError);
  });

  it('is printed with its places, and written on paper into brackets', () => {
    const names = { municipalities: new Map(), entries: new Map() };
    expect(item && printAnswer(item, ['network', 'expert'], names)).toBe('1位：連携\n2位：専門的な相談');
    expect(kind?.paper).toContain('（　）連携');
  });

  it('counts each option in each place, and in any', () => {
    const tally = new Tally(asked);
    const units = reportingUnits(saitama, 'municipality');
    const given = [['network', 'expert'], ['expert', 'network', 'rights'], undefined];
    for (const [index, priorities] of given.entries()) {
      const unit = units[index];
      if (unit !== undefined) tally.add({ s: priorities === undefined ? {} : { priorities } }, unit);
    }
    const { rows } = talliedFigures(tally, { round, directory: saitama, audience: 'internal' });
    const of = (option: string) => rows.find((row) => row.option === option);
    expect(of('network')).toMatchObject({ question: 's.priorities', value: 2, base: 2, optionLabel: '連携' });
    expect(of('1.network')).toMatchObject({ question: 's.priorities', value: 1, base: 2, optionLabel: '1位：連携' });
    expect(of('2.network')).toMatchObject({ value: 1, base: 2 });
    expect(of('3.rights')).toMatchObject({ value: 1, base: 2 });
    expect(of('training')).toMatchObject({ value: 0, base: 2 });
  });

  it('is described to programs', () => {
    expect(jsonSchema(asked)).toMatchObject({
      properties: { s: { properties: { priorities: { type: 'array', minItems: 1, maxItems: 3, uniqueItems: true } } } },
    });
  });
});

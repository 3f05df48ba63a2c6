import { describe, expect, it } from 'vitest';
import { figuresLeftOut, spellKinds, summarise, talliedFigures } from '../../../../functions/domain/summary.ts';
import type { Audience } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { summary } from '../../../../schemas/export.ts';
import { printMean } from '../../../../schemas/values/count.ts';
import type { SummaryRow } from '../../../../schemas/export.ts';
import type { Form } from '../../../../schemas/form.ts';
import { form, formWith } from '../../../../schemas/form.ts';
import { choice, count, countsTable, list, section } from '../../../../schemas/kinds/question.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { fixture, round } from '../../schemas/forms/returns.ts';
import { saitama } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

function tallied(form: Form, returns: Record<string, Answers>, directory: Directory): Tally {
  const tally = new Tally(form);
  for (const unit of reportingUnits(directory, form.units)) {
    const answers = returns[unit.code];
    if (answers !== undefined) tally.add(answers, unit);
  }
  return tally;
}

const surveys = tallied(municipalSurvey2024, fixture('saitama-r6/municipal-survey.json'), saitama);
const councils = tallied(councilReport2024, fixture('saitama-r6/council-report.json'), saitama);

function rowsFor(audience: Audience): SummaryRow[] {
  return [surveys, councils].flatMap((tally) => talliedFigures(tally, { round, directory: saitama, audience }).rows);
}

type Key = Pick<SummaryRow, 'form' | 'question' | 'option' | 'measure'>;

function find(rows: readonly SummaryRow[], { form, question, option, measure }: Key): SummaryRow[] {
  return rows.filter(
    (row) => row.form === form && row.question === question && row.option === option && row.measure === measure,
  );
}

type Published = Key & Partial<SummaryRow>;

describe('the published figures of 埼玉県, 令和6年9月30日現在', () => {
  const published = fixture<Published[]>('saitama-r6/published.json');
  const internal = rowsFor('internal');

  it('are 82', () => {
    expect(published).toHaveLength(82);
  });

  it.each(published.map((row) => [[row.question, row.option, row.measure].filter(Boolean).join(' '), row] as const))(
    '%s',
    (_, row) => {
      expect(find(internal, row)).toEqual([expect.objectContaining(row)]);
    },
  );

  it('name the units behind them', () => {
    const [single] = find(internal, {
      form: 'municipal-survey',
      question: 'establishment.form',
      option: 'singleAndJoint',
      measure: 'count',
    });
    expect(single?.units).toHaveLength(1);
    expect(single?.base).toBe(63);
  });

  it('are each found once: no two rows are called the same', () => {
    const keys = internal.map(({ form, question, option, measure }) => [form, question, option, measure].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('make the summary of the round', () => {
    const all = summarise(
      [surveys, councils],
      { seq: 9, at: '2024-12-01T00:00:00Z' },
      { round, directory: saitama, audience: 'internal' },
    );
    expect(all).toMatchObject({ round: 'r6', asOf: { seq: 9 }, municipalities: 63, councils: 37 });
    expect(all.rows).toEqual(internal);
    expect(summary.parse(all)).toEqual(all);
  });
});

describe('the public summary', () => {
  const rows = rowsFor('public');
  const visibilityOf = ({ form, question }: SummaryRow) =>
    (form === 'municipal-survey' ? municipalSurvey2024 : councilReport2024).items.get(question)?.visibility;

  it('names no units', () => {
    expect(rows.filter((row) => 'units' in row)).toEqual([]);
  });

  it('has no figure of a 🔒 question', () => {
    expect(rows.filter((row) => visibilityOf(row) === 'internal')).toEqual([]);
    expect(rows.some(({ question }) => question.startsWith('contact') || question.endsWith('Reason'))).toBe(false);
  });

  it('prints 市町村 for Σ questions throughout, whoever is behind them', () => {
    const hidden = rows.filter((row) => visibilityOf(row) === 'tally');
    expect(hidden.length).toBeGreaterThan(30);
    for (const { kinds } of hidden) expect(kinds).toBe('市町村');
  });

  it('spells the kinds for open questions', () => {
    const [joint] = find(rows, {
      form: 'municipal-survey',
      question: 'establishment.form',
      option: 'single',
      measure: 'count',
    });
    expect(joint?.kinds).toBe('市町');
  });

  it('has no row for an option whose entries are withheld: 0 would say that nobody chose it', () => {
    const optionsIn = (all: readonly SummaryRow[]) =>
      all.filter(({ question }) => question === 'bodies.sessions.items.kind').map(({ option }) => option);
    expect(optionsIn(rows)).not.toContain('caseStudy');
    expect(optionsIn(rows)).toContain('report');
    expect(optionsIn(rowsFor('internal'))).toContain('caseStudy');
  });

  it('otherwise has the figures of the internal one', () => {
    const internal = rowsFor('internal');
    for (const row of rows) {
      const [same] = find(internal, row);
      expect([row.value, row.base, row.shown]).toEqual([same?.value, same?.base, same?.shown]);
    }
  });

  it('hides measures that read what is hidden', () => {
    expect(
      rows
        .filter(({ form, measure }) => form === 'council-report' && measure === 'perCouncil')
        .map(({ question }) => question),
    ).toEqual(['plenaryMeetings', 'subcommittees']);
    const { id, version, title, units, help, fields } = scratchForm;
    const expression = 'if answered(first.email) then 1 else 1';
    const secret = formWith<Answers>(id, version, { title, units, help }, fields, {
      measures: [{ kind: 'total', id: 'secret', label: '秘', measure: 'count', expression }],
    });
    const rowsOf = (audience: Audience) =>
      talliedFigures(tallied(secret, { '111007': {} }, saitama), { round, directory: saitama, audience }).rows.map(
        ({ question }) => question,
      );
    expect(rowsOf('internal')).toContain('secret');
    expect(rowsOf('public')).not.toContain('secret');
  });
});

describe('a Σ question that one unit alone answered', () => {
  const view = (view: string): Answers => ({ opinion: { view } });
  const at = (audience: Audience) => ({ round, directory: saitama, audience });
  const questionsOf = (audience: Audience, returns: Record<string, Answers>) =>
    new Set(talliedFigures(tallied(scratchForm, returns, saitama), at(audience)).rows.map(({ question }) => question));

  it('has no public figure: the total is that unit’s answer', () => {
    const alone = { '111007': view('good'), '112011': { first: { status: 'yes' } } };
    expect(questionsOf('public', alone)).not.toContain('opinion.view');
    expect(questionsOf('internal', alone)).toContain('opinion.view');
    expect(figuresLeftOut([tallied(scratchForm, alone, saitama)], at('public'))).toEqual([
      { form: 'scratch', question: 'opinion.view' },
    ]);
    expect(figuresLeftOut([tallied(scratchForm, alone, saitama)], at('internal'))).toEqual([]);
  });

  it('has figures again with a second answer, as has one that nobody answered', () => {
    expect(questionsOf('public', { '111007': view('good'), '112011': view('bad') })).toContain('opinion.view');
    expect(questionsOf('public', { '111007': {} })).toContain('opinion.view');
  });

  it('keeps the figures of open questions, whose answers are public by unit anyway', () => {
    expect(questionsOf('public', { '111007': { first: { status: 'yes' } } })).toContain('first.status');
  });

  it('is one also inside a list, of however many entries', () => {
    const listed = form(
      'listed',
      2024,
      { title: '', units: 'municipality', help: '' },
      {
        first: section('', { other: count('', '件') }),
        plans: list('', 5, { kind: choice('', { a: 'イ', b: 'ロ' }) }).tally(),
      },
    );
    const plans = (...kinds: string[]): Answers => ({ plans: kinds.map((kind, index) => ({ id: `p${index}`, kind })) });
    const rowsOf = (returns: Record<string, Answers>) =>
      new Set(talliedFigures(tallied(listed, returns, saitama), at('public')).rows.map(({ question }) => question));
    expect(rowsOf({ '111007': plans('a', 'b', 'b') })).toEqual(new Set(['first.other']));
    // That two were asked is no secret; of which kind the plans of the only one are is.
    expect(rowsOf({ '111007': plans('a', 'b'), '112011': plans() })).toEqual(new Set(['first.other', 'plans']));
    expect(rowsOf({ '111007': plans('a'), '112011': plans('b') })).toEqual(
      new Set(['first.other', 'plans', 'plans.kind']),
    );
  });

  it('is none of the published figures of 埼玉県', () => {
    expect(figuresLeftOut([surveys, councils], at('public'))).toEqual([]);
  });
});

describe('rows', () => {
  function rows(returns: Record<string, Answers>) {
    return talliedFigures(tallied(scratchForm, returns, saitama), { round, directory: saitama, audience: 'internal' })
      .rows;
  }

  function numbers(returns: Record<string, Answers>) {
    return rows(returns)
      .filter(({ question }) => question === 'first.visitors')
      .map(({ measure, value, shown, base, unit }) => [measure, value, shown, base, unit]);
  }

  it('of a count are sum, mean, median, minimum and maximum in its unit', () => {
    const at = (visitors: number): Answers => ({ first: { visitors } });
    expect(numbers({ '111007': at(1), '112011': at(2), '112020': at(5) })).toEqual([
      ['sum', 8, undefined, 3, '人'],
      ['mean', 8 / 3, '約2.6', 3, '人'],
      ['median', 2, undefined, 3, '人'],
      ['min', 1, undefined, 3, '人'],
      ['max', 5, undefined, 3, '人'],
    ]);
  });

  it('of the cells and totals of a table have the number of the table', () => {
    const held = countsTable('人数', { a: '身体', b: '療育' }, { c: '避難所', d: '自宅' }, '人').numbered('問3');
    const asked = form('f', 2025, { title: '', units: 'municipality', help: '' }, { s: section('区分', { held }) });
    const tally = tallied(asked, { '111007': { s: { held: { a: { c: 1, d: 2 }, b: { c: 3, d: 4 } } } } }, saitama);
    const sums = talliedFigures(tally, { round, directory: saitama, audience: 'internal' }).rows.filter(
      ({ measure }) => measure === 'sum',
    );
    expect(sums).toHaveLength(9);
    expect(new Set(sums.map(({ number }) => number))).toEqual(new Set(['問3']));
  });

  it('have no figure, rather than 0, where nobody answered', () => {
    expect(numbers({ '111007': { first: { visitors: null } } })).toEqual([
      ['sum', 0, undefined, 0, '人'],
      ['mean', null, undefined, 0, '人'],
      ['median', null, undefined, 0, '人'],
      ['min', null, undefined, 0, '人'],
      ['max', null, undefined, 0, '人'],
    ]);
  });

  it('have every option, also the one that nobody chose', () => {
    const chosen = rows({ '111007': { first: { status: 'yes' } } }).filter(
      ({ question }) => question === 'first.status',
    );
    expect(chosen).toEqual([
      {
        form: 'scratch',
        question: 'first.status',
        label: '状況',
        option: 'yes',
        optionLabel: 'あり',
        measure: 'count',
        value: 1,
        base: 1,
        unit: '市町村',
        kinds: '市',
        units: ['111007'],
      },
      {
        form: 'scratch',
        question: 'first.status',
        label: '状況',
        option: 'no',
        optionLabel: 'なし',
        measure: 'count',
        value: 0,
        base: 1,
        unit: '市町村',
        kinds: '',
        units: [],
      },
    ]);
  });

  it('inside lists count entries', () => {
    const inside = rows({
      '111007': {
        units: [
          { id: 'a', kind: 'open' },
          { id: 'b', kind: 'open' },
        ],
      },
    });
    expect(inside.find(({ question, option }) => question === 'units.kind' && option === 'open')).toMatchObject({
      value: 2,
      base: 2,
      unit: '件',
    });
    expect(inside.find(({ question }) => question === 'units')).toMatchObject({
      measure: 'count',
      value: 2,
      base: 1,
      unit: '件',
    });
  });
});

describe('a mean as printed', () => {
  it.each([
    [180, 63, '約2.8'],
    [268, 63, '約4.2'],
    [180, 37, '約4.8'],
    [299, 100, '約2.9'],
    [5, 2, '2.5'],
    [4, 2, '2.0'],
    [0, 3, '0.0'],
    [1, 100, '約0.0'],
  ])('%i over %i is %s: cut, not rounded', (sum, base, shown) => expect(printMean(sum, base)).toBe(shown));
});

describe('kinds of municipality', () => {
  const directory: Directory = {
    prefecture: { code: '130001', name: '東京都' },
    municipalities: [
      { code: '3', name: '村', kind: 'village' },
      { code: '2', name: '市', kind: 'city' },
      { code: '1', name: '区', kind: 'ward' },
      { code: '4', name: '町', kind: 'town' },
    ],
    councils: [],
  };

  it('are spelt in the order 区市町村, each once', () => {
    expect(spellKinds(['4', '3', '2', '1', '2'], directory)).toBe('区市町村');
    expect(spellKinds(['4', '2'], directory)).toBe('市町');
    expect(spellKinds(['3'], directory)).toBe('村');
    expect(spellKinds([], directory)).toBe('');
  });
});

describe('numbers that are public as totals only', () => {
  const asked = form(
    'yearly',
    2024,
    { title: '年次調査票', units: 'municipality', help: '' },
    {
      s: section('状況', {
        cases: count('事例', '件').tally(),
        open: count('相談', '件'),
        rows: list('行', 9, { n: count('人数', '人').tally() }).tally(),
      }),
    },
  );
  const codes = saitama.municipalities.map(({ code }) => code);
  const measuresOf = (units: number, question: string, audience: Audience): string[] => {
    const rows = Array.from({ length: 6 }, (_, index) => ({ id: `r${index}`, n: index }));
    const given = codes.slice(0, units).map((code, index) => [code, { s: { cases: index, open: index, rows } }]);
    const context = { round, directory: saitama, audience };
    return talliedFigures(tallied(asked, Object.fromEntries(given), saitama), context)
      .rows.filter((row) => row.question === question)
      .map(({ measure }) => measure);
  };

  it('tell no least and no greatest, and the middle of five answers or more', () => {
    expect(measuresOf(4, 's.cases', 'public')).toEqual(['sum', 'mean']);
    expect(measuresOf(5, 's.cases', 'public')).toEqual(['sum', 'mean', 'median']);
    // Six entries each, of two units.
    expect(measuresOf(2, 's.rows.n', 'public')).toEqual(['sum', 'mean']);
  });

  it('tell both to the prefecture, and what is open to all', () => {
    const whole = ['sum', 'mean', 'median', 'min', 'max'];
    expect(measuresOf(4, 's.cases', 'internal')).toEqual(whole);
    expect(measuresOf(4, 's.open', 'public')).toEqual(whole);
  });
});

/** The sheets of the analysis in the internal workbook: every number is the one that the page 分析, its CSV and the API have. */

import { sample } from 'fast-check';
import type { Workbook } from '@cj-tech-master/excelts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FigureTable } from '../../../../../functions/domain/analysis/tables.ts';
import type { AnalysisRequest } from '../../../../../functions/domain/analysis/request.ts';
import { analyse, variablesFor } from '../../../../../functions/service/analysis.ts';
import type { Service } from '../../../../../functions/service/service.ts';
import { directory as directorySchema } from '../../../../../schemas/directory.ts';
import type { Form } from '../../../../../schemas/form.ts';
import { formsOf } from '../../../../../schemas/round-forms.ts';
import type { Round } from '../../../../../schemas/round.ts';
import { everyQuestion } from '../../../../support/every-question.ts';
import { fixture, round as usual } from '../../../schemas/forms/returns.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { saitama, saitamaCodes } from '../../../support/real-forms.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { asInWorkbook, chosenIn, crossTablesIn } from '../../../support/cross-sheet.ts';
import { analysedWorkbook, valueOf } from '../../../support/analysed-workbook.ts';
import { servedRounds } from '../../../support/served-rounds.ts';
import type { Returns } from '../../../support/served-rounds.ts';

const formula = '=HYPERLINK("https://example.jp","開く")';

/** Two of the units have names that programs stumble over, one no population. */
const directory = directorySchema.parse({
  ...saitama,
  municipalities: saitama.municipalities.map((each, index) => ({
    ...each,
    name: index === 0 ? '𠮷川市' : index === 1 ? formula : each.name,
    ...(index === 2 ? {} : { population: { number: 2_000 + ((index * 7_919) % 90_000), on: '2024-01-01' } }),
  })),
});

function returnsTo(form: Form, seed: number): Returns {
  const answers = sample(answersOf(form, { municipalities: saitamaCodes }), { seed, numRuns: 40 });
  return Object.fromEntries(answers.map((each, index) => [saitamaCodes[(index * 4 + seed) % 63] ?? '', each]));
}

const asked = { 'municipal-survey': 2024, 'every-question': 2024 };
const rounds = [2022, 2023, 2024].map((fiscalYear): Round => ({
  ...usual,
  id: `R${fiscalYear - 2018}`,
  name: `令和${fiscalYear - 2018}年度調査`,
  fiscalYear,
  referenceDate: `${fiscalYear}-09-30`,
  forms: asked,
}));
const service: Service = servedRounds(
  directory,
  [municipalSurvey2024, everyQuestion],
  rounds.map((round) => ({
    round,
    returns: {
      'municipal-survey':
        round.fiscalYear === 2024
          ? fixture<Returns>('saitama-r6/municipal-survey.json')
          : returnsTo(municipalSurvey2024, round.fiscalYear),
      'every-question': returnsTo(everyQuestion, round.fiscalYear),
    },
  })),
);

/** As the round asks them. */
const forms = rounds.slice(-1).flatMap((round) => formsOf(service.forms, round));

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Rows of a sheet by their headings; none where there is no such sheet. */
type Sheets = ReadonlyMap<string, Rows>;

function sheetsOf(book: Workbook): Sheets {
  return new Map(
    book.worksheets.map((sheet) => {
      const rows: unknown[][] = [];
      sheet.eachRow({ includeEmpty: true }, (row) => {
        rows.push(Array.from({ length: sheet.columnCount }, (_, index) => valueOf(row.getCell(index + 1).value)));
      });
      const [header = [], ...data] = rows;
      return [
        sheet.name,
        data.map((row) => Object.fromEntries(header.map((name, index) => [String(name), row[index]]))),
      ];
    }),
  );
}

async function analysed(
  kind: AnalysisRequest['kind'],
  form: Form,
  question: string,
  more: Partial<AnalysisRequest> = {},
): Promise<readonly FigureTable[]> {
  const [, , round] = rounds;
  if (round === undefined) throw new Error('no round');
  const found = await analyse(service, round, { kind, form: form.id, question, share: 'column', per: 10_000, ...more });
  if (!found.ok) throw new Error(found.problem.detail);
  return found.value.tables;
}

/** Cells of a table of the page by the label of their column, without what its unit adds to it; what is empty as a sheet has it. */
function cellsOf({ columns, rows }: FigureTable): Rows {
  return rows.map(({ unit = '', cells }) => ({
    unit,
    ...Object.fromEntries(
      columns.map(({ label }, index) => [
        label.startsWith('合計に') ? label : label.replace(/（.*/u, ''),
        cells[index] ?? '',
      ]),
    ),
  }));
}

let book: Workbook;
let sheets: Sheets;
beforeAll(async () => {
  book = await analysedWorkbook(service, 'R6');
  sheets = sheetsOf(book);
}, 60_000);

function of(name: string, form: Form, label: string): Rows {
  return (sheets.get(name) ?? []).filter((row) => row['調査票'] === form.title && row['設問'] === label);
}

describe('the ranking of the workbook', () => {
  const numbers = forms.flatMap((form) => variablesFor(form, 'ranking').map((variable) => ({ form, variable })));

  it.each(numbers)('has the numbers of the page: $variable.id', async ({ form, variable: { id, label } }) => {
    const [ranking] = (await analysed('ranking', form, id)).map(cellsOf);
    const isByPeople = variablesFor(form, 'population').some((each) => each.id === id);
    const [population] = isByPeople ? (await analysed('population', form, id)).map(cellsOf) : [];
    const given = (ranking ?? []).filter((row) => row['値'] !== '');
    const rows = of('順位・人口当たり', form, label);
    const isOrdered = new Set(given.flatMap((row) => (row['unit'] === '' ? [] : [row['値']]))).size > 1;
    const share = '合計に占める割合（％）';
    expect(rows.map((row) => [row['コード'], row['団体'], row['順位'], row['値'], row[share]])).toEqual(
      isOrdered ? given.map((row) => [row['unit'], row['団体'], row['順位'], row['値'], row[share] ?? '']) : [],
    );
    const per = '人口10,000人当たり';
    const rates = new Map((population ?? []).map((row) => [row['unit'], row]));
    for (const row of rows) {
      const rate = rates.get(row['コード']);
      expect([row[per], row['人口当たりの順位'], row['人口（人）']]).toEqual([
        rate?.[per] ?? '',
        rate?.['順位'] ?? '',
        rate?.['人口'] ?? '',
      ]);
    }
  });

  it('keeps names that look like formulas, and says of whom there is no population', () => {
    const rows = sheets.get('順位・人口当たり') ?? [];
    expect(rows.length).toBeGreaterThan(300);
    const names = new Set(rows.map((row) => row['団体']));
    expect([formula, '𠮷川市'].filter((name) => !names.has(name))).toEqual([]);
    const without = rows.filter((row) => row['備考'] === '人口なし');
    expect(new Set(without.map((row) => row['コード']))).toEqual(new Set([saitamaCodes[2]]));
  });
});

describe('the changes of the workbook', () => {
  const all = forms.flatMap((form) => variablesFor(form, 'changes').map((variable) => ({ form, variable })));

  it.each(all)('are those of the page: $variable.id', async ({ form, variable }) => {
    const { id, label } = variable;
    const [first, moves] = (await analysed('changes', form, id)).map(cellsOf);
    const rows = of('前回からの変化', form, label);
    if (variable.of === 'numbers') {
      const changed = (first ?? []).filter((row) => row['unit'] !== '' && row['増減'] !== 0);
      const cells = (row: Rows[number], code: string) => [
        row[code],
        ...['団体', '前回', '今回', '増減'].map((name) => row[name]),
      ];
      expect(rows.map((row) => cells(row, 'コード'))).toEqual(changed.map((row) => cells(row, 'unit')));
      return;
    }
    for (const move of moves ?? []) {
      const isIn = (column: string, option: unknown): ((row: Rows[number]) => boolean) =>
        String(option).startsWith('（')
          ? () => true
          : (row) => `、${String(row[column])}、`.includes(`、${String(option)}、`);
      const who = rows
        .filter(isIn(variable.several ? '選ばなくなった選択肢' : '前回', move['前回']))
        .filter(isIn(variable.several ? '新たに選んだ選択肢' : '今回', move['今回']));
      expect(who.map((row) => row['団体']).join('、')).toBe(move['団体']);
      expect(who).toHaveLength(Number(move['団体数']));
    }
    expect(rows.length > 0).toBe((moves ?? []).length > 0);
  });
});

describe('the series of the workbook', () => {
  const all = forms.flatMap((form) => variablesFor(form, 'series').map((variable) => ({ form, variable })));

  it.each(all)('has the figures of the page: $variable.id', async ({ form, variable }) => {
    const tables = await analysed('series', form, variable.id);
    const rows = of('経年', form, variable.label);
    const names = rounds.map(({ name }) => name);
    const expected = tables.flatMap((table, index) =>
      table.columns.flatMap(({ label, decimals }, column) => {
        const isBase = label === '回答数' && variable.of === 'options';
        if (decimals === undefined || (isBase && index === 0)) return [];
        const measure = index === 0 ? '割合（％）' : '回答数';
        const what = isBase ? ['', '回答した団体'] : variable.of === 'options' ? [label, measure] : ['', label];
        return [[...what, ...table.rows.map(({ cells }) => cells[column] ?? '')].join(' ')];
      }),
    );
    const given = rows.map((row) => [row['選択肢'], row['集計の種類'], ...names.map((name) => row[name])].join(' '));
    expect(given.toSorted()).toEqual(expected.toSorted());
  });

  it('is drawn', () => {
    expect((sheets.get('経年のグラフ') ?? []).length).toBeGreaterThan(100);
  });
});

describe('the cross tables of the workbook', () => {
  it.each(forms.map((form) => ({ form })))('have what is chosen at first worked out: $form.id', async ({ form }) => {
    const sheet = book.getWorksheet(`クロス集計（${form.title}）`);
    if (sheet === undefined) throw new Error('no sheet');
    const { question, by } = chosenIn(sheet, form, directory);
    const tables = await analysed('cross', form, question, { with: by });
    expect(crossTablesIn(sheet)).toEqual(asInWorkbook(tables));
    expect(by).toBe('class:kind');
  });
});

describe('the analysis', () => {
  it('is for the prefecture alone', async () => {
    const names = (await analysedWorkbook(service, 'R6', 'public')).worksheets.map(({ name }) => name);
    expect(names.filter((name) => /順位|前回からの変化|経年|クロス/u.test(name))).toEqual([]);
  });
});

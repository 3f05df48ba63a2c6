/**
 * 前回からの変化: every unit whose answer is another than the last time, question by question, to be filtered by either. Numbers
 * and words are those of the page 分析, which also has who could not be compared and why.
 */

import { comparedWith, labelsIn, numberChanges, optionChanges } from '../../domain/analysis/changes-since.ts';
import type { AnsweredForm } from '../../domain/analysis/changes-since.ts';
import { chosenWords, predecessorNote } from '../../domain/analysis/tables-over-rounds.ts';
import { scaledBy } from '../../domain/analysis/tables.ts';
import { movesOf } from '../../domain/analysis/unit-changes.ts';
import type { Variable } from '../../domain/analysis/variables.ts';
import type { WorkbookCell } from '../xlsx/cells.ts';
import type { Sheet, SheetColumn } from '../xlsx/sheet.ts';
import type { DocumentContext } from './formats.ts';

interface Row {
  readonly form: string;
  readonly question: string;
  readonly code: string;
  readonly name: string;
  readonly before: WorkbookCell;
  readonly now: WorkbookCell;
  readonly change?: WorkbookCell;
  readonly unit?: string;
  readonly gone?: string;
  readonly added?: string;
  readonly notes: readonly string[];
}

interface Column extends SheetColumn {
  readonly cell: (row: Row) => WorkbookCell;
}

const columns: readonly Column[] = [
  { heading: '調査票', widest: 20, cell: ({ form }) => form },
  { heading: '設問', widest: 32, cell: ({ question }) => question },
  { heading: 'コード', cell: ({ code }) => code },
  { heading: '団体', widest: 24, cell: ({ name }) => name },
  { heading: '前回', numbers: 'count', widest: 32, cell: ({ before }) => before },
  { heading: '今回', numbers: 'count', widest: 32, cell: ({ now }) => now },
  { heading: '増減', numbers: 'count', cell: ({ change }) => change },
  { heading: '単位', cell: ({ unit }) => unit },
  { heading: '選ばなくなった選択肢', widest: 32, cell: ({ gone }) => gone },
  { heading: '新たに選んだ選択肢', widest: 32, cell: ({ added }) => added },
  { heading: '備考', cell: ({ notes }) => notes.join('。') },
];

function rowsOf(earlier: AnsweredForm, current: AnsweredForm, variable: Variable): Row[] {
  const compared = comparedWith(earlier, current, variable);
  if (typeof compared === 'string') return [];
  const what = { form: current.form.title, question: variable.label };
  if (compared.of === 'numbers') {
    const { compared: units } = numberChanges(earlier, current, compared);
    const scaled = (value: number): WorkbookCell => scaledBy(compared.now)(value) ?? undefined;
    return units
      .filter(({ now, before }) => now !== before)
      .toSorted((a, b) => b.now - b.before - (a.now - a.before))
      .map(({ code, name, now, before, of }) => ({
        ...what,
        code,
        name,
        before: scaled(before),
        now: scaled(now),
        change: scaled(now - before),
        unit: compared.now.unit,
        notes: [...predecessorNote(of), ...compared.notes],
      }));
  }
  const { several, noneLabel } = compared.now;
  const labelOf = labelsIn(compared);
  const words = (options: readonly (string | undefined)[]): string =>
    options.flatMap((option) => (option === undefined ? [] : [labelOf(option)])).join('、');
  const { compared: units } = optionChanges(earlier, current, compared);
  return units.flatMap(({ code, name, now, before, of }): Row[] => {
    const moves = movesOf(before, now, !several);
    if (moves.length === 0) return [];
    return [
      {
        ...what,
        code,
        name,
        before: chosenWords(before, labelOf, noneLabel),
        now: chosenWords(now, labelOf, noneLabel),
        // Of one option it is what stands before them.
        ...(several ? { gone: words(moves.map(({ from }) => from)), added: words(moves.map(({ to }) => to)) } : {}),
        notes: [...predecessorNote(of), ...compared.notes],
      },
    ];
  });
}

export function changeSheets({ analysed }: Pick<DocumentContext, 'analysed'>): Sheet[] {
  const rows = [...analysed.values()].flatMap(({ now, before }) =>
    before === undefined ? [] : now.answers.variables.flatMap((variable) => rowsOf(before, now, variable)),
  );
  if (rows.length === 0) return [];
  return [
    { name: '前回からの変化', columns, sticky: 4, rows: rows.map((row) => columns.map(({ cell }) => cell(row))) },
  ];
}

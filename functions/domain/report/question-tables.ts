/** 参考資料1: every question with its whole table and a chart. */

import { isOptionTable } from '../../../schemas/kinds/kind.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { addsUp } from '../../../schemas/values/units.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { Options } from '../../../schemas/kinds/question.ts';
import { fewAnswersText } from '../few-answers.ts';
import { bars } from './charted.ts';
import { heading, paragraph } from './document.ts';
import type { Block, ReportColumn, ReportTable } from './document.ts';
import {
  answeringUnit,
  isNonZero,
  noFigure,
  notApplicableInReport,
  notPublished,
  printUnits,
  sumText,
  totalRow,
  valueOf,
} from './figures.ts';
import type { SummaryFigures } from './figures.ts';
import { printShare } from './words.ts';

export interface TableContext {
  readonly figures: SummaryFigures;
  readonly words: (text: string, question?: string) => string;
  /** The as-of date or period of a question, as a line above its table. */
  readonly timeOf: (item: Item) => string;
  /** Internal only: the names of the units that a figure counts. */
  readonly namesOf?: (codes: readonly string[]) => string;
}

const namesColumn: ReportColumn = { label: '該当する回答単位' };

function isOfOneUnit(items: readonly Item[]): boolean {
  return new Set(items.map(({ kind }) => kind.unit)).size < 2;
}

class QuestionTables {
  readonly #form: Form;
  readonly #context: TableContext;
  /** What has no table, by why it has none: to be said in one sentence each at the end of its section. */
  readonly #silent = new Map<string, Set<string>>();

  constructor(form: Form, context: TableContext) {
    this.#form = form;
    this.#context = context;
  }

  blocks(): Block[] {
    const measures = [...this.#measures(), ...this.#silence()];
    const sections = this.#form.sections.flatMap((section): Block[] => {
      const blocks = [...this.#item(section), ...this.#silence()];
      return blocks.length === 0
        ? []
        : [heading('item', this.#context.words(numberedLabel(section.definition))), ...blocks];
    });
    return measures.length + sections.length === 0
      ? []
      : [heading('section', this.#form.title), ...measures, ...sections];
  }

  #leaveOut(label: string, why = 'には、回答はありません'): Block[] {
    this.#silent.set(why, (this.#silent.get(why) ?? new Set()).add(label));
    return [];
  }

  #fewAnswers(label: string): Block[] {
    return this.#leaveOut(label, `は、${fewAnswersText}`);
  }

  #silence(): Block[] {
    const sentences = [...this.#silent].map(([why, labels]) =>
      paragraph(`${[...labels].map((label) => `「${label}」`).join('、')}${why}。`),
    );
    this.#silent.clear();
    return sentences;
  }

  #measures(): Block[] {
    const totals: string[][] = [];
    const classes: Block[] = [];
    for (const { measure } of this.#form.measures) {
      if (measure.kind === 'class') classes.push(...this.#options(measure.id, measure.label, ''));
      else if (this.#isLeftOut(measure.id)) totals.push([measure.label, fewAnswersText, '']);
      else
        totals.push(
          ...this.#context.figures
            .of(this.#form.id, measure.id)
            .map((row) => totalRow(row, measure.unit ?? '', this.#form.units)),
        );
    }
    const columns = [{ label: '項目' }, { label: '値', isNumber: true }, { label: '母数', isNumber: true }];
    const table: ReportTable = { kind: 'table', caption: `${this.#form.title}：集計値`, columns, rows: totals };
    return [...(totals.length === 0 ? [] : [table]), ...classes];
  }

  #item(item: Item): Block[] {
    const { kind, id, children } = item;
    const { figures } = kind;
    if (kind.columns !== undefined) return this.#crossed(item, kind.columns);
    if (kind.nesting === 'fields') return isOptionTable(kind) ? this.#matrix(item) : this.#below(children, item);
    if (figures?.of === 'options' && figures.ranked !== undefined) return this.#ranking(item, figures.ranked.places);
    if (figures?.of === 'options')
      return this.#options(id, this.#labelOf(item), figures.several ? '複数回答、' : '', item);
    if (figures === undefined) return [];
    return [...this.#numbers([item], item), ...(this.#hasNoEntries(item) ? [] : this.#below(children, item))];
  }

  /** Of a list that nobody has filled in there is nothing to tell but that. */
  #hasNoEntries({ id, kind }: Item): boolean {
    const counted = this.#context.figures.measured(this.#form.id, id, 'count');
    return kind.figures?.of === 'entries' && counted !== undefined && valueOf(counted) === 0;
  }

  /** Numbers of one unit that follow each other stand in one table. */
  #below(items: readonly Item[], around: Item): Block[] {
    const blocks: Block[] = [];
    let counts: Item[] = [];
    const flush = (): void => {
      if (counts.length > 0)
        blocks.push(...this.#numbers(counts, counts.length === 1 ? (counts[0] ?? around) : around));
      counts = [];
    };
    for (const item of items) {
      if (item.kind.figures?.of === 'numbers') {
        if (!isOfOneUnit([...counts, item])) flush();
        counts.push(item);
        continue;
      }
      flush();
      blocks.push(...this.#item(item));
    }
    flush();
    return blocks;
  }

  /** With the label of the group or list around, where that stands in a section. */
  #labelOf({ definition, id }: Item): string {
    const around = this.#form.items.get(id.slice(0, Math.max(0, id.lastIndexOf('.'))));
    const isNested = around !== undefined && around.kind.nesting !== 'none' && around.id.includes('.');
    const own = numberedLabel(definition);
    return this.#context.words(isNested ? `${numberedLabel(around.definition)}：${own}` : own, id);
  }

  #isLeftOut(id: string): boolean {
    return this.#context.figures.isLeftOut(this.#form.id, id);
  }

  #names(row: SummaryRow): string[] {
    const { namesOf } = this.#context;
    return namesOf === undefined ? [] : [namesOf(row.units ?? [])];
  }

  #options(id: string, label: string, prefix: string, item?: Item): Block[] {
    if (this.#isLeftOut(id)) return this.#fewAnswers(label);
    const rows = this.#context.figures.options(this.#form.id, id);
    const [first] = rows;
    if (first === undefined) return [];
    const { unit, base } = first;
    if (base === 0) return this.#leaveOut(label);
    const hasNames = this.#context.namesOf !== undefined && rows.some(({ units }) => units !== undefined);
    const time = item === undefined ? '' : this.#context.timeOf(item);
    const table: ReportTable = {
      kind: 'table',
      caption: `${label}（${time}${prefix}回答 ${printCount(base)}${unit}）`,
      columns: [
        { label: '選択肢' },
        { label: `数（${unit}）`, isNumber: true },
        { label: '割合', isNumber: true },
        ...(hasNames ? [namesColumn] : []),
      ],
      rows: rows.map((row) => [
        row.optionLabel ?? '',
        printUnits(row),
        printShare(valueOf(row), base),
        ...(hasNames ? this.#names(row) : []),
      ]),
    };
    const all = rows.map((row) => ({ label: row.optionLabel ?? '', values: [valueOf(row)] }));
    return [table, ...bars(label, unit, [label], all)];
  }

  /** How often each option stands in each place, and in any. */
  #ranking(item: Item, places: readonly string[]): Block[] {
    const { id } = item;
    const label = this.#labelOf(item);
    if (this.#isLeftOut(id)) return this.#fewAnswers(label);
    const rows = this.#context.figures.options(this.#form.id, id);
    const [first] = rows;
    if (first === undefined) return [];
    const { unit, base } = first;
    if (base === 0) return this.#leaveOut(label);
    const inPlaces = (row: SummaryRow): readonly SummaryRow[] =>
      this.#context.figures.places(this.#form.id, id, row.option ?? '');
    const hasNames = this.#context.namesOf !== undefined && rows.some(({ units }) => units !== undefined);
    const table: ReportTable = {
      kind: 'table',
      caption: `${label}（${this.#context.timeOf(item)}上位${places.length}つまで、回答 ${printCount(base)}${unit}）`,
      columns: [
        { label: '選択肢' },
        ...[...places, `計（${unit}）`, '割合'].map((name) => ({ label: name, isNumber: true })),
        ...(hasNames ? [namesColumn] : []),
      ],
      rows: rows.map((row) => [
        row.optionLabel ?? '',
        ...inPlaces(row).map(printUnits),
        printUnits(row),
        printShare(valueOf(row), base),
        ...(hasNames ? this.#names(row) : []),
      ]),
    };
    const all = rows.map((row) => ({ label: row.optionLabel ?? '', values: inPlaces(row).map(valueOf) }));
    return [table, ...bars(label, unit, places, all)];
  }

  #matrix(group: Item): Block[] {
    const { figures, namesOf } = this.#context;
    const label = this.#labelOf(group);
    const topics = group.children.flatMap(({ id, definition }) => {
      const all = figures.of(this.#form.id, id);
      return all.length === 0 ? [] : [{ label: definition.label, all, options: figures.options(this.#form.id, id) }];
    });
    const [first] = topics;
    if (first === undefined) return group.children.some(({ id }) => this.#isLeftOut(id)) ? this.#fewAnswers(label) : [];
    const [row] = first.all;
    if (row?.base === 0) return this.#leaveOut(label);
    const { emptyLabel } = group.kind;
    const empty = emptyLabel === undefined ? '' : `、空欄は「${emptyLabel}」`;
    const series = first.options.map(({ optionLabel = '' }) => optionLabel);
    const who = (each: SummaryRow): string => `${each.optionLabel ?? ''}：${this.#names(each).join('')}`;
    const table: ReportTable = {
      kind: 'table',
      caption: `${label}（${this.#context.timeOf(group)}回答対象 ${printCount(row?.base ?? 0)}${row?.unit ?? ''}${empty}）`,
      columns: [
        { label: '項目' },
        ...first.all.map(({ option, optionLabel = '' }) => ({
          label: option === 'any' ? '計' : optionLabel,
          isNumber: true,
        })),
        ...(namesOf === undefined ? [] : [namesColumn]),
      ],
      rows: topics.map(({ label, all, options }) => [
        label,
        ...all.map(printUnits),
        ...(namesOf === undefined ? [] : [options.filter(isNonZero).map(who).join('\n')]),
      ]),
    };
    for (const { id, definition } of group.children)
      if (this.#isLeftOut(id)) this.#fewAnswers(`${label}：${definition.label}`);
    const all = topics.map(({ label, options }) => ({ label, values: options.map(valueOf) }));
    return [table, ...bars(label, row?.unit ?? '', series, all)];
  }

  /** The sums of a table of rows and columns, with its totals both ways. */
  #crossed(item: Item, columns: Options): Block[] {
    const { id, kind, children } = item;
    const { unit = '' } = kind;
    const label = this.#labelOf(item);
    const keys = Object.keys(columns);
    const sumOf = (name: string): SummaryRow | undefined => this.#context.figures.measured(this.#form.id, name, 'sum');
    const print = (name: string): string => {
      if (this.#isLeftOut(name)) return fewAnswersText;
      const sum = sumOf(name);
      if (sum === undefined) return notApplicableInReport;
      return sum.base === 0 ? noFigure : printCount(valueOf(sum));
    };
    const cells = children.flatMap(({ children }) => children);
    if (cells.every((cell) => this.#isLeftOut(cell.id))) return this.#fewAnswers(label);
    if (cells.every((cell) => sumOf(cell.id) === undefined)) return [];
    if (cells.every((cell) => valueOf(sumOf(cell.id)) === 0 && (sumOf(cell.id)?.base ?? 0) === 0))
      return this.#leaveOut(label);
    const base = sumOf(id)?.base;
    const answered = base === undefined ? '' : `回答 ${printCount(base)}${answeringUnit(this.#form, item)}、`;
    const lineOf = (name: string, row: string): string[] => [
      name,
      ...keys.map((key) => print(`${row}.${key}`)),
      print(row),
    ];
    const table: ReportTable = {
      kind: 'table',
      caption: `${label}（${this.#context.timeOf(item)}${answered}合計、単位：${unit}）`,
      columns: ['項目', ...Object.values(columns), '計'].map((name, index) => ({ label: name, isNumber: index > 0 })),
      rows: [...children.map((row) => lineOf(row.definition.label, row.id)), lineOf('計', id)],
    };
    const drawn = children.map((row) => ({
      label: row.definition.label,
      values: row.children.map((cell) => valueOf(sumOf(cell.id))),
    }));
    return [table, ...bars(label, unit, Object.values(columns), drawn)];
  }

  #numbers(items: readonly Item[], around: Item): Block[] {
    const { figures } = this.#context;
    const form = this.#form.id;
    const lineOf = (label: string, id: string) => {
      const added = figures.measured(form, id, 'sum') ?? figures.measured(form, id, 'count');
      const counted = added ?? figures.measured(form, id, 'mean');
      const sum = added !== undefined && addsUp(added) ? added : undefined;
      return counted === undefined ? [] : [{ label: this.#context.words(label, id), id, sum, counted }];
    };
    const all = items.flatMap((item) => lineOf(numberedLabel(item.definition), item.id));
    const total = around.kind.totals === undefined ? [] : lineOf('計', around.id);
    for (const item of items) if (this.#isLeftOut(item.id)) this.#fewAnswers(this.#labelOf(item));
    if (all.length === 0) return [];
    if (all.every(({ counted }) => counted.base === 0)) return this.#leaveOut(this.#labelOf(around));
    const value = (id: string, measure: SummaryRow['measure']): string => {
      const row = figures.measured(form, id, measure);
      if (row === undefined && figures.measured(form, id, 'mean') !== undefined) return notPublished;
      return row === undefined || row.value === null ? noFigure : (row.shown ?? printCount(row.value));
    };
    // Lists have a number of entries only.
    const spreads = all.some(({ id }) => figures.measured(form, id, 'mean') !== undefined);
    const unit = all[0]?.counted.unit ?? '';
    const adds = all.some(({ sum }) => sum !== undefined);
    const label = this.#labelOf(around);
    const table: ReportTable = {
      kind: 'table',
      caption: `${label}（${this.#context.timeOf(around)}単位：${unit}）`,
      columns: [
        '項目',
        '回答数',
        ...(adds ? ['合計'] : []),
        ...(spreads ? [adds ? '平均（合計÷回答数）' : '平均', '中央値', '最小', '最大'] : []),
      ].map((name, index) => ({ label: name, isNumber: index > 0 })),
      rows: [...all, ...total].map(({ label, id, sum, counted }) => [
        label,
        printCount(counted.base),
        ...(adds ? [sumText(sum)] : []),
        ...(spreads ? (['mean', 'median', 'min', 'max'] as const).map((measure) => value(id, measure)) : []),
      ]),
    };
    // What adds up and what does not are no lengths to compare.
    const alike = adds ? all.filter(({ sum }) => sum !== undefined) : all;
    const lengths = alike.map(({ label, id, sum }) => ({
      label,
      values: [valueOf(sum ?? figures.measured(form, id, 'mean'))],
    }));
    return [table, ...bars(label, unit, [adds ? '合計' : '平均'], lengths)];
  }
}

export function questionTables(form: Form, context: TableContext): Block[] {
  return new QuestionTables(form, context).blocks();
}

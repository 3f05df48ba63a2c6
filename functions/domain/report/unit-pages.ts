/**
 * What the report shows of a single return (参考資料2): the lists whose entries refer to each other, drawn as an organisation
 * chart, with a table of the entries, of their counts and of who has which option.
 */

import { isNumberTable } from '../../../schemas/kinds/kind.ts';
import type { ReportingUnit } from '../../../schemas/directory.ts';
import type { ListExtras } from '../../../schemas/form-extras.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { extrasOf } from '../../../schemas/forms/catalogue.ts';
import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { namedEntries, valueAt } from '../answers.ts';
import { entryTitle, notAnswered, printAnswer, withEntries } from '../print-answer.ts';
import { heading } from './document.ts';
import type { Bars, Block, Structure, StructureNode, ReportTable } from './document.ts';
import { columnOf } from './listed.ts';

/** An entry of a list, by the name that references call it by. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly answers: JsonObject;
}

interface ChartedList {
  readonly list: Item;
  readonly reference: Item;
  readonly extras: ListExtras;
}

/** The lists, but for those inside lists, that have a question about another entry. */
export function chartedLists(form: Form): ChartedList[] {
  const inside = (items: readonly Item[]): ChartedList[] =>
    items.flatMap((list) => {
      if (list.kind.nesting === 'fields') return inside(list.children);
      const reference = list.children.find(({ kind }) => kind.refersTo === 'entries');
      if (list.kind.nesting !== 'entries' || reference === undefined) return [];
      return [{ list, reference, extras: extrasOf(form).lists?.[list.id] ?? {} }];
    });
  return inside(form.sections);
}

function entriesOf(list: Item, value: Json | undefined): Entry[] {
  return namedEntries(value).map(({ name, entry }, index) => ({
    id: name,
    title: entryTitle(list, entry, index),
    answers: entry,
  }));
}

/**
 * The entries as a tree, each below the one it refers to, in the order of the return; without one, below the only entry that
 * stands at the top by what the form knows. One whose reference leads nowhere, or to itself, stands at the top.
 */
export function structureNodes(
  entries: readonly Entry[],
  reference: string,
  kindOf: (entry: Entry) => string,
  isTop?: ListExtras['isTop'],
): StructureNode[] {
  const ids = new Set(entries.map(({ id }) => id));
  const [top, another] = entries.filter(({ answers }) => isTop?.(answers) === true);
  const aboveAll = another === undefined ? top?.id : undefined;
  const parentOf = ({ id, answers }: Entry): string | undefined => {
    const parent = answers[reference];
    if (typeof parent === 'string') return ids.has(parent) ? parent : undefined;
    return id === aboveAll ? undefined : aboveAll;
  };
  const nodes: StructureNode[] = [];
  const placed = new Set<string>();
  const place = (entry: Entry, depth: number, parent: number | undefined): void => {
    if (placed.has(entry.id)) return;
    placed.add(entry.id);
    const index = nodes.length;
    nodes.push({ name: entry.title, kind: kindOf(entry), depth, ...(parent === undefined ? {} : { parent }) });
    for (const child of entries) if (parentOf(child) === entry.id) place(child, depth + 1, index);
  };
  for (const entry of entries) if (parentOf(entry) === undefined) place(entry, 0, undefined);
  for (const entry of entries) place(entry, 0, undefined);
  return nodes;
}

class ListPages {
  readonly #charted: ChartedList;
  readonly #entries: readonly Entry[];
  readonly #unit: string;
  readonly #names: Names;

  constructor(charted: ChartedList, unit: string, answers: Answers, names: Names) {
    const value = valueAt(answers, charted.list.keys);
    this.#charted = charted;
    this.#entries = entriesOf(charted.list, value);
    this.#unit = unit;
    this.#names = withEntries(names, charted.list, value);
  }

  #caption(label: string): string {
    return `${this.#unit}：${label}`;
  }

  /** The first choice of an entry says what kind it is. */
  chart(): Structure[] {
    const { list, reference, extras } = this.#charted;
    if (this.#entries.length === 0) return [];
    const kind = list.children.find(isChoice);
    const kindOf = ({ answers }: Entry): string => {
      const answer = kind === undefined ? undefined : answers[kind.key];
      return kind === undefined || answer === undefined ? '' : printAnswer(kind, answer, this.#names);
    };
    const nodes = structureNodes(this.#entries, reference.key, kindOf, (entry) => extras.isTop?.(entry) === true);
    return [{ kind: 'structure', title: `${this.#unit}の組織図`, nodes }];
  }

  #cell(item: Item, { answers }: Entry): string {
    const answer = answers[item.key];
    if (answer === undefined) return item.definition.required ? notAnswered : '';
    return typeof answer === 'number' ? printCount(answer) : printAnswer(item, answer, this.#names);
  }

  /** A choice that no entry has made is left out: some lists need it, others never. */
  entries(): ReportTable {
    const { list, extras } = this.#charted;
    const { mark } = extras;
    const marked = {
      label: mark?.label ?? '',
      cells: this.#entries.map(({ answers }) => (mark?.isMarked(answers) === true ? '○' : '')),
    };
    const listed = list.children.filter(({ definition }) => definition.listed !== undefined);
    const columns = listed.flatMap((item) => {
      const cells = this.#entries.map((entry) => this.#cell(item, entry));
      if (isChoice(item) && cells.every((cell) => cell === '')) return [];
      const hasMark = mark !== undefined && item.kind.refersTo === 'entries';
      return [{ ...columnOf(item), cells }, ...(hasMark ? [marked] : [])];
    });
    return {
      kind: 'table',
      caption: this.#caption(numberedLabel(list.definition)),
      columns: [{ label: this.#titleLabel() }, ...columns],
      rows: this.#entries.map(({ title }, index) => [title, ...columns.map(({ cells }) => cells[index] ?? '')]),
    };
  }

  #titleLabel(): string {
    const { kind, children, definition } = this.#charted.list;
    return children.find(({ key }) => key === kind.titledBy)?.definition.label ?? definition.label;
  }

  /** Counts by category: those of nobody are left out; so is the table when no entry answers. */
  counts(): ReportTable[] {
    const groups = this.#charted.list.children.filter(({ kind }) => isNumberTable(kind));
    return groups.flatMap((group): ReportTable[] => {
      const numbers = (entry: Entry): ReadonlyMap<string, number> => {
        const value = entry.answers[group.key];
        return new Map(
          Object.entries(isObject(value) ? value : {}).flatMap(([key, each]): [string, number][] =>
            typeof each === 'number' ? [[key, each]] : [],
          ),
        );
      };
      const answered = this.#entries
        .map((entry) => ({ title: entry.title, counts: numbers(entry) }))
        .filter(({ counts }) => counts.size > 0);
      const used = group.children.filter(({ key }) => answered.some(({ counts }) => (counts.get(key) ?? 0) > 0));
      const [first] = used;
      if (first === undefined) return [];
      const unit = `（${first.kind.unit ?? ''}）`;
      return [
        {
          kind: 'table',
          caption: this.#caption(`${numberedLabel(group.definition)}${unit}`),
          columns: [{ label: '項目' }, ...answered.map(({ title }) => ({ label: title, isNumber: true }))],
          rows: [
            ...used.map(({ key, definition }) => [
              definition.label,
              ...answered.map(({ counts }) => {
                const number = counts.get(key);
                return number === undefined ? '' : printCount(number);
              }),
            ]),
            [
              '計',
              ...answered.map(({ counts }) => printCount([...counts.values()].reduce((sum, each) => sum + each, 0))),
            ],
          ],
          isDense: answered.length > 5,
        },
      ];
    });
  }

  /** ○ where an entry has chosen an option; only once any entry has answered. */
  options(): ReportTable[] {
    const { list, extras } = this.#charted;
    return list.children.flatMap(({ key, definition, kind: { figures } }): ReportTable[] => {
      if (figures?.of !== 'options' || !figures.several) return [];
      const answered = this.#entries.flatMap(({ title, answers }) => {
        const chosen = answers[key];
        return Array.isArray(chosen) ? [{ title, chosen }] : [];
      });
      if (answered.length === 0) return [];
      return [
        {
          kind: 'table',
          caption: this.#caption(numberedLabel(definition)),
          columns: [{ label: '選択肢' }, ...answered.map(({ title }) => ({ label: title }))],
          rows: Object.entries(figures.options).map(([code, label]) => [
            `${extras.numbers?.[key]?.[code] ?? ''}${label}`,
            ...answered.map(({ chosen }) => {
              const place = chosen.indexOf(code);
              return place < 0 ? '' : (figures.ranked?.places[place] ?? '○');
            }),
          ]),
          isDense: answered.length > 5,
        },
      ];
    });
  }
}

function isChoice({ kind: { figures } }: Item): boolean {
  return figures?.of === 'options' && !figures.several;
}

export function unitPages(form: Form, unit: ReportingUnit, answers: Answers, names: Names): Exclude<Block, Bars>[] {
  const { name, members } = unit;
  const joint =
    members.length > 1 ? `（${members.map((code) => names.municipalities.get(code) ?? code).join('、')}）` : '';
  return [
    heading('item', `${name}${joint}`),
    ...chartedLists(form).flatMap((charted) => {
      const pages = new ListPages(charted, name, answers, names);
      return [...pages.chart(), pages.entries(), ...pages.counts(), ...pages.options()];
    }),
  ];
}

/** A questionnaire → the sheets of its workbook (調査票定義), which `read.ts` reads as the same document. */

import { visibilities } from '../../../schemas/kinds/question.ts';
import { textOf } from '../../../schemas/document/places.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { RulePlace } from '../../../schemas/rules/check.ts';
import { averages, checks, form, measures, methods, options, questions, report } from './columns.ts';
import { severities, usualKinds } from './columns.ts';
import type { Kinds } from './columns.ts';
import type { SheetColumns } from './columns.ts';
import { Shown } from './expressions.ts';
import { formItemNames } from './read-parts.ts';
import { detailsOf, partWords, styles, tablesOnlyWord } from './report-parts.ts';
import { writeListed } from './values.ts';
import { WrittenLists } from './written-lists.ts';
import { questionRows } from './write-questions.ts';
import type { Writing } from './write-questions.ts';

export type WrittenCell = string | number | undefined;
type Row = Readonly<Record<string, WrittenCell>>;

export interface WrittenSheet {
  readonly columns: SheetColumns;
  readonly rows: readonly (readonly WrittenCell[])[];
}

function sheetOf(columns: SheetColumns, rows: readonly Row[]): WrittenSheet {
  const { rare = [] } = columns;
  const headings = columns.headings.filter(
    (heading) => !rare.includes(heading) || rows.some((row) => row[heading] !== undefined),
  );
  return { columns: { ...columns, headings }, rows: rows.map((row) => headings.map((heading) => row[heading])) };
}

function formRows({ id, version, title, units: asked, help, report }: FormDocument, kinds: Kinds): Row[] {
  const values = [id, version, title, kinds.get(asked) ?? asked, help, report?.title, report?.purpose];
  return formItemNames.flatMap((item, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ 項目: item, 内容: value }];
  });
}

function checkRow(rule: FormDocument['rules'][number], { shown }: Writing): Row {
  return {
    対象: rule.at,
    種別: severities[rule.severity],
    式: shown.text(rule.if, { use: 'rule', at: rule.at }),
    メッセージ: rule.message,
    理由の候補: rule.readyMade?.join('\n'),
    ID: rule.name,
  };
}

type Measure = FormDocument['measures'][number];

function methodOf(measure: Measure): string | undefined {
  const how = measure.kind === 'class' ? undefined : measure.measure;
  return Object.entries(methods).find(
    ([, method]) => method.kind === measure.kind && ('measure' in method ? method.measure : undefined) === how,
  )?.[0];
}

function placeOf(measure: Measure): RulePlace {
  if (measure.kind === 'total') return { use: 'total' };
  return { use: 'class', options: Object.fromEntries(measure.options.map(({ key, label }) => [key, label])) };
}

function measureRow(measure: Measure, { lists, shown }: Writing): Row {
  const { id, label, of, visibility } = measure;
  return {
    名称: label,
    方法: methodOf(measure),
    式: shown.text(of, placeOf(measure)),
    公開: visibility === undefined ? undefined : visibilities[visibility],
    ID: id,
    ...(measure.kind === 'class'
      ? { 選択肢: lists.put(label, '', measure.options) }
      : {
          単位: measure.unit,
          平均: measure.per?.map((each) => averages[each]).join('\n'),
          一覧表: writeListed(measure.listed),
        }),
  };
}

function textIn(value: JsonObject, member: string): string | undefined {
  const text = value[member];
  if (Array.isArray(text)) return text.map(textOf).join('\n');
  return typeof text === 'string' ? text : undefined;
}

function partRow(part: JsonObject): Row {
  const { style, limit } = part;
  const word = partWords.find(({ kind }) => kind === part['kind']);
  return {
    種類: word?.word,
    設問: word?.names === undefined ? undefined : textIn(part, word.names),
    表題: textIn(part, 'title'),
    単位: textIn(part, 'unit'),
    様式: style === 'kana' || style === 'plain' ? styles[style] : undefined,
    件数: typeof limit === 'number' ? limit : undefined,
    詳細: detailsOf(part) || undefined,
  };
}

function headingRows({ title, suffix, sections, parts = [], tablesOnly }: NonNullable<Headings>[number]): Row[] {
  return [
    { 見出し: title, 末尾: suffix, 区分: sections.join('\n') },
    ...parts.flatMap((part: unknown) => (isObject(part) ? [partRow(part)] : [])),
    ...(tablesOnly === undefined ? [] : [{ 種類: tablesOnlyWord, 設問: tablesOnly.join('\n') }]),
  ];
}

type Headings = NonNullable<FormDocument['report']>['headings'];

/** @param kinds what the kinds of units are called; one that is not among them stands by its id */
export function writeQuestionnaire(document: FormDocument, kinds: Kinds = usualKinds): WrittenSheet[] {
  const lists = new WrittenLists();
  const writing = { lists, shown: new Shown(document) };
  const asked = questionRows(document, writing);
  const measured = document.measures.map((measure) => measureRow(measure, writing));
  const headings = document.report?.headings;
  return [
    sheetOf(form, formRows(document, kinds)),
    sheetOf(questions, asked),
    sheetOf(options, lists.rows),
    sheetOf(
      checks,
      document.rules.map((rule) => checkRow(rule, writing)),
    ),
    sheetOf(measures, measured),
    ...(headings === undefined ? [] : [sheetOf(report, headings.flatMap(headingRows))]),
  ];
}

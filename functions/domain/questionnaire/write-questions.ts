/** The sections of a questionnaire → the rows of the sheets 設問 and 選択肢. */

import { visibilities } from '../../../schemas/kinds/question.ts';
import { optionsIn, textOf } from '../../../schemas/document/places.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { endWord, wordFor } from '../../../schemas/kinds/rows.ts';
import type { RowWord } from '../../../schemas/kinds/rows.ts';
import { yes } from './columns.ts';
import { isExpression, uses } from './columns.ts';
import type { Shown } from './expressions.ts';
import { writeListed } from './values.ts';
import type { WrittenLists } from './written-lists.ts';

type Cell = string | number | undefined;
/** What grows, and what is known, while the sheets are written. */
export interface Writing {
  readonly lists: WrittenLists;
  readonly shown: Shown;
}

type Row = Readonly<Record<string, Cell>>;

const visibilityWords = new Map<unknown, string>(Object.entries(visibilities));

function cellOf(heading: string, value: Json | undefined, id: string, { shown }: Writing): Cell {
  if (heading === '一覧表') return writeListed(value);
  if (heading === '公開') return visibilityWords.get(value);
  if (value === true) return yes;
  if (isExpression(heading)) return shown.text(textOf(value), { use: uses[heading], at: id });
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function optionsOf(question: JsonObject, { options }: RowWord, lists: WrittenLists): string | undefined {
  const label = textOf(question['label']);
  if (options === undefined) return undefined;
  if (options === 'options') return lists.put(label, '', optionsIn(question['options'], ''));
  const named = Object.entries(options.lists).flatMap(([word, member]) =>
    question[member] === undefined
      ? []
      : [`${word}：${lists.put(label, `・${word}`, optionsIn(question[member], ''))}`],
  );
  const texts = Object.entries(options.texts).flatMap(([word, member]) => {
    const text = question[member];
    return typeof text === 'string' ? [`${word}：${text}`] : [];
  });
  return [...named, ...texts].join('\n');
}

function rowsOf(question: JsonObject, around: string | undefined, writing: Writing): Row[] {
  const word = wordFor(question, around === undefined);
  if (word === undefined) return [];
  const key = textOf(question['key']);
  const id = around === undefined ? key : `${around}.${key}`;
  const cells = Object.entries(word.columns).map(([heading, member]) => [
    heading,
    question[member] === undefined ? undefined : cellOf(heading, question[member], id, writing),
  ]);
  return [
    { ...Object.fromEntries(cells), 種類: word.word, 選択肢: optionsOf(question, word, writing.lists), ID: id },
    ...inside(question['questions'], id, writing),
    ...(word.isOpen === true ? [{ 種類: endWord }] : []),
  ];
}

function inside(questions: unknown, around: string | undefined, writing: Writing): Row[] {
  if (!Array.isArray(questions)) return [];
  return questions.flatMap((question: unknown) => (isObject(question) ? rowsOf(question, around, writing) : []));
}

export function questionRows({ sections }: FormDocument, writing: Writing): Row[] {
  return inside(sections, undefined, writing);
}

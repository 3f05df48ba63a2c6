/** The sections of a questionnaire → the rows of the sheets 設問 and 選択肢. */

import { optionsIn, textOf } from '../../../schemas/document/places.ts';
import type { FormDocument } from '../../../schemas/form-document.ts';
import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import { endWord, wordFor } from '../../../schemas/kinds/rows.ts';
import type { RowWord } from '../../../schemas/kinds/rows.ts';
import type { Json } from '../../../schemas/return.ts';
import { visibilities, yes } from './columns.ts';
import { writeListed } from './values.ts';
import type { WrittenLists } from './written-lists.ts';

type Cell = string | number | undefined;
type Row = Readonly<Record<string, Cell>>;

const visibilityWords = new Map<unknown, string>(Object.entries(visibilities));

function cellOf(heading: string, value: Json | undefined): Cell {
  if (heading === '一覧表') return writeListed(value);
  if (heading === '公開') return visibilityWords.get(value);
  if (value === true) return yes;
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

function rowsOf(question: JsonObject, around: string | undefined, lists: WrittenLists): Row[] {
  const word = wordFor(question, around === undefined);
  if (word === undefined) return [];
  const key = textOf(question['key']);
  const id = around === undefined ? key : `${around}.${key}`;
  const cells = Object.entries(word.columns).map(([heading, member]) => [heading, cellOf(heading, question[member])]);
  return [
    { ...Object.fromEntries(cells), 種類: word.word, 選択肢: optionsOf(question, word, lists), ID: id },
    ...inside(question['questions'], id, lists),
    ...(word.isOpen === true ? [{ 種類: endWord }] : []),
  ];
}

function inside(questions: unknown, around: string | undefined, lists: WrittenLists): Row[] {
  if (!Array.isArray(questions)) return [];
  return questions.flatMap((question: unknown) => (isObject(question) ? rowsOf(question, around, lists) : []));
}

export function questionRows({ sections }: FormDocument, lists: WrittenLists): Row[] {
  return inside(sections, undefined, lists);
}

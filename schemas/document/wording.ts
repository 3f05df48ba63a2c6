/** Whether two questionnaires ask and count the same, and only say it in other words. */

import type { FormDocument } from './form-document.ts';
import type { Json } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import { sameAnswers } from '../values/same-answers.ts';

/** What is said beside a question, a check or a measure; how the report is laid out. */
const words: ReadonlySet<string> = new Set([
  'title',
  'help',
  'label',
  'example',
  'number',
  'message',
  'readyMade',
  'report',
]);
/** Words whose being there changes what is counted or printed. */
const telling: ReadonlySet<string> = new Set(['emptyLabel', 'totalLabel', 'listed']);

function withoutWords(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    if (words.has(name) || member === undefined) return [];
    return [[name, telling.has(name) && typeof member === 'string' ? true : withoutWords(member)]];
  });
  return Object.fromEntries(members);
}

/** The same under two numbers. */
export function differInWords(before: FormDocument, after: FormDocument): boolean {
  const asked = (document: FormDocument): Json => withoutWords(JSON.parse(JSON.stringify({ ...document, version: 0 })));
  return sameAnswers(asked(before), asked(after));
}

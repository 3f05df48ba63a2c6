/** What a question or entry is called for people: 事業所「本部」 利用者数. */

import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import { isTable } from '../../schemas/kinds/kind.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import { entryTitle } from './print-answer.ts';
import { isReplyKey } from './send-back-replies.ts';
import { stepsAlong } from './question-path.ts';

/** Says what its questions are called. */
export interface FormInRound {
  readonly form: Pick<Form, 'sections'>;
}

/** A question as it stands alone, after what is said of the table around it. */
export function labelIn(table: string, { definition }: Item): string {
  return `${table}${numberedLabel(definition)}`;
}

/** What is said first of the cells of a table, which have no number themselves; nothing where the item is none. */
export function tableAround(label: string, { kind }: Item): string {
  return isTable(kind) ? `${label}：` : '';
}

/** A line is called by its number, a file by its name. */
function fileName({ kind }: Item, value: Json | undefined): string | undefined {
  const file = kind.files?.(value === undefined ? null : [value])[0];
  return file && `「${file.name}」`;
}

export function placeLabel({ form }: FormInRound, answers: Answers, path: string): string {
  if (path === '') return 'この回答全体';
  const labels: string[] = [];
  for (const { item, index, name, value } of stepsAlong(form.sections, path.split('.'), answers)) {
    if (index === undefined) labels.push(numberedLabel(item.definition));
    else if (item.kind.nesting === 'lines') labels.push(fileName(item, value) ?? String(Number(name) + 1));
    else labels.push(`${labels.pop() ?? ''}「${isObject(value) ? entryTitle(item, value, index) : name}」`);
  }
  return labels.length === 0 ? path : labels.join(' ');
}

/** The question or entry that asked for a reason: its key without the name of the check. */
export function placeOfReason(asked: FormInRound, answers: Answers, key: string): string {
  const path = key.split('.').slice(0, -1).join('.');
  const place = placeLabel(asked, answers, path === 'return' ? '' : path);
  return isReplyKey(key) ? `${place}（差戻し等への回答）` : place;
}

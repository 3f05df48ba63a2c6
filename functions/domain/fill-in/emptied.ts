/**
 * What a filled-in workbook takes away, and what it says that there is none of: lists and entries, after every cell was
 * read as an answer.
 */

import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { isEmptyEntry } from '../answers.ts';
import { answerAt, withAnswerAt } from '../question-path.ts';
import { circle } from './cells.ts';
import { placeOf } from './given.ts';
import type { CellError } from './given.ts';
import type { FilledRow } from './rows.ts';

/** What the cells beside a list say of it: that there is nothing. */
export interface SaidOfList {
  readonly item: Item;
  readonly isNone: boolean;
  readonly isNotApplicable: boolean;
  readonly isChanged: boolean;
}

interface Emptying {
  readonly form: Form;
  /** By the path of the list. */
  readonly said: ReadonlyMap<string, SaidOfList>;
  /** Of all sheets with a table of entries, inner lists first. */
  readonly rows: readonly FilledRow[];
  readonly cellOf: (path: string) => string | undefined;
}

interface Emptied {
  readonly answers: Answers;
  readonly errors: readonly CellError[];
  readonly notices: readonly CellError[];
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Without the marks of lists that said that there is nothing, and were taken away. */
function withoutCleared(read: Answers, { form, said }: Emptying): Answers {
  let answers = read;
  for (const [path, { item, isNone, isNotApplicable, isChanged }] of said) {
    if (item.kind.nesting !== 'entries' || isNone || isNotApplicable || !isChanged) continue;
    const names = path.split('.');
    const value = answerAt(form.sections, names, answers);
    if (value === null || isEmptyList(value)) answers = withAnswerAt(form.sections, names, answers, () => undefined);
  }
  return answers;
}

/** Without the entries whose rows were emptied, where nothing else is left of them. */
function withoutEmptied(read: Answers, { form, rows }: Emptying): Omit<Emptied, 'errors'> {
  const notices: CellError[] = [];
  let answers = read;
  for (const { path, isEmptied, sheet, cell } of rows) {
    if (!isEmptied) continue;
    const names = path.split('.');
    const entry = answerAt(form.sections, names, answers);
    if (entry === undefined) continue;
    if (!isEmptyEntry(entry)) {
      const message = 'この行の件は、ほかのシート等に回答が残っているため、削除していません。';
      notices.push({ path, cell: placeOf(sheet, cell), code: 'entry-kept', message });
      continue;
    }
    answers = withAnswerAt(form.sections, names, answers, () => undefined);
    const list = names.slice(0, -1);
    if (isEmptyList(answerAt(form.sections, list, answers)))
      answers = withAnswerAt(form.sections, list, answers, () => undefined);
  }
  return { answers, notices };
}

/** With the lists of which is said that there is nothing. */
function withEmptyLists(read: Answers, { form, said, cellOf }: Emptying): Omit<Emptied, 'notices'> {
  const errors: CellError[] = [];
  let answers = read;
  for (const [path, { item, isNone, isNotApplicable, isChanged }] of said) {
    if (item.kind.nesting !== 'entries' || (!isNone && !isNotApplicable)) continue;
    const names = path.split('.');
    const value = answerAt(form.sections, names, answers);
    if ((isNone && isNotApplicable) || (Array.isArray(value) && value.length > 0))
      errors.push({
        path,
        cell: cellOf(path) ?? '',
        code: 'both-and-none',
        message: `「なし」と記入した行の両方があります。記入する場合は「${circle}」を消し、ない場合は行を空欄にしてください。`,
      });
    else if (isChanged) answers = withAnswerAt(form.sections, names, answers, () => (isNotApplicable ? null : []));
  }
  return { answers, errors };
}

/** The answers that were read, without what was emptied and with the lists that are said to be empty. */
export function emptied(read: Answers, emptying: Emptying): Emptied {
  const { answers, notices } = withoutEmptied(withoutCleared(read, emptying), emptying);
  return { ...withEmptyLists(answers, emptying), notices };
}

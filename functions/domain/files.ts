/** The files that answers name, with where they stand. */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { endingOf } from '../../schemas/values/file-answer.ts';
import type { FileAnswer } from '../../schemas/values/file-answer.ts';
import { namedEntries } from './answers.ts';

export interface NamedFile {
  /** The question and the position in its answer: `council.rules.0`. */
  readonly path: string;
  readonly file: FileAnswer;
}

function filesIn(items: readonly Item[], value: JsonObject, base: string): NamedFile[] {
  return items.flatMap(({ key, kind, children }): NamedFile[] => {
    const answer = value[key];
    if (answer === undefined) return [];
    const path = base === '' ? key : `${base}.${key}`;
    if (kind.nesting === 'fields') return isObject(answer) ? filesIn(children, answer, path) : [];
    if (kind.nesting === 'entries')
      return namedEntries(answer).flatMap(({ name, entry }) => filesIn(children, entry, `${path}.${name}`));
    return (kind.files?.(answer) ?? []).map((file, index) => ({ path: `${path}.${index}`, file }));
  });
}

/** The files that the answer to one question names, those in the entries of a list among them. */
export function filesOf(item: Item, answer: Json | undefined): FileAnswer[] {
  const mayName = item.kind.files !== undefined || item.children.length > 0;
  if (!mayName || answer === undefined) return [];
  return filesIn([item], { [item.key]: answer }, '').map(({ file }) => file);
}

const asking = new WeakMap<object, boolean>();

/** Whether a form asks for files at all: most do not, and no answer of theirs need be walked. */
function asksForFiles({ sections, items }: Pick<Form, 'sections' | 'items'>): boolean {
  const known = asking.get(sections) ?? [...items.values()].some(({ kind }) => kind.files !== undefined);
  asking.set(sections, known);
  return known;
}

export function namedFiles(form: Pick<Form, 'sections' | 'items'>, answers: Answers): NamedFile[] {
  return asksForFiles(form) ? filesIn(form.sections, answers, '') : [];
}

/** Below the folder of those who get it: `files/yearly-report/112011/<hash>.pdf`. */
export function exportedFilePath(
  { form, unit }: Pick<ReturnKey, 'form' | 'unit'>,
  { sha256, type }: FileAnswer,
): string {
  return `files/${form}/${unit}/${sha256}.${endingOf(type)}`;
}

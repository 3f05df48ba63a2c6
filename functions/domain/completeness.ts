/**
 * What Zod does not judge: questions asked and not answered, answers to questions not asked, entries that share an id,
 * and municipalities that the round's directory does not list. One pass lists every error.
 */

import type { Item } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import { isObject, namedEntries, valueAt } from './answers.ts';
import type { JsonObject } from './answers.ts';
import { isAsked } from './asked.ts';

interface Pass {
  readonly municipalities: ReadonlySet<string>;
  readonly errors: FieldError[];
}

/** A question answered so that it counts: a required list needs an entry, a required choice may be empty. */
export function isAnswered({ definition }: Item, answer: Json | undefined): boolean {
  if (answer === undefined) return false;
  const isList = definition.kind === 'list' || definition.kind === 'texts';
  return !(isList && Array.isArray(answer) && answer.length === 0);
}

function reportNotAsked(item: Item, answer: Json, path: string, errors: FieldError[]): void {
  if (item.definition.kind === 'group' && isObject(answer)) {
    for (const child of item.children) {
      const part = answer[child.key];
      if (part !== undefined) reportNotAsked(child, part, `${path}.${child.key}`, errors);
    }
    return;
  }
  errors.push({
    path,
    code: 'not-asked',
    message: `「${item.definition.label}」は、他の回答により回答不要です。回答を取り消してください。`,
  });
}

/** Ids keep the rows of an entry's own lists apart from those of the others. */
function reportDoubledIds(answer: Json | undefined, path: string, errors: FieldError[]): void {
  if (!Array.isArray(answer)) return;
  const places = Map.groupBy(answer.keys(), (index) => valueAt({ entry: answer[index] }, ['entry', 'id']));
  const doubled = [...places].flatMap(([id, indexes]) => (id === undefined || indexes.length < 2 ? [] : indexes));
  for (const index of doubled.toSorted((a, b) => a - b))
    errors.push({
      path: `${path}.${index}.id`,
      code: 'doubled-id',
      message: '識別子が他の記入と重複しています。1件ごとに異なる識別子としてください。',
    });
}

function visitFields(items: readonly Item[], value: JsonObject, scope: JsonObject, base: string, pass: Pass): void {
  for (const item of items) {
    const path = base === '' ? item.key : `${base}.${item.key}`;
    const answer = value[item.key];
    if (item.conditions.length > 0 && !isAsked(item, scope)) {
      if (answer !== undefined) reportNotAsked(item, answer, path, pass.errors);
      continue;
    }
    visit(item, answer, scope, path, pass);
  }
}

function visit(item: Item, answer: Json | undefined, scope: JsonObject, path: string, pass: Pass): void {
  const { definition, children } = item;
  if (definition.kind === 'group') {
    visitFields(children, isObject(answer) ? answer : {}, scope, path, pass);
    return;
  }
  if (definition.required && !isAnswered(item, answer))
    pass.errors.push({ path, code: 'required', message: `「${definition.label}」が未回答です。回答してください。` });
  if (definition.kind === 'list') {
    reportDoubledIds(answer, path, pass.errors);
    for (const { name, entry } of namedEntries(answer)) visitFields(children, entry, entry, `${path}.${name}`, pass);
  }
  if (definition.kind === 'municipalities' && Array.isArray(answer)) {
    answer.forEach((code, index) => {
      if (typeof code === 'string' && !pass.municipalities.has(code))
        pass.errors.push({
          path: `${path}.${index}`,
          code: 'unknown-municipality',
          message: `市町村コード ${code} は、この調査の名簿にありません。県内の市町村を選んでください。`,
        });
    });
  }
}

/** Every such error of a return of the form's shape, in the order of the form. */
export function completeness(
  sections: readonly Item[],
  answers: Answers,
  municipalities: ReadonlySet<string>,
): FieldError[] {
  const errors: FieldError[] = [];
  visitFields(sections, answers, answers, '', { municipalities, errors });
  return errors;
}

/**
 * What Zod does not judge: questions asked and not answered, answers to questions not asked, entries that are empty
 * or share an id, and municipalities that the round's directory does not list. One pass lists every error.
 */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Item, ResolvedConditions } from '../../schemas/form.ts';
import { blankCheck } from '../../schemas/kinds/edit-check.ts';
import { hasEntries } from '../../schemas/kinds/kind.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import { isEmptyEntry, valueAt } from './answers.ts';
import { allHold } from './asked.ts';
import type { Scopes } from './asked.ts';
import { labelIn, tableAround } from './place-label.ts';
import { pathOf } from './question-path.ts';
import type { Position } from './question-path.ts';

/** What this pass has to look at of a question; questions that can never be wrong here have no step. */
interface Step {
  readonly item: Item;
  /** As it is called alone: of a cell with its table and row. */
  readonly label: string;
  /** Of the item and its kind; read here, because every item and every kind is an object of another shape. */
  readonly key: string;
  readonly nesting: Item['kind']['nesting'];
  readonly namesMunicipalities: boolean;
  /** Beyond those of the group around it, which hold when it is visited. */
  readonly hangsOn: ResolvedConditions | undefined;
  readonly required: boolean;
  readonly steps: readonly Step[];
}

const plans = new WeakMap<readonly Item[], readonly Step[]>();

const nobody: ResolvedConditions = { conditions: [], expressions: [] };

/** The conditions of a question beyond those of the group around it; `undefined` where there are none. */
function beyond(around: ResolvedConditions, item: ResolvedConditions): ResolvedConditions | undefined {
  const conditions = item.conditions.slice(around.conditions.length);
  const expressions = item.expressions.slice(around.expressions.length);
  return conditions.length === 0 && expressions.length === 0 ? undefined : { conditions, expressions };
}

/** The steps through the fields of a section, group or entry, worked out once per form. */
function planOf(items: readonly Item[], around = nobody, table = ''): readonly Step[] {
  const known = plans.get(items);
  if (known !== undefined) return known;
  const plan = items.flatMap((item): Step[] => {
    const { definition, kind, children } = item;
    const label = labelIn(table, item);
    const steps = planOf(children, kind.nesting === 'fields' ? item : nobody, tableAround(label, item));
    const step = {
      item,
      label,
      key: item.key,
      nesting: kind.nesting,
      namesMunicipalities: kind.refersTo === 'municipalities',
      hangsOn: beyond(around, item),
      required: kind.nesting === 'fields' ? steps.some(({ required }) => required) : definition.required,
      steps,
    };
    const mayBeWrong =
      step.required ||
      step.hangsOn !== undefined ||
      steps.length > 0 ||
      kind.nesting === 'entries' ||
      step.namesMunicipalities;
    return mayBeWrong ? [step] : [];
  });
  plans.set(items, plan);
  return plan;
}

const code = 'required';

interface Pass {
  readonly answers: Answers;
  readonly municipalities: Pick<ReadonlySet<string>, 'has'>;
  readonly errors: FieldError[];
}

/** A question answered so that it counts: a required list needs an entry that says something, a required choice may be empty. */
export function isAnswered({ kind }: Item, answer: Json | undefined): boolean {
  return answer !== undefined && !(Array.isArray(answer) && hasEntries(kind) && answer.every(isEmptyEntry));
}

function reportNotAsked(item: Item, label: string, answer: Json, path: string, errors: FieldError[]): void {
  if (item.kind.nesting === 'fields' && isObject(answer)) {
    const table = tableAround(label, item);
    for (const child of item.children) {
      const part = answer[child.key];
      if (part !== undefined) reportNotAsked(child, labelIn(table, child), part, `${path}.${child.key}`, errors);
    }
    return;
  }
  errors.push({
    path,
    code: 'not-asked',
    message: `「${label}」は、他の回答により回答不要です。回答を取り消してください。`,
  });
}

function hasDoubledIds(answer: readonly Json[]): boolean {
  if (answer.length < 2) return false;
  const ids = new Set<Json>();
  let identified = 0;
  for (const entry of answer) {
    const id = isObject(entry) ? entry['id'] : undefined;
    if (id === undefined) continue;
    ids.add(id);
    identified += 1;
  }
  return ids.size < identified;
}

/** Ids keep the rows of an entry's own lists apart from those of the others. */
function reportDoubledIds(answer: readonly Json[], list: Position, errors: FieldError[]): void {
  if (!hasDoubledIds(answer)) return;
  const places = Map.groupBy(answer.keys(), (index) => valueAt({ entry: answer[index] }, ['entry', 'id']));
  const doubled = [...places].flatMap(([id, indexes]) => (id === undefined || indexes.length < 2 ? [] : indexes));
  for (const index of doubled.toSorted((a, b) => a - b))
    errors.push({
      path: `${pathOf(list)}.${index}.id`,
      code: 'doubled-id',
      message: '識別子が他の記入と重複しています。1件ごとに異なる識別子としてください。',
    });
}

function reportUnknown(answer: readonly Json[], place: Position, { municipalities, errors }: Pass): void {
  for (const code of answer)
    if (typeof code === 'string' && !municipalities.has(code))
      errors.push({
        path: pathOf(place),
        code: 'unknown-municipality',
        message: `市町村コード ${code} は、この調査の名簿にありません。県内の市町村を選んでください。`,
      });
}

/** What may be left blank with a reason names the check that asks for it. */
function missing({ item: { definition }, label }: Pick<Step, 'item' | 'label'>, path: string): FieldError {
  const title = `「${label}」が未回答です。`;
  return definition.reasonIfBlank === true
    ? {
        path,
        code,
        message: `${title}回答するか、回答できない理由を記入してください。`,
        check: `${path}.${blankCheck}`,
      }
    : { path, code, message: `${title}回答してください。` };
}

function askOnce(step: Pick<Step, 'item' | 'label'>, path: string, from: number, errors: FieldError[]): void {
  const inside = errors.splice(from);
  const others = inside.filter((error) => error.code !== code);
  errors.push(...others, ...(others.length < inside.length ? [missing(step, path)] : []));
}

/** The answers, then the entries of the lists around a position, outermost first; collected only where a condition reads them. */
function scopesAt(answers: Answers, position: Position | undefined): Scopes {
  if (position === undefined) return [answers];
  const around = scopesAt(answers, position.around);
  const entry = 'key' in position ? undefined : position.entries[position.index];
  return isObject(entry) ? [...around, entry] : around;
}

const nothing: JsonObject = {};

function visitFields(steps: readonly Step[], value: JsonObject, around: Position | undefined, pass: Pass): void {
  let scopes: Scopes | undefined;
  for (const step of steps) {
    const { item, key, label, hangsOn, required } = step;
    const answer = value[key];
    if (answer === undefined && !required) continue;
    if (hangsOn === undefined || allHold(hangsOn, (scopes ??= scopesAt(pass.answers, around))))
      visit(step, answer, around, pass);
    else if (answer !== undefined) reportNotAsked(item, label, answer, pathOf({ around, key }), pass.errors);
  }
}

function visit(
  { item, key, label, nesting, namesMunicipalities, required, steps }: Step,
  answer: Json | undefined,
  around: Position | undefined,
  pass: Pass,
): void {
  if (nesting === 'fields') {
    const before = pass.errors.length;
    visitFields(steps, isObject(answer) ? answer : nothing, { around, key }, pass);
    // A table that is not complete is asked about once.
    if (item.definition.reasonIfBlank === true) askOnce({ item, label }, pathOf({ around, key }), before, pass.errors);
    return;
  }
  if (required && !isAnswered(item, answer)) pass.errors.push(missing({ item, label }, pathOf({ around, key })));
  if (!Array.isArray(answer)) return;
  if (namesMunicipalities) reportUnknown(answer, { around, key }, pass);
  if (nesting === 'entries') visitEntries(item, steps, answer, { around, key }, pass);
}

function visitEntries(
  { definition }: Item,
  steps: readonly Step[],
  answer: readonly Json[],
  list: Position,
  pass: Pass,
): void {
  reportDoubledIds(answer, list, pass.errors);
  answer.forEach((entry, index) => {
    if (isEmptyEntry(entry))
      pass.errors.push({
        path: pathOf({ around: list, entries: answer, index }),
        code: 'empty-entry',
        message: `「${numberedLabel(definition)}」に、何も記入されていないものがあります。記入するか、削除してください。`,
      });
    else if (isObject(entry)) visitFields(steps, entry, { around: list, entries: answer, index }, pass);
  });
}

export function completeness(
  sections: readonly Item[],
  answers: Answers,
  municipalities: Pick<ReadonlySet<string>, 'has'>,
): FieldError[] {
  const errors: FieldError[] = [];
  visitFields(planOf(sections), answers, undefined, { answers, municipalities, errors });
  return errors;
}

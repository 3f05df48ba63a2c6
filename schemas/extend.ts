/**
 * A later version of a form, as its difference from the earlier one:
 *
 *     export const yearlyReport2026 = extend(yearlyReport2024, 2026, {
 *       add: { bases: { drills: count('緊急時訓練の実施回数', '回').overPeriod() } },
 *       retire: ['bases.officers'],
 *       options: { 'profile.roles': { add: { evaluation: '取組の評価' } } },
 *     });
 *
 * Rules and measures come along, but for rules that stand at or read a retired question. What cannot be, such as retiring
 * a question that a condition or measure reads, is a `FormError` while the form is built.
 */

import { FormError, optionsOf } from './form-drafts.ts';
import type { FormRule } from './form-rule.ts';
import { formWith } from './form.ts';
import type { Form } from './form.ts';
import { kindOf } from './kinds/kinds.ts';
import type { Definition } from './kinds/kinds.ts';
import { question } from './kinds/question.ts';
import type { AnswersTo, Fields, Options } from './kinds/question.ts';

interface OptionChanges {
  /** Come after the options there are, but before その他. */
  readonly add?: Options;
  readonly retire?: readonly string[];
  readonly relabel?: Options;
}

interface Changes<Added> {
  readonly add?: Added;
  readonly sections?: Fields;
  readonly retire?: readonly string[];
  /** Must be answered from now on. */
  readonly require?: readonly string[];
  readonly relabel?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, OptionChanges>>;
  readonly rules?: readonly FormRule[];
}

type WithFields<S, F> =
  NonNullable<S> extends readonly (infer E)[] ? (E & AnswersTo<F>)[] : NonNullable<S> & AnswersTo<F>;

/** The answers with those to the questions added to sections; what is added deeper down is not in the type. */
type Extended<A, Added> = {
  [K in keyof A]: K extends keyof Added ? WithFields<A[K], Added[K]> : A[K];
};

type AnyChanges = Changes<Readonly<Record<string, Fields>>>;

/** Ids of the questions that are changed, and of those around them: all others are in both versions the same. */
function changedIn({
  add = {},
  retire = [],
  require = [],
  relabel = {},
  options = {},
}: AnyChanges): ReadonlySet<string> {
  const ids = [...Object.keys(add), ...retire, ...require, ...Object.keys(relabel), ...Object.keys(options)];
  return new Set(
    ids.flatMap((id) => {
      const keys = id.split('.');
      return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
    }),
  );
}

interface Difference extends AnyChanges {
  readonly changed: ReadonlySet<string>;
}

function optionsWith(id: string, options: Options, { add = {}, retire = [], relabel = {} }: OptionChanges): Options {
  for (const key of [...retire, ...Object.keys(relabel)])
    if (!Object.hasOwn(options, key)) throw new FormError(`${id}: there is no option ${key}`);
  for (const key of Object.keys(add))
    if (Object.hasOwn(options, key)) throw new FormError(`${id}: option ${key} is taken`);
  const kept = Object.entries(options)
    .filter(([key]) => !retire.includes(key))
    .map(([key, label]): [string, string] => [key, relabel[key] ?? label]);
  const last = kept.filter(([key]) => key === 'other');
  return Object.fromEntries([...kept.filter(([key]) => key !== 'other'), ...Object.entries(add), ...last]);
}

function definitionWith(id: string, earlier: Definition, changes: Difference): Definition {
  const label = changes.relabel?.[id] ?? earlier.label;
  const definition = changes.require?.includes(id) === true ? { ...earlier, required: true } : earlier;
  const options = changes.options?.[id];
  if ('fields' in definition) return { ...definition, label, fields: fieldsWith(id, definition.fields, changes) };
  if ('rows' in definition) return { ...definition, label, rows: rowsWith(id, definition.rows, changes) };
  if (options !== undefined && 'options' in definition)
    return { ...definition, label, options: optionsWith(id, definition.options, options) };
  return { ...definition, label };
}

function rowsWith(id: string, rows: Options, { retire = [], relabel = {} }: AnyChanges): Options {
  const kept = Object.entries(rows).filter(([key]) => !retire.includes(`${id}.${key}`));
  return Object.fromEntries(kept.map(([key, label]) => [key, relabel[`${id}.${key}`] ?? label]));
}

function fieldsWith(id: string, fields: Fields, changes: Difference): Fields {
  const added = id === '' ? (changes.sections ?? {}) : (changes.add?.[id] ?? {});
  const idOf = (key: string): string => (id === '' ? key : `${id}.${key}`);
  for (const key of Object.keys(added)) if (Object.hasOwn(fields, key)) throw new FormError(`${idOf(key)}: is taken`);
  const kept = Object.entries(fields)
    .filter(([key]) => !changes.retire?.includes(idOf(key)))
    .map(([key, field]) => {
      const of = idOf(key);
      return [key, changes.changed.has(of) ? question(definitionWith(of, field.definition, changes)) : field];
    });
  return Object.fromEntries([...kept, ...Object.entries(added)]);
}

/** The question of this id, as it is written: その他 texts, which come by themselves, are none. */
function writtenAt(id: string, fields: Fields): Definition | undefined {
  let around = fields;
  let definition: Definition | undefined;
  for (const key of id.split('.')) {
    definition = Object.hasOwn(around, key) ? around[key]?.definition : undefined;
    if (definition === undefined) return undefined;
    around = kindOf(definition).fields ?? {};
  }
  return definition;
}

function refuseUnknown(form: Pick<Form, 'fields'>, changes: AnyChanges): void {
  const known = (id: string): Definition => {
    const definition = writtenAt(id, form.fields);
    if (definition === undefined) throw new FormError(`${id}: there is no such question to change`);
    return definition;
  };
  for (const id of [...(changes.retire ?? []), ...(changes.require ?? []), ...Object.keys(changes.relabel ?? {})])
    known(id);
  for (const id of Object.keys(changes.add ?? {}))
    if (!('fields' in known(id))) throw new FormError(`${id}: is no section, group or list`);
  for (const id of Object.keys(changes.options ?? {}))
    if (optionsOf(known(id)) === undefined) throw new FormError(`${id}: has no options`);
}

/**
 * The next version of a form. Throws `FormError` for ids, options and conditions that do not exist, for keys that are
 * taken, and for a version that is not later.
 *
 * @param late of a form that ships: what is wrong with it fails in tests, so that no start waits for its questions
 */
export function extend<A, const Added extends Readonly<Record<string, Fields>> = Record<'', never>>(
  base: Form<A>,
  version: number,
  changes: Changes<Added>,
  late: { readonly isResolvedLate?: true } = {},
): Form<Extended<A, Added>> {
  if (version <= base.version) throw new FormError(`${base.id} ${version}: not later than ${base.version}`);
  refuseUnknown(base, changes);
  const { id, title, units, help, report } = base;
  const text = { title, units, help, ...(report === undefined ? {} : { report }) };
  const fields = fieldsWith('', base.fields, { ...changes, changed: changedIn(changes) });
  const isRetired = (question: string): boolean =>
    changes.retire?.some((each) => question === each || question.startsWith(`${each}.`)) === true;
  // Rules and measures are read for their questions where some are retired alone.
  const hasRetired = changes.retire !== undefined && changes.retire.length > 0;
  for (const { measure } of hasRetired ? base.measures : [])
    if (measure.reads.some(isRetired)) throw new FormError(`${measure.id}: reads a question that is retired`);
  const kept = hasRetired
    ? base.rules.filter(({ rule, reads }) => ![...reads, rule.at ?? ''].some(isRetired)).map(({ rule }) => rule)
    : (base.parts.rules ?? []);
  return formWith<Extended<A, Added>>(id, version, text, fields, {
    ...base.parts,
    ...late,
    rules: [...kept, ...(changes.rules ?? [])],
  });
}

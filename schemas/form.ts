/**
 * A form (調査票): its questions resolved once. Ids, conditions and visibility are worked out here and used alike by
 * validation, page, columns, codebook, tally and JSON Schema. A path or option that does not exist fails when the form
 * is built.
 */

import type { ReportingUnit, UnitKind } from './directory.ts';
import { blankCheck } from './edit-check.ts';
import type { EditCheck, FormRule } from './edit-check.ts';
import { isObject } from './json.ts';
import type { Kind } from './kinds/kind.ts';
import { kindOf } from './kinds/kinds.ts';
import type { Definition } from './kinds/kinds.ts';
import type { ExpressedMeasure, FormMeasure, Measure } from './measure.ts';
import { text } from './question.ts';
import type { AnswersTo, Condition, Fields, Options, Question, Visibility } from './question.ts';
import type { FormReport } from './report-outline.ts';
import type { Answers, Json } from './return.ts';
import type { RulePlace } from './rules/check.ts';
import { equalitiesOf } from './rules/equalities.ts';
import { evaluator } from './rules/evaluate.ts';
import { circularIds } from './document/circular.ts';
import { readRule } from './rules/print.ts';
import type { Rule } from './rules/print.ts';
import type { RuleQuestion } from './rules/questions.ts';
import type { Tree } from './rules/tree.ts';

export interface Item {
  /** The question id: keys from the root of the form, list entries left out (`sites.visits.heldOn`). */
  readonly id: string;
  readonly key: string;
  /** Keys from the scope: the root of the form, or the entry of the innermost list around it. */
  readonly keys: readonly string[];
  readonly definition: Definition;
  readonly kind: Kind;
  readonly visibility: Visibility;
  /** Counted over the round's period, or inside a list that is. */
  readonly overPeriod: boolean;
  /** Its own conditions and those of the groups around it, up to its scope; every one must hold. */
  readonly conditions: readonly ResolvedCondition[];
  /** The same for conditions that are more than such; every one must hold as well. */
  readonly expressions: readonly ResolvedExpression[];
  /** How it is computed; nobody answers it. */
  readonly formula?: ResolvedExpression | undefined;
  /** Of a list: which of its entries public files leave out. */
  readonly withheld?: ResolvedConditions | undefined;
  readonly children: readonly Item[];
}

/** The question `on`, in the same scope, is asked and holds one of `values`. */
export interface ResolvedCondition {
  readonly on: Item;
  readonly values: readonly string[];
}

/** A condition that asks for more than options, or for answers of other scopes. */
export interface ResolvedExpression {
  readonly text: string;
  readonly tree: Tree;
  readonly reads: readonly Item[];
  /** The questions of the scopes it reads: of the return, then of the entries of each list around. */
  readonly scopes: readonly (readonly Item[])[];
}

/** A rule with the question it stands at and the lists around that, outermost first. */
export interface ResolvedRule {
  readonly rule: FormRule;
  readonly tree: Tree;
  readonly item?: Item | undefined;
  readonly lists: readonly Item[];
}

export interface ResolvedConditions {
  readonly conditions: readonly ResolvedCondition[];
  readonly expressions: readonly ResolvedExpression[];
}

export interface FormText {
  readonly title: string;
  readonly units: UnitKind;
  /** How to fill the form in (記入要領). */
  readonly help: string;
  /** What the report is called and how it is laid out; without headings each section has one of its own. */
  readonly report?: FormReport;
}

/** A form at one version. `A` is the inferred type of its answers. */
export interface Form<A = Answers> extends FormText {
  readonly id: string;
  readonly version: number;
  readonly sections: readonly Item[];
  readonly items: ReadonlyMap<string, Item>;
  readonly checks: readonly EditCheck<unknown>[];
  readonly rules: readonly ResolvedRule[];
  readonly measures: readonly FormMeasure[];
  /** The definition itself, for a later version to extend. */
  readonly fields: Fields;
  readonly answersType?: A;
  check(check: EditCheck<A>): Form<A>;
  measure(measure: Measure<A>): Form<A>;
}

/** Thrown while a form is built; never at run time. */
export class FormError extends Error {}

const levels: Readonly<Record<Visibility, number>> = { open: 0, tally: 1, internal: 2 };

export function strictest(...visibilities: readonly Visibility[]): Visibility {
  return visibilities.reduce((a, b) => (levels[b] > levels[a] ? b : a), 'open');
}

/** A question while the form is being resolved: its conditions and visibility are filled in at the end. */
interface Draft {
  readonly id: string;
  readonly key: string;
  readonly keys: readonly string[];
  readonly definition: Definition;
  readonly kind: Kind;
  visibility: Visibility;
  readonly overPeriod: boolean;
  readonly conditions: { on: Draft; values: readonly string[] }[];
  readonly expressions: DraftExpression[];
  formula?: DraftExpression | undefined;
  withheld?: DraftConditions | undefined;
  children: Draft[];
}

interface DraftExpression extends Pick<ResolvedExpression, 'text' | 'tree'> {
  readonly reads: readonly Draft[];
  readonly scopes: readonly (readonly Draft[])[];
}

type DraftConditions = Pick<Draft, 'conditions' | 'expressions'>;

/** What a text of the form reads like where it is shown. */
type Wording = (text: string) => string;

function worded(definition: Definition, wording: Wording): Definition {
  const { label, help, example, listed, within } = definition;
  const words = {
    label: wording(label),
    ...(help === undefined ? {} : { help: wording(help) }),
    ...(example === undefined ? {} : { example: wording(example) }),
    ...(typeof listed === 'string' ? { listed: wording(listed) } : {}),
    ...(within === undefined ? {} : { within: wording(within) }),
    // Of those kinds that have them.
    ...('unit' in definition && definition.unit !== undefined ? { unit: wording(definition.unit) } : {}),
    ...('totalLabel' in definition && definition.totalLabel !== undefined
      ? { totalLabel: wording(definition.totalLabel) }
      : {}),
    ...('emptyLabel' in definition && definition.emptyLabel !== undefined
      ? { emptyLabel: wording(definition.emptyLabel) }
      : {}),
  };
  if (!('options' in definition)) return { ...definition, ...words };
  const options = Object.entries(definition.options).map(([option, text]) => [option, wording(text)]);
  return { ...definition, ...words, options: Object.fromEntries(options) };
}

interface DraftParent {
  readonly wording: Wording | undefined;
  readonly prefix: readonly string[];
  readonly keys: readonly string[];
  readonly overPeriod: boolean;
}

const keyPattern = /^[a-z][A-Za-z0-9]*$/;

export function optionsOf(definition: Definition): Options | undefined {
  return kindOf(definition).options;
}

/** An option `other` always brings a text beside its question. */
function withOtherTexts(fields: Fields): [string, Question<unknown, string>][] {
  return Object.entries(fields).flatMap(([key, question]) => {
    const { definition } = question;
    if (!Object.hasOwn(optionsOf(definition) ?? {}, 'other')) return [[key, question]];
    const otherText = text(`${definition.label}（その他の内容）`, 200).when({ [key]: 'other' });
    return [
      [key, question],
      [`${key}Other`, otherText],
    ];
  });
}

function draft(fields: Fields, place: DraftParent, all: Map<string, Draft>): Draft[] {
  return withOtherTexts(fields).map(([key, { definition: written }]) => {
    const prefix = [...place.prefix, key];
    const id = prefix.join('.');
    if (!keyPattern.test(key) || key === 'id') throw new FormError(`${id}: not a key`);
    if (all.has(id)) throw new FormError(`${id}: defined twice`);
    const definition = place.wording === undefined ? written : worded(written, place.wording);
    checkOptions(id, definition);
    const kind = kindOf(definition);
    if (kind.nesting === 'fields' && definition.required && kind.table !== 'numbers')
      throw new FormError(`${id}: its questions are required, a group is not`);
    if (kind.nesting === 'fields' || kind.nesting === 'entries') refuseReserved(id, kind.checks);
    if (kind.nesting === 'entries') refuseReserved(id, kind.entryChecks);
    const keys = [...place.keys, key];
    const overPeriod = place.overPeriod || definition.overPeriod === true;
    const item: Draft = {
      id,
      key,
      keys,
      definition,
      kind,
      visibility: definition.visibility,
      overPeriod,
      conditions: [],
      expressions: [],
      children: [],
    };
    all.set(id, item);
    if (kind.nesting === 'fields') item.children = draft(kind.fields, { ...place, prefix, keys, overPeriod }, all);
    if (kind.nesting === 'entries') item.children = draft(kind.fields, { ...place, prefix, keys: [], overPeriod }, all);
    return item;
  });
}

/** Under these names a question itself asks for a reason. */
const reservedChecks: ReadonlySet<string> = new Set([blankCheck, 'limits']);

function refuseReserved(id: string, checks: readonly EditCheck<unknown>[]): void {
  for (const { name } of checks)
    if (reservedChecks.has(name)) throw new FormError(`${id}: ${name} is no name of a check`);
}

function checkOptions(id: string, definition: Definition): void {
  const offered = optionsOf(definition);
  if (offered === undefined) return;
  const options = Object.keys(offered);
  if (options.length === 0) throw new FormError(`${id}: no options`);
  for (const option of options) if (!keyPattern.test(option)) throw new FormError(`${id}: option ${option} is no key`);
  if ('totalLabel' in definition && options.includes('any')) throw new FormError(`${id}: any is the total's name`);
}

function resolveCondition(
  condition: Condition,
  siblings: readonly Draft[],
  scope: readonly Draft[],
  id: string,
): Draft['conditions'] {
  return Object.entries(condition).map(([name, value]) => {
    const on = siblings.find(({ key }) => key === name) ?? findInScope(name, scope);
    if (on === undefined)
      throw new FormError(`${id}: asks for ${name}, which is no question of the same form or entry`);
    const options = optionsOf(on.definition);
    if (options === undefined) throw new FormError(`${id}: ${name} has no options`);
    const values = typeof value === 'string' ? [value] : value;
    for (const each of values)
      if (!Object.hasOwn(options, each)) throw new FormError(`${id}: ${name} has no option ${each}`);
    return { on, values };
  });
}

function findInScope(id: string, scope: readonly Draft[]): Draft | undefined {
  for (const item of scope) {
    const isInScope = item.kind.nesting === 'fields';
    const found = item.id === id ? item : isInScope ? findInScope(id, item.children) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a question hangs on, and what is read where it stands. */
interface Around {
  readonly sections: readonly Draft[];
  readonly items: ReadonlyMap<string, Draft>;
  /** The lists around, outermost first. */
  readonly lists: readonly Draft[];
  readonly siblings: readonly Draft[];
  readonly inherited: DraftConditions;
}

const none: DraftConditions = { conditions: [], expressions: [] };

function scopeOf({ sections, lists }: Pick<Around, 'sections' | 'lists'>): readonly Draft[] {
  return lists.at(-1)?.children ?? sections;
}

/** Throws with everything that is wrong with a text. */
function ruleAt(text: string, sections: readonly RuleQuestion[], id: string, place: RulePlace): Rule {
  const read = readRule(text, { sections }, place);
  if (!read.ok) throw new FormError(`${id}: ${text}: ${read.errors.map(({ message }) => message).join(' ')}`);
  return read.rule;
}

function resolveExpression(text: string, id: string, use: 'condition' | 'withheld', around: Around): DraftConditions {
  const { sections, items, lists } = around;
  const rule = ruleAt(text, sections, id, { use, at: id });
  const scope = scopeOf(around);
  const equalities = equalitiesOf(rule.tree, lists.length)?.map(({ keys, values }) => {
    const on = draftAt(scope, keys);
    return on === undefined || optionsOf(on.definition) === undefined ? undefined : { on, values };
  });
  if (equalities?.every((each) => each !== undefined) === true) return { conditions: equalities, expressions: [] };
  const reads = rule.reads.flatMap((read) => items.get(read) ?? []);
  const scopes = [sections, ...lists.map(({ children }) => children)];
  return { conditions: [], expressions: [{ text: rule.text, tree: rule.tree, reads, scopes }] };
}

/** It may read later questions, and other computed ones. */
function resolveFormula(text: string, id: string, { sections, items, lists }: Around): DraftExpression {
  const { tree, reads, text: normal } = ruleAt(text, sections, id, { use: 'computed', at: id });
  return {
    text: normal,
    tree,
    reads: reads.flatMap((read) => items.get(read) ?? []),
    scopes: [sections, ...lists.map(({ children }) => children)],
  };
}

/** Computed values that need each other have none. */
function refuseCircles(items: ReadonlyMap<string, Draft>): void {
  const formulas = [...items.values()].flatMap(({ id, formula }): [string, string[]][] =>
    formula === undefined ? [] : [[id, formula.reads.map((read) => read.id)]],
  );
  for (const id of circularIds(new Map(formulas))) throw new FormError(`${id}: is computed by itself`);
}

function draftAt(scope: readonly Draft[], [first, ...others]: readonly string[]): Draft | undefined {
  const found = scope.find(({ key }) => key === first);
  return found === undefined || others.length === 0 ? found : draftAt(found.children, others);
}

function resolveWhen(
  when: Condition | string | undefined,
  id: string,
  use: 'condition' | 'withheld',
  around: Around,
): DraftConditions {
  if (when === undefined) return none;
  if (typeof when === 'string') return resolveExpression(when, id, use, around);
  return { conditions: resolveCondition(when, around.siblings, scopeOf(around), id), expressions: [] };
}

function resolveConditions(items: readonly Draft[], around: Around): void {
  for (const item of items) {
    const own = resolveWhen(item.definition.when, item.id, 'condition', around);
    item.conditions.push(...around.inherited.conditions, ...own.conditions);
    item.expressions.push(...around.inherited.expressions, ...own.expressions);
    const { kind, children } = item;
    if (kind.formula !== undefined) item.formula = resolveFormula(kind.formula.text, item.id, around);
    if (kind.nesting === 'fields') resolveConditions(children, { ...around, siblings: children, inherited: item });
    if (kind.nesting === 'entries') {
      const inside = { ...around, lists: [...around.lists, item], siblings: children, inherited: none };
      if (kind.withheld !== undefined) item.withheld = resolveWhen(kind.withheld, item.id, 'withheld', inside);
      resolveConditions(children, inside);
    }
  }
}

function refuseCycles(item: Draft, trail: readonly Draft[]): void {
  if (trail.includes(item)) throw new FormError(`${item.id}: asked only if it is answered itself`);
  for (const { on } of item.conditions) refuseCycles(on, [...trail, item]);
}

/**
 * A question whose condition reads a Σ or 🔒 question is at least Σ itself, or its presence would tell; what an
 * expression reads may tell more, and the question is as little public as that.
 */
function resolveVisibility(items: readonly Draft[], inherited: Visibility): boolean {
  let changed = false;
  for (const item of items) {
    const hidden = item.conditions.some(({ on }) => on.visibility !== 'open');
    const read = item.expressions.flatMap(({ reads }) => reads.map((each) => each.visibility));
    const computed = (item.formula?.reads ?? []).map((each) => each.visibility);
    const visibility = strictest(item.visibility, inherited, hidden ? 'tally' : 'open', ...read, ...computed);
    changed ||= visibility !== item.visibility;
    item.visibility = visibility;
    changed = resolveVisibility(item.children, visibility) || changed;
  }
  return changed;
}

function resolve(
  fields: Fields,
  wording: Wording | undefined,
): { sections: readonly Item[]; items: ReadonlyMap<string, Item> } {
  const items = new Map<string, Draft>();
  const sections = draft(fields, { wording, prefix: [], keys: [], overPeriod: false }, items);
  for (const { id, kind } of sections) if (kind.fields === undefined) throw new FormError(`${id}: not a section`);
  resolveConditions(sections, { sections, items, lists: [], siblings: sections, inherited: none });
  for (const item of items.values()) refuseCycles(item, []);
  refuseCircles(items);
  while (resolveVisibility(sections, 'open'));
  for (const { id, definition, visibility } of items.values())
    if (definition.listed !== undefined && visibility !== 'open')
      throw new FormError(`${id}: is not open and cannot be listed by unit`);
  return { sections, items };
}

interface Parts {
  readonly checks: readonly EditCheck<unknown>[];
  readonly rules?: readonly FormRule[];
  readonly measures: readonly (Measure<unknown> | ExpressedMeasure)[];
  /** Of labels, options and help; as they are written, without one. */
  readonly wording?: Wording;
}

function listsAround(id: string, items: ReadonlyMap<string, Item>): Item[] {
  const keys = id.split('.');
  return keys.slice(0, -1).flatMap((_, index) => {
    const around = items.get(keys.slice(0, index + 1).join('.'));
    return around?.kind.nesting === 'entries' ? [around] : [];
  });
}

function resolveRules(
  rules: readonly FormRule[],
  sections: readonly Item[],
  items: ReadonlyMap<string, Item>,
): readonly ResolvedRule[] {
  const keys = new Set<string>();
  return rules.map((rule) => {
    const { name, at } = rule;
    const key = `${at ?? 'return'}.${name}`;
    if (keys.has(key)) throw new FormError(`${key}: defined twice`);
    keys.add(key);
    const item = at === undefined ? undefined : items.get(at);
    if (at !== undefined && item === undefined) throw new FormError(`${key}: stands at ${at}, which is no question`);
    const { tree } = ruleAt(rule.if, sections, key, { use: 'rule', at });
    return { rule, tree, item, lists: at === undefined ? [] : listsAround(at, items) };
  });
}

/** What is given is a number or a class; of a return where it is neither, nothing. */
function worked(measure: Measure<unknown> | ExpressedMeasure, sections: readonly Item[]): Measure<unknown> {
  if (!('expression' in measure)) return measure;
  const { expression, ...rest } = measure;
  const options = rest.kind === 'class' ? rest.options : undefined;
  const { tree, reads } = ruleAt(expression, sections, rest.id, { use: rest.kind, options });
  const run = evaluator(tree);
  const given = (answers: unknown, { code, members }: ReportingUnit): Json =>
    run({ scopes: isObject(answers) ? [answers] : [], about: { unit: { code, kind: null, members } } });
  if (rest.kind === 'class')
    return {
      ...rest,
      reads,
      of: (answers, unit) => {
        const option = given(answers, unit);
        return typeof option === 'string' ? option : null;
      },
    };
  return {
    ...rest,
    reads,
    of: (answers, unit) => {
      const value = given(answers, unit);
      return typeof value === 'number' ? value : null;
    },
  };
}

/** A form with the checks, rules and measures of another one; `extend.ts` builds later versions with it. */
export function formWith<A>(id: string, version: number, text: FormText, fields: Fields, parts: Parts): Form<A> {
  const { sections, items } = resolve(fields, parts.wording);
  refuseReserved(id, parts.checks);
  const measures = parts.measures.map((written): FormMeasure => {
    const measure = worked(written, sections);
    const read = measure.reads.map((name) => {
      const item = items.get(name);
      if (item === undefined) throw new FormError(`${measure.id}: reads ${name}, which is no question`);
      return item.visibility;
    });
    return { measure, visibility: strictest(measure.visibility ?? 'open', ...read) };
  });
  return {
    id,
    version,
    ...text,
    sections,
    items,
    checks: parts.checks,
    rules: resolveRules(parts.rules ?? [], sections, items),
    measures,
    fields,
    check: (check) => formWith<A>(id, version, text, fields, { ...parts, checks: [...parts.checks, check] }),
    measure: (measure) => formWith<A>(id, version, text, fields, { ...parts, measures: [...parts.measures, measure] }),
  };
}

/** A questionnaire: `form('yearly-report', 2024, { title, units, help }, { profile: section(…), … })`. */
export function form<const F extends Fields>(
  id: string,
  version: number,
  text: FormText,
  sections: F,
): Form<AnswersTo<F>> {
  return formWith<AnswersTo<F>>(id, version, text, sections, { checks: [], measures: [] });
}

export type Catalogue = ReadonlyMap<string, ReadonlyMap<number, Form>>;

export function catalogue(forms: readonly Form[]): Catalogue {
  const all = new Map<string, Map<number, Form>>();
  for (const each of forms) {
    const versions = all.get(each.id) ?? new Map<number, Form>();
    if (versions.has(each.version)) throw new FormError(`${each.id} ${each.version}: defined twice`);
    all.set(each.id, versions.set(each.version, each));
  }
  return all;
}

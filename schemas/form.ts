/**
 * A form (調査票): its questions resolved once. Ids, conditions and visibility are worked out here and used alike by
 * validation, page, columns, codebook, tally and JSON Schema. A path or option that does not exist fails when the form
 * is built.
 */

import type { UnitKind } from './directory.ts';
import { blankCheck } from './edit-check.ts';
import type { EditCheck } from './edit-check.ts';
import type { Kind } from './kinds/kind.ts';
import { kindOf } from './kinds/kinds.ts';
import type { Definition } from './kinds/kinds.ts';
import type { FormMeasure, Measure } from './measure.ts';
import { text } from './question.ts';
import type { AnswersTo, Condition, Fields, Options, Question, Visibility } from './question.ts';
import type { FormReport } from './report-outline.ts';
import type { Answers } from './return.ts';

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
  readonly children: readonly Item[];
}

/** The question `on`, in the same scope, is asked and holds one of `values`. */
export interface ResolvedCondition {
  readonly on: Item;
  readonly values: readonly string[];
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
  children: Draft[];
}

/** What a text of the form reads like where it is shown. */
type Wording = (text: string) => string;

function worded(definition: Definition, wording: Wording): Definition {
  const { label, help, listed } = definition;
  const words = {
    label: wording(label),
    ...(help === undefined ? {} : { help: wording(help) }),
    ...(typeof listed === 'string' ? { listed: wording(listed) } : {}),
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

function resolveConditions(items: readonly Draft[], scope: readonly Draft[], inherited: Draft['conditions']): void {
  for (const item of items) {
    const own = resolveCondition(item.definition.when ?? {}, items, scope, item.id);
    item.conditions.push(...inherited, ...own);
    const { kind, children } = item;
    if (kind.nesting === 'fields') resolveConditions(children, scope, item.conditions);
    if (kind.nesting === 'entries') {
      resolveCondition(kind.withheld ?? {}, children, children, item.id);
      resolveConditions(children, children, []);
    }
  }
}

function refuseCycles(item: Draft, trail: readonly Draft[]): void {
  if (trail.includes(item)) throw new FormError(`${item.id}: asked only if it is answered itself`);
  for (const { on } of item.conditions) refuseCycles(on, [...trail, item]);
}

/** A question whose condition reads a Σ or 🔒 question is at least Σ itself, or its presence would tell. */
function resolveVisibility(items: readonly Draft[], inherited: Visibility): boolean {
  let changed = false;
  for (const item of items) {
    const hidden = item.conditions.some(({ on }) => on.visibility !== 'open');
    const visibility = strictest(item.visibility, inherited, hidden ? 'tally' : 'open');
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
  resolveConditions(sections, sections, []);
  for (const item of items.values()) refuseCycles(item, []);
  while (resolveVisibility(sections, 'open'));
  for (const { id, definition, visibility } of items.values())
    if (definition.listed !== undefined && visibility !== 'open')
      throw new FormError(`${id}: is not open and cannot be listed by unit`);
  return { sections, items };
}

interface Parts {
  readonly checks: readonly EditCheck<unknown>[];
  readonly measures: readonly Measure<unknown>[];
  /** Of labels, options and help; as they are written, without one. */
  readonly wording?: Wording;
}

/** A form with the checks and measures of another one; `extend.ts` builds later versions with it. */
export function formWith<A>(id: string, version: number, text: FormText, fields: Fields, parts: Parts): Form<A> {
  const { sections, items } = resolve(fields, parts.wording);
  refuseReserved(id, parts.checks);
  const measures = parts.measures.map((measure): FormMeasure => {
    const read = measure.reads.map((name) => {
      const item = items.get(name);
      if (item === undefined) throw new FormError(`${measure.id}: reads ${name}, which is no question`);
      return item.visibility;
    });
    return { measure, visibility: strictest(...read) };
  });
  return {
    id,
    version,
    ...text,
    sections,
    items,
    checks: parts.checks,
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

/**
 * A form (調査票): its questions resolved once. Ids, conditions and visibility are worked out here and used alike by
 * validation, page, columns, codebook, tally and JSON Schema. A path or option that does not exist fails when the form
 * is built.
 */

import type { ReportingUnit, UnitKind } from './directory.ts';
import { resolveConditions, ruleAt } from './form-conditions.ts';
import { drafts, FormError } from './form-drafts.ts';
import type { Draft, Wording } from './form-drafts.ts';
import { reservedRules } from './form-rule.ts';
import type { FormRule } from './form-rule.ts';
import { resolveVisibility, strictest, visibilityRead } from './form-visibility.ts';
import type { Answers, Json } from './values/json.ts';
import { isObject } from './values/json.ts';
import type { Kind } from './kinds/kind.ts';
import type { Definition } from './kinds/kinds.ts';
import type { ExpressedMeasure, FormMeasure, Measure } from './measure.ts';
import type { AnswersTo, Fields, Visibility } from './kinds/question.ts';
import { once } from './once.ts';
import type { FormReport } from './report-outline.ts';
import { aboutsIn, aboutText } from './rules/about.ts';
import type { About } from './rules/about.ts';
import { evaluator } from './rules/evaluate.ts';
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
  /** The question that it is written at. */
  readonly at: string;
  readonly text: string;
  readonly tree: Tree;
  readonly reads: readonly Item[];
  /** The questions of the scopes it reads: of the return, then of the entries of each list around. */
  readonly scopes: readonly (readonly Item[])[];
  /** What it knows besides answers, of a form that is asked of somebody. */
  readonly about?: About | undefined;
}

/** A rule with the question it stands at and the lists around that, outermost first. */
export interface ResolvedRule {
  readonly rule: FormRule;
  readonly tree: Tree;
  /** Ids of the questions it reads. */
  readonly reads: readonly string[];
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
  readonly rules: readonly ResolvedRule[];
  readonly measures: readonly FormMeasure[];
  /** The definition itself, for a later version to extend. */
  readonly fields: Fields;
  readonly parts: Required<FormParts>;
  /** What conditions and formulas read besides answers; nothing of most forms. */
  readonly abouts: ReadonlySet<string>;
  /** Ids of the questions whose last answers they read: a version keeps these, so that what was asked stays as it was. */
  readonly readsOfLastTime: readonly string[];
  /** The form as it is asked of somebody: where conditions or formulas read more than answers, they know it. */
  readonly knowing: (about: About) => Form<A>;
  /** The same number as rounds have it that pin no document; absent where that is the form itself. */
  readonly released?: (() => Form) | undefined;
  readonly answersType?: A;
}

function resolve(
  fields: Fields,
  { wording, about }: Parts,
): { sections: readonly Item[]; items: ReadonlyMap<string, Item> } {
  const items = new Map<string, Draft>();
  const sections = drafts(fields, { wording, prefix: [], keys: [], overPeriod: false }, items);
  for (const { id, kind } of sections) if (kind.fields === undefined) throw new FormError(`${id}: not a section`);
  resolveConditions(sections, items, about);
  while (resolveVisibility(sections, 'open'));
  for (const { id, definition, visibility } of items.values())
    if (definition.listed !== undefined && visibility !== 'open')
      throw new FormError(`${id}: is not open and cannot be listed by unit`);
  return { sections, items };
}

/** What a form checks and counts, in the language of rules. */
interface FormParts {
  readonly rules?: readonly FormRule[];
  readonly measures?: readonly ExpressedMeasure[];
}

interface Shipped extends FormParts {
  readonly released?: () => Form;
}

interface Parts extends Shipped {
  /** Of labels, options and help; as they are written, without one. */
  readonly wording?: Wording;
  readonly about?: About | undefined;
  /** When its questions are first asked for, and not when it is built. */
  readonly isResolvedLate?: true;
}

/** What conditions and formulas read besides answers. */
function aboutsOf(items: ReadonlyMap<string, Item>): Pick<Form, 'abouts' | 'readsOfLastTime'> {
  const expressions = [...items.values()].flatMap(({ expressions, formula }) => [...expressions, formula ?? []].flat());
  const ofLastTime = expressions.filter(({ tree }) => aboutsIn(tree).includes('previous'));
  return {
    abouts: new Set(expressions.flatMap(({ tree }) => aboutsIn(tree))),
    readsOfLastTime: [...new Set(ofLastTime.flatMap(({ reads }) => reads.map(({ id }) => id)))],
  };
}

/** The lists that a question stands in, outermost first. */
export function listsAround(id: string, items: ReadonlyMap<string, Item>): Item[] {
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
    if (reservedRules.has(name)) throw new FormError(`${key}: ${name} is no name of a check`);
    const item = at === undefined ? undefined : items.get(at);
    if (at !== undefined && item === undefined) throw new FormError(`${key}: stands at ${at}, which is no question`);
    const { tree, reads } = ruleAt(rule.if, sections, key, { use: 'rule', at });
    return { rule, tree, reads, item, lists: at === undefined ? [] : listsAround(at, items) };
  });
}

/** What is given is a number or a class; of a return where it is neither, nothing. */
function worked(written: ExpressedMeasure, sections: readonly Item[]): Measure {
  const { expression, id, kind } = written;
  const options = written.kind === 'class' ? written.options : undefined;
  const { tree, reads } = ruleAt(expression, sections, id, { use: kind, options });
  const run = evaluator(tree);
  const given = (answers: unknown, { code, kind, members }: ReportingUnit): Json =>
    run({ scopes: isObject(answers) ? [answers] : [], about: { unit: { code, kind, members } } });
  if (written.kind === 'class')
    return {
      ...written,
      reads,
      of: (answers, unit) => {
        const option = given(answers, unit);
        return typeof option === 'string' ? option : null;
      },
    };
  return {
    ...written,
    reads,
    of: (answers, unit) => {
      const value = given(answers, unit);
      return typeof value === 'number' ? value : null;
    },
  };
}

function resolveMeasures(
  measures: readonly ExpressedMeasure[],
  sections: readonly Item[],
  items: ReadonlyMap<string, Item>,
): readonly FormMeasure[] {
  return measures.map((written) => {
    const measure = worked(written, sections);
    const read = measure.reads.flatMap((name) => {
      const item = items.get(name);
      return item === undefined ? [] : [visibilityRead(item)];
    });
    return { measure, visibility: strictest(measure.visibility ?? 'open', ...read) };
  });
}

/**
 * A form with the rules and measures of another one; `extend.ts` builds later versions with it. Rules and measures are read
 * when they are first asked for: a page that shows none need not wait for them.
 */
export function formWith<A>(id: string, version: number, text: FormText, fields: Fields, parts: Parts): Form<A> {
  const { rules: written = [], measures: counted = [] } = parts;
  const resolved = once(() => resolve(fields, parts));
  if (parts.isResolvedLate !== true) resolved();
  const read = once(() => aboutsOf(resolved().items));
  const rules = once(() => resolveRules(written, resolved().sections, resolved().items));
  const measures = once(() => resolveMeasures(counted, resolved().sections, resolved().items));
  const asked = new Map<string, Form<A>>();
  const askedAfter = new WeakMap<Answers, Map<string, Form<A>>>();
  const self: Form<A> = {
    id,
    version,
    ...text,
    get sections() {
      return resolved().sections;
    },
    get items() {
      return resolved().items;
    },
    get abouts() {
      return read().abouts;
    },
    get readsOfLastTime() {
      return read().readsOfLastTime;
    },
    knowing: (more) => {
      const { abouts } = read();
      if (abouts.size === 0) return self;
      const about = { ...parts.about, ...more };
      const previous = abouts.has('previous') ? about.previous : undefined;
      const name = aboutText(about, abouts);
      if (name === aboutText(parts.about ?? {}, abouts) && previous === parts.about?.previous) return self;
      // Kept as long as the last answers are, which are as many as there are returns.
      const known = previous === undefined ? asked : (askedAfter.get(previous) ?? new Map<string, Form<A>>());
      const made = known.get(name) ?? formWith(id, version, text, fields, { ...parts, about: { ...about, previous } });
      known.set(name, made);
      if (previous !== undefined) askedAfter.set(previous, known);
      return made;
    },
    get rules() {
      return rules();
    },
    get measures() {
      return measures();
    },
    fields,
    parts: { rules: written, measures: counted },
    released: parts.released,
  };
  return self;
}

/** A questionnaire: `form('yearly-report', 2024, { title, units, help }, { profile: section(…), … }, { rules: [refuse(…)] })`. */
export function form<const F extends Fields>(
  id: string,
  version: number,
  text: FormText,
  sections: F,
  parts: Shipped = {},
): Form<AnswersTo<F>> {
  return formWith<AnswersTo<F>>(id, version, text, sections, parts);
}

/** One that the application ships: what is wrong with it fails in tests, so that no start waits for its questions. */
export function shippedForm<const F extends Fields>(
  id: string,
  version: number,
  text: FormText,
  sections: F,
  parts: Shipped,
): Form<AnswersTo<F>> {
  return formWith<AnswersTo<F>>(id, version, text, sections, { ...parts, isResolvedLate: true });
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

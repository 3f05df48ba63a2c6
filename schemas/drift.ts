/** What changed from one version of a form to another. Ids keep their meaning, so that years can be compared. */

import { optionsOf } from './form-drafts.ts';
import type { Form, Item, ResolvedExpression } from './form.ts';
import type { Measure } from './measure.ts';
import { kindOf } from './kinds/kinds.ts';
import { rowWords } from './kinds/rows.ts';
import type { Definition } from './kinds/kinds.ts';

interface Relabelled {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

interface OptionDrift {
  readonly id: string;
  readonly added: readonly string[];
  readonly retired: readonly string[];
  readonly relabelled: readonly Relabelled[];
}

export interface Drift {
  readonly added: readonly string[];
  readonly retired: readonly string[];
  /** The same questions under other ids. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  readonly relabelled: readonly Relabelled[];
  readonly options: readonly OptionDrift[];
  /** Questions that no longer mean the same, by what is another: kind, unit, way of counting, rows or columns. */
  readonly incompatible: readonly Incompatible[];
}

interface Incompatible {
  readonly id: string;
  readonly what: string;
}

type Labels = Readonly<Record<string, string>>;

function relabelled(from: Labels, to: Labels): Relabelled[] {
  return Object.entries(from).flatMap(([id, label]) => {
    const now = to[id];
    return now === undefined || now === label ? [] : [{ id, from: label, to: now }];
  });
}

/** The ids that questions had before, by the ids that they have now; a question that did not move keeps its own. */
export function formerIds(items: readonly Item[], around: string, former: Map<string, string>): Map<string, string> {
  for (const { id, key, definition, children } of items) {
    const was = definition.was ?? (around === '' ? key : `${around}.${key}`);
    former.set(id, was);
    formerIds(children, was, former);
  }
  return former;
}

function optionDrift(id: string, before: Labels | undefined, now: Labels | undefined): OptionDrift[] {
  if (before === undefined || now === undefined) return [];
  const change = {
    id,
    added: Object.keys(now).filter((option) => !Object.hasOwn(before, option)),
    retired: Object.keys(before).filter((option) => !Object.hasOwn(now, option)),
    relabelled: relabelled(before, now),
  };
  const changed = change.added.length + change.retired.length + change.relabelled.length > 0;
  return changed ? [change] : [];
}

function unitOf(definition: Definition): string {
  return kindOf(definition).unit ?? '';
}

function namesOf(options: Labels | undefined): string {
  return Object.values(options ?? {}).join('・') || 'なし';
}

/** Rows or columns of a table that came or went: what its figures add up to is another thing then. */
function tableDrift(id: string, what: string, from: Labels | undefined, to: Labels | undefined): Incompatible[] {
  const keys = (options: Labels | undefined): string =>
    Object.keys(options ?? {})
      .toSorted()
      .join(' ');
  return keys(from) === keys(to) ? [] : [{ id, what: `${what}：${namesOf(from)} → ${namesOf(to)}` }];
}

/** Of a row of a table with columns, that table says it. */
function rowsOf(definition: Definition): Labels | undefined {
  return 'rows' in definition && definition.within === undefined ? definition.rows : undefined;
}

function columnsOf(definition: Definition): Labels | undefined {
  if ('columns' in definition) return definition.columns;
  return 'rows' in definition ? optionsOf(definition) : undefined;
}

/** How many places a ranking has. */
function placesOf(definition: Definition): number {
  const { figures } = kindOf(definition);
  return figures?.of === 'options' ? (figures.ranked?.places.length ?? 0) : 0;
}

/** As officers call a kind: of several words that of any. */
function wordOf(kind: string): string {
  return rowWords.findLast(({ says }) => says['kind'] === kind)?.word ?? kind;
}

function classesOf(measure: Measure): Labels | undefined {
  return measure.kind === 'class' ? measure.options : undefined;
}

function unitOfMeasure(measure: Measure): string {
  return (measure.kind === 'total' ? measure.unit : undefined) ?? '';
}

/** Measures that are computed in another way, or of which another thing is printed. */
function otherMeasures(
  from: Pick<Form, 'measures'>,
  to: Pick<Form, 'measures'>,
  moved: Drift['moved'],
): Incompatible[] {
  const before = new Map(from.measures.map(({ measure }) => [measure.id, measure]));
  return to.measures.flatMap(({ measure }) => {
    const { id, kind, expression } = measure;
    const was = before.get(id);
    // A question that moved is the same.
    const asBefore = moved.reduce(
      (text, { from: then, to: now }) => text.replaceAll(new RegExp(`(?<![\\w.])${now}(?!\\w)`, 'gu'), then),
      expression,
    );
    if (was === undefined) return [];
    if (was.kind !== kind || was.expression !== asBefore)
      return [{ id, what: `式：${was.expression} → ${expression}` }];
    const [then, now] = [unitOfMeasure(was), unitOfMeasure(measure)];
    return then === now ? [] : [{ id, what: `単位：${then} → ${now}` }];
  });
}

/** Trees that read from a scope by keys. */
const reading: ReadonlySet<unknown> = new Set(['read', 'previous', 'went back', 'abrupt change']);

/**
 * An expression as a text that is the same where it is; names beside it mean other questions in another place, so that
 * its own text does not tell. Questions have the ids that they have now.
 */
export function expressionText({ tree, reads }: ResolvedExpression, nowOf: (id: string) => string): string {
  const moved = (_: string, value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    const [kind, scope, keys, ...others]: readonly unknown[] = value;
    if (!reading.has(kind) || scope !== 0 || !Array.isArray(keys)) return value;
    return [kind, scope, nowOf(keys.join('.')).split('.'), ...others];
  };
  return JSON.stringify([tree, reads.map(({ id }) => nowOf(id))], moved);
}

function otherFormula(id: string, from: Item, to: Item, nowOf: (id: string) => string): Incompatible[] {
  if (from.formula === undefined || to.formula === undefined) return [];
  if (expressionText(from.formula, nowOf) === expressionText(to.formula, (now) => now)) return [];
  return [{ id, what: `式：${from.formula.text} → ${to.formula.text}` }];
}

function incompatibilities(id: string, from: Definition, to: Definition): Incompatible[] {
  if (from.kind !== to.kind) return [{ id, what: `種類：${wordOf(from.kind)} → ${wordOf(to.kind)}` }];
  const found = [
    ...tableDrift(id, '行', rowsOf(from), rowsOf(to)),
    ...tableDrift(id, '列', columnsOf(from), columnsOf(to)),
  ];
  if (placesOf(from) !== placesOf(to))
    found.push({ id, what: `順位：${placesOf(from)}位まで → ${placesOf(to)}位まで` });
  if (unitOf(from) !== unitOf(to)) found.push({ id, what: `単位：${unitOf(from)} → ${unitOf(to)}` });
  if ((from.overPeriod ?? false) !== (to.overPeriod ?? false))
    found.push({
      id,
      what: `数え方：${to.overPeriod === true ? '基準日現在 → 対象期間' : '対象期間 → 基準日現在'}`,
    });
  return found;
}

type Drifting = Pick<Form, 'items' | 'measures' | 'sections'>;

export function drift(from: Drifting, to: Drifting): Drift {
  const former = formerIds(to.sections, '', new Map());
  const kept = [...former].filter(([, was]) => from.items.has(was));
  const before = new Set(kept.map(([, was]) => was));
  const both = kept.flatMap(([id, was]) => {
    const [now, then] = [to.items.get(id), from.items.get(was)];
    return now === undefined || then === undefined ? [] : [{ id, before: then, now }];
  });
  const moved = kept.filter(([id, was]) => id !== was).map(([id, was]) => ({ from: was, to: id }));
  const movedTo = new Map(moved.map((each) => [each.from, each.to]));
  const nowOf = (id: string): string => movedTo.get(id) ?? id;
  const measures = new Map(from.measures.map(({ measure }) => [measure.id, measure]));
  const counted = to.measures.flatMap(({ measure }) => {
    const was = measures.get(measure.id);
    return was === undefined ? [] : [{ was, now: measure }];
  });
  return {
    added: [...to.items.keys()].filter((id) => !from.items.has(former.get(id) ?? id)),
    retired: [...from.items.keys()].filter((id) => !before.has(id)),
    moved,
    relabelled: [
      ...both.map(({ id, before: then, now }) => ({ id, from: then.definition.label, to: now.definition.label })),
      ...counted.map(({ was, now }) => ({ id: now.id, from: was.label, to: now.label })),
    ].filter((each) => each.from !== each.to),
    options: [
      ...both.flatMap(({ id, before: then, now }) =>
        optionDrift(id, optionsOf(then.definition), optionsOf(now.definition)),
      ),
      ...counted.flatMap(({ was, now }) => optionDrift(now.id, classesOf(was), classesOf(now))),
    ],
    incompatible: [
      ...both.flatMap(({ id, before: then, now }) => [
        ...incompatibilities(id, then.definition, now.definition),
        ...otherFormula(id, then, now, nowOf),
      ]),
      ...otherMeasures(from, to, moved),
    ],
  };
}

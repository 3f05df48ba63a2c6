/** What changed from one version of a form to another. Ids keep their meaning, so that years can be compared. */

import { optionsOf } from './form-drafts.ts';
import type { Form, Item } from './form.ts';
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

function optionDrift(id: string, from: Definition, to: Definition): OptionDrift[] {
  const before = optionsOf(from);
  const now = optionsOf(to);
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
  return 'columns' in definition ? definition.columns : undefined;
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

/** Measures that are computed in another way, or of which another thing is printed. */
function otherMeasures(
  from: Pick<Form, 'measures'>,
  to: Pick<Form, 'measures'>,
  moved: Drift['moved'],
): Incompatible[] {
  const before = new Map(from.measures.map(({ measure }) => [measure.id, measure]));
  return to.measures.flatMap(({ measure: { id, kind, expression } }) => {
    const was = before.get(id);
    // A question that moved is the same.
    const asBefore = moved.reduce(
      (text, { from: then, to: now }) => text.replaceAll(new RegExp(`(?<![\\w.])${now}(?!\\w)`, 'gu'), then),
      expression,
    );
    if (was === undefined || (was.kind === kind && was.expression === asBefore)) return [];
    return [{ id, what: `式：${was.expression} → ${expression}` }];
  });
}

function incompatibilities(id: string, from: Definition, to: Definition): Incompatible[] {
  if (from.kind !== to.kind) return [{ id, what: `種類：${wordOf(from.kind)} → ${wordOf(to.kind)}` }];
  const found = [
    ...tableDrift(id, '行', rowsOf(from), rowsOf(to)),
    ...tableDrift(id, '列', columnsOf(from), columnsOf(to)),
  ];
  if (placesOf(from) !== placesOf(to))
    found.push({ id, what: `順位：${placesOf(from)}位まで → ${placesOf(to)}位まで` });
  if (from.kind === 'computed' && to.kind === 'computed' && from.formula !== to.formula)
    found.push({ id, what: `式：${from.formula} → ${to.formula}` });
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
    const [now, then] = [to.items.get(id)?.definition, from.items.get(was)?.definition];
    return now === undefined || then === undefined ? [] : [{ id, before: then, now }];
  });
  const moved = kept.filter(([id, was]) => id !== was).map(([id, was]) => ({ from: was, to: id }));
  return {
    added: [...to.items.keys()].filter((id) => !from.items.has(former.get(id) ?? id)),
    retired: [...from.items.keys()].filter((id) => !before.has(id)),
    moved,
    relabelled: both.flatMap(({ id, before: then, now }) =>
      then.label === now.label ? [] : [{ id, from: then.label, to: now.label }],
    ),
    options: both.flatMap(({ id, before: then, now }) => optionDrift(id, then, now)),
    incompatible: [
      ...both.flatMap(({ id, before: then, now }) => incompatibilities(id, then, now)),
      ...otherMeasures(from, to, moved),
    ],
  };
}

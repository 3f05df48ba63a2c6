/** What changed from one version of a form to another. Ids keep their meaning, so that years can be compared. */

import { optionsOf } from './form.ts';
import type { Form, Item } from './form.ts';
import { kindOf } from './kinds/kinds.ts';
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
  readonly relabelled: readonly Relabelled[];
  readonly options: readonly OptionDrift[];
  /** Questions that no longer mean the same: another kind, unit or way of counting under the same id. */
  readonly incompatible: readonly { readonly id: string; readonly what: string }[];
}

type Labels = Readonly<Record<string, string>>;

function relabelled(from: Labels, to: Labels): Relabelled[] {
  return Object.entries(from).flatMap(([id, label]) => {
    const now = to[id];
    return now === undefined || now === label ? [] : [{ id, from: label, to: now }];
  });
}

function labels(items: ReadonlyMap<string, Item>): Labels {
  return Object.fromEntries([...items].map(([id, { definition }]) => [id, definition.label]));
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

function incompatibilities(id: string, from: Definition, to: Definition): { id: string; what: string }[] {
  if (from.kind !== to.kind) return [{ id, what: `kind ${from.kind} → ${to.kind}` }];
  const found: { id: string; what: string }[] = [];
  if (unitOf(from) !== unitOf(to)) found.push({ id, what: `unit ${unitOf(from)} → ${unitOf(to)}` });
  if ((from.overPeriod ?? false) !== (to.overPeriod ?? false))
    found.push({
      id,
      what: to.overPeriod === true ? 'as of a date → over the period' : 'over the period → as of a date',
    });
  return found;
}

export function drift(from: Pick<Form, 'items'>, to: Pick<Form, 'items'>): Drift {
  const both = [...from.items].flatMap(([id, { definition }]) => {
    const now = to.items.get(id);
    return now === undefined ? [] : [{ id, before: definition, now: now.definition }];
  });
  return {
    added: [...to.items.keys()].filter((id) => !from.items.has(id)),
    retired: [...from.items.keys()].filter((id) => !to.items.has(id)),
    relabelled: relabelled(labels(from.items), labels(to.items)),
    options: both.flatMap(({ id, before, now }) => optionDrift(id, before, now)),
    incompatible: both.flatMap(({ id, before, now }) => incompatibilities(id, before, now)),
  };
}

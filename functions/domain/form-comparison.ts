/** What changed from one version of a form to the next, in words for whoever decides whether to adopt it. */

import { drift, expressionText } from '../../schemas/drift.ts';
import { optionsOf } from '../../schemas/form-drafts.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { toLabels } from '../../schemas/rules/print.ts';

interface Named {
  readonly id: string;
  readonly number?: string | undefined;
  readonly label: string;
}

interface Changed {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

interface ChangedOptions extends Named {
  readonly added: readonly Named[];
  readonly retired: readonly Named[];
  readonly relabelled: readonly Changed[];
}

export interface FormComparison {
  readonly added: readonly Named[];
  readonly retired: readonly Named[];
  readonly moved: readonly Changed[];
  readonly relabelled: readonly Changed[];
  readonly options: readonly ChangedOptions[];
  /** Not compared with what was asked before, and why. */
  readonly changed: readonly (Named & { readonly what: string })[];
  /** Asked of others than before, and still compared. */
  readonly conditions: readonly Named[];
}

function named(form: Form, id: string): Named {
  const definition = form.items.get(id)?.definition;
  const measure = form.measures.find((each) => each.measure.id === id)?.measure;
  return {
    id,
    ...(definition?.number === undefined ? {} : { number: definition.number }),
    label: definition?.label ?? measure?.label ?? id,
  };
}

/** Measures of one version that the other has not. */
function measuresOnly(form: Form, other: Form): string[] {
  const others = new Set(other.measures.map(({ measure }) => measure.id));
  return form.measures.map(({ measure }) => measure.id).filter((id) => !others.has(id));
}

/** Of what is computed in another way, both ways by numbers and labels. */
function formulas(before: Form, now: Form, from: string, to: string): string | undefined {
  const said = (form: Form, id: string): string | undefined => {
    const measure = form.measures.find((each) => each.measure.id === id)?.measure;
    const formula = form.items.get(id)?.formula?.text ?? measure?.expression;
    const use = measure?.kind === 'class' ? 'class' : measure === undefined ? 'computed' : 'total';
    const options = measure?.kind === 'class' ? measure.options : undefined;
    return (
      formula &&
      toLabels(formula, { sections: form.sections }, { use, at: measure === undefined ? id : undefined, options })
    );
  };
  const [was, is] = [said(before, from), said(now, to)];
  if (was === undefined || is === undefined) return undefined;
  // The number is that of another question now.
  return was === is ? `式：${is}（使う設問が替わりました）` : `式：${was} → ${is}`;
}

/** Who is asked. Ids are those that questions have now: one that moved is the same. */
function conditionsOf({ conditions, expressions }: Item, nowOf: (id: string) => string): string {
  return JSON.stringify([
    ...conditions.map(({ on, values }) => [nowOf(on.id), values]),
    ...expressions.map((each) => expressionText(each, nowOf)),
  ]);
}

export function compareForms(before: Form, now: Form): FormComparison {
  const { added, retired, moved, relabelled, options, incompatible } = drift(before, now);
  const was = new Map(moved.map(({ from, to }) => [to, from]));
  const movedTo = new Map(moved.map(({ from, to }) => [from, to]));
  const nowOf = (id: string): string => movedTo.get(id) ?? id;
  const option = (form: Form, id: string, key: string): Named => {
    const item = form.items.get(id);
    const measure = form.measures.find((each) => each.measure.id === id)?.measure;
    const options = measure?.kind === 'class' ? measure.options : item && optionsOf(item.definition);
    return { id: key, label: options?.[key] ?? key };
  };
  return {
    added: [...added, ...measuresOnly(now, before)].map((id) => named(now, id)),
    retired: [...retired, ...measuresOnly(before, now)].map((id) => named(before, id)),
    moved: moved.map(({ from, to }) => ({ id: to, from, to })),
    relabelled,
    options: options.map((each) => ({
      ...named(now, each.id),
      added: each.added.map((key) => option(now, each.id, key)),
      retired: each.retired.map((key) => option(before, was.get(each.id) ?? each.id, key)),
      relabelled: each.relabelled,
    })),
    changed: incompatible.map(({ id, what }) => ({
      ...named(now, id),
      what: (what.startsWith('式：') ? formulas(before, now, was.get(id) ?? id, id) : undefined) ?? what,
    })),
    conditions: [...now.items.values()].flatMap((item) => {
      const then = before.items.get(was.get(item.id) ?? item.id);
      if (then === undefined || conditionsOf(then, nowOf) === conditionsOf(item, (id) => id)) return [];
      return [named(now, item.id)];
    }),
  };
}

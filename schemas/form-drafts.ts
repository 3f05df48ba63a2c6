/** A form's questions by path, before their conditions are known: keys, kinds and options are judged here. */

import { isNumberTable } from './kinds/kind.ts';
import type { Kind } from './kinds/kind.ts';
import { kindOf } from './kinds/kinds.ts';
import type { Definition } from './kinds/kinds.ts';
import { text } from './kinds/question.ts';
import type { Fields, Options, Question, Visibility } from './kinds/question.ts';
import type { About } from './rules/about.ts';
import type { Tree } from './rules/tree.ts';

/** Thrown while a form is built; never at run time. */
export class FormError extends Error {}

/** A question while the form is being resolved: its conditions and visibility are filled in at the end. */
export interface Draft {
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

export interface DraftExpression {
  readonly at: string;
  readonly text: string;
  readonly tree: Tree;
  readonly reads: readonly Draft[];
  readonly scopes: readonly (readonly Draft[])[];
  readonly about?: About | undefined;
}

export type DraftConditions = Pick<Draft, 'conditions' | 'expressions'>;

/** What a text of the form reads like where it is shown. */
export type Wording = (text: string) => string;

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

export function drafts(fields: Fields, place: DraftParent, all: Map<string, Draft>): Draft[] {
  return withOtherTexts(fields).map(([key, { definition: written }]) => {
    const prefix = [...place.prefix, key];
    const id = prefix.join('.');
    if (!keyPattern.test(key) || key === 'id') throw new FormError(`${id}: not a key`);
    if (all.has(id)) throw new FormError(`${id}: defined twice`);
    const definition = place.wording === undefined ? written : worded(written, place.wording);
    checkOptions(id, definition);
    const kind = kindOf(definition);
    if (kind.nesting === 'fields' && definition.required && !isNumberTable(kind))
      throw new FormError(`${id}: its questions are required, a group is not`);
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
    if (kind.nesting === 'fields') item.children = drafts(kind.fields, { ...place, prefix, keys, overPeriod }, all);
    if (kind.nesting === 'entries')
      item.children = drafts(kind.fields, { ...place, prefix, keys: [], overPeriod }, all);
    return item;
  });
}

function checkOptions(id: string, definition: Definition): void {
  const offered = optionsOf(definition);
  if (offered === undefined) return;
  const options = Object.keys(offered);
  if (options.length === 0) throw new FormError(`${id}: no options`);
  for (const option of options) if (!keyPattern.test(option)) throw new FormError(`${id}: option ${option} is no key`);
  if ('totalLabel' in definition && options.includes('any')) throw new FormError(`${id}: any is the total's name`);
}

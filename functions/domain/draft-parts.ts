/** The parts of a draft that are saved by themselves, and what a save makes of the whole. Pure. */

import type { Answers, Json } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import { compile } from '../../schemas/compile.ts';
import { entryIdPattern } from '../../schemas/kinds/schemas.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Reasons } from '../../schemas/return.ts';
import { namedEntries } from './answers.ts';
import { fieldErrors } from './field-errors.ts';
import type { Issue } from '../../schemas/kinds/field-error.ts';
import { normalEntry, normalForm, normalPart } from './normal-form.ts';
import type { NewEntryId } from './normal-form.ts';
import { done, refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** What is saved under an ETag of its own: the return, a section, or an entry of a section that is a list. */
export type Part =
  | { readonly kind: 'return' }
  | { readonly kind: 'section'; readonly section: string }
  | { readonly kind: 'entry'; readonly section: string; readonly entry: string };

export interface DraftBody {
  readonly answers?: Json | undefined;
  readonly reasons?: Reasons | undefined;
}

export interface Content {
  readonly answers: Answers;
  readonly reasons: Reasons;
}

/** The name of a part in paths, reasons and revisions; empty for the return. */
export function partName(part: Part): string {
  if (part.kind === 'return') return '';
  return part.kind === 'section' ? part.section : `${part.section}.${part.entry}`;
}

export function partAnswers(answers: Answers, part: Part): Json | undefined {
  if (part.kind === 'return') return answers;
  const section = Object.hasOwn(answers, part.section) ? answers[part.section] : undefined;
  return part.kind === 'section' ? section : namedEntries(section).find(({ name }) => name === part.entry)?.entry;
}

export function isReasonOf(name: string, key: string): boolean {
  return name === '' || key.startsWith(`${name}.`);
}

function oneError(path: string, code: string, message: string): ReturnType<typeof refused> {
  return refused('wrong-shape', { errors: [{ path, code, message }] });
}

function checkShape(
  form: Form,
  shape: ReturnType<typeof compile>['shape'] | undefined,
  value: Json,
  base: readonly string[] = [],
): Outcome<undefined> {
  const issues: readonly Issue[] = shape?.safeParse(value).error?.issues ?? [];
  if (issues.length === 0) return done(undefined);
  return refused('wrong-shape', { errors: fieldErrors(form, value, issues, base) });
}

function replaceSection(form: Form, answers: Answers, section: string, value: Json | undefined): Answers {
  const replaced: Answers = { ...answers, [section]: value };
  return Object.fromEntries(
    form.sections.flatMap(({ key }) => (replaced[key] === undefined ? [] : [[key, replaced[key]]])),
  );
}

function withEntry(
  section: Item,
  current: Json | undefined,
  id: string,
  value: Json,
  newId: NewEntryId,
): Outcome<Json> {
  if (!isObject(value)) return oneError(`${section.key}.${id}`, 'wrong-type', '回答の形式が正しくありません。');
  if (value['id'] !== undefined && value['id'] !== id)
    return oneError(`${section.key}.${id}.id`, 'invalid-id', '識別子がURLの識別子と一致しません。');
  const entries = Array.isArray(current) ? current : [];
  const places = entries.flatMap((entry, index) => (isObject(entry) && entry['id'] === id ? [index] : []));
  if (places.length > 1) return oneError(section.key, 'duplicate', `識別子 ${id} が重複しています。`);
  const entry = normalEntry(section.children, { ...value, id }, newId);
  return done(entries.toSpliced(places[0] ?? entries.length, places.length, entry));
}

/** The answers after a save of one part. Refuses a part that the form does not have (`not-found`) and `wrong-shape`. */
function replaceAnswers(form: Form, answers: Answers, part: Part, value: Json, newId: NewEntryId): Outcome<Answers> {
  const { shape, sectionShapes, entryShapes } = compile(form);
  if (part.kind === 'return') {
    const checked = checkShape(form, shape, value);
    if (!checked.ok) return checked;
    if (!isObject(value)) return oneError('', 'wrong-type', '回答の形式が正しくありません。');
    return done(normalForm(form.sections, value, newId));
  }
  const section = form.sections.find(({ key }) => key === part.section);
  if (section === undefined) return refused('not-found');
  if (part.kind === 'section') {
    const checked = checkShape(form, sectionShapes.get(section.key), value, [section.key]);
    if (!checked.ok) return checked;
    return done(replaceSection(form, answers, section.key, normalPart(section, value, newId)));
  }
  const entryShape = entryShapes.get(section.key);
  if (entryShape === undefined || !entryIdPattern.test(part.entry)) return refused('not-found');
  const checked = checkShape(form, entryShape, value, [section.key, part.entry]);
  if (!checked.ok) return checked;
  const entries = withEntry(section, answers[section.key], part.entry, value, newId);
  return entries.ok ? done(replaceSection(form, answers, section.key, entries.value)) : entries;
}

function replaceReasons(reasons: Reasons, part: Part, given: Reasons): Outcome<Reasons> {
  const name = partName(part);
  const foreign = Object.keys(given).filter((key) => !isReasonOf(name, key));
  if (foreign.length > 0)
    return refused('wrong-shape', {
      errors: foreign.map((path) => ({ path, code: 'unknown-check', message: 'この部分の確認事項ではありません。' })),
    });
  const others = Object.entries(reasons).filter(([key]) => !isReasonOf(name, key));
  return done(Object.fromEntries([...others, ...Object.entries(given)]));
}

export function replacePart(
  form: Form,
  content: Content,
  part: Part,
  body: DraftBody,
  newId: NewEntryId,
): Outcome<Content> {
  const answers =
    body.answers === undefined
      ? replaceNothing(form, content.answers, part)
      : replaceAnswers(form, content.answers, part, body.answers, newId);
  if (!answers.ok) return answers;
  const reasons =
    body.reasons === undefined ? done(content.reasons) : replaceReasons(content.reasons, part, body.reasons);
  return reasons.ok ? done({ answers: answers.value, reasons: reasons.value }) : reasons;
}

/** A save of reasons only, which still needs the part to exist. */
function replaceNothing(form: Form, answers: Answers, part: Part): Outcome<Answers> {
  if (part.kind === 'return') return done(answers);
  const section = answers[part.section];
  const exists =
    part.kind === 'section'
      ? form.sections.some(({ key }) => key === part.section)
      : Array.isArray(section) && section.some((entry) => isObject(entry) && entry['id'] === part.entry);
  return exists ? done(answers) : refused('not-found');
}

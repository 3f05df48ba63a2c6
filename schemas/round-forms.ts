/** The forms that a round asks, each at the version it pins. */

import { formWith } from './form.ts';
import type { Catalogue, Form } from './form.ts';
import { once } from './once.ts';
import type { Round, RoundDefinition } from './round.ts';
import { printFiscalYear } from './values/partial-date.ts';

type Comparing = Pick<RoundDefinition, 'compareYear'>;
type Asking = Comparing &
  Pick<RoundDefinition, 'fiscalYear' | 'period'> &
  Pick<RoundDefinition, 'forms'> &
  Pick<Round, 'documents'>;

const compareYearName = '{compareYear}';

/** A text with the fiscal year that the round compares with in place of `{compareYear}`. */
export function withCompareYear(text: string, { compareYear }: Comparing): string {
  return text.replaceAll(compareYearName, compareYear === undefined ? '前回調査の年度' : printFiscalYear(compareYear));
}

function namesCompareYear({ items }: Form): boolean {
  // Wherever it stands in a definition.
  return [...items.values()].some(({ definition }) => JSON.stringify(definition).includes(compareYearName));
}

/** By form and year; none where no text names a year. */
const worded = new WeakMap<Form, Map<number | undefined, Form> | undefined>();

/** The form as it reads in a round: whoever shows its labels has it from here. */
export function formIn(form: Form, { compareYear }: Comparing): Form {
  if (!worded.has(form)) worded.set(form, namesCompareYear(form) ? new Map() : undefined);
  const byYear = worded.get(form);
  if (byYear === undefined) return form;
  const { id, version, title, units, help, report, fields } = form;
  const known =
    byYear.get(compareYear) ??
    formWith(id, version, { title, units, help, ...(report === undefined ? {} : { report }) }, fields, {
      ...form.parts,
      wording: (text) => withCompareYear(text, { compareYear }),
    });
  byYear.set(compareYear, known);
  return known;
}

/**
 * Documents by their SHA-256: the same text is the same form for ever. Whoever reads a round has its documents read with it
 * (`functions/storage/forms.ts`); each is resolved when its form is first asked for, since whoever reads every round asks for
 * the forms of few. None of one that this release cannot read.
 */
const documents = new Map<string, { readonly form: string; readonly resolve: () => Form | undefined }>();

export function knowsDocument(sha256: string): boolean {
  return documents.has(sha256);
}

export function documentForm(sha256: string): Form | undefined {
  return documents.get(sha256)?.resolve();
}

/** @param form the id of the form that it is of */
export function keepDocument(sha256: string, form: string, resolve: () => Form | undefined): void {
  documents.set(sha256, { form, resolve: once(resolve) });
}

/** Every document of a form that has been read. */
export function documentForms(form: string): Form[] {
  return [...documents.values()].flatMap((each) => (each.form === form ? (each.resolve() ?? []) : []));
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What a round asks that pins a number and no document: what shipped under it when there were no others. */
export function unpinned(forms: Catalogue, form: string, version: number): Form | undefined {
  const shipped = forms.get(form)?.get(version);
  return shipped?.released?.() ?? shipped;
}

/**
 * The form at the version that the round pins: its document, or, of rounds that pin none, what shipped under that number.
 * None when the round does not ask it or the application lacks it.
 */
export function formOf(forms: Catalogue, round: Asking, form: string): Form | undefined {
  const version = own(round.forms, form);
  if (version === undefined) return undefined;
  const sha256 = own(round.documents, form);
  const pinned = sha256 === undefined ? unpinned(forms, form, version) : documentForm(sha256);
  return pinned && formIn(pinned, round).knowing({ round });
}

/** Those that ship first, in their order. */
export function formsOf(forms: Catalogue, round: Asking): Form[] {
  const ids = new Set([...forms.keys(), ...Object.keys(round.forms)]);
  return [...ids].flatMap((id) => formOf(forms, round, id) ?? []);
}

/** Whether the round asks a form, or pins a version of one, that the application does not have: it is older than the round. */
export function lacksForms(forms: Catalogue, round: Asking): boolean {
  return Object.keys(round.forms).some((id) => formOf(forms, round, id) === undefined);
}

/** The forms that a round asks, each at the version it pins. */

import { formWith } from './form.ts';
import type { Catalogue, Form } from './form.ts';
import type { RoundDefinition } from './round.ts';
import { printFiscalYear } from './values/partial-date.ts';

type Comparing = Pick<RoundDefinition, 'compareYear'>;
type Asking = Comparing & Pick<RoundDefinition, 'forms'>;

const compareYearName = '{compareYear}';

/** A text with the fiscal year that the round compares with in place of `{compareYear}`. */
export function withCompareYear(text: string, { compareYear }: Comparing): string {
  return text.replaceAll(compareYearName, compareYear === undefined ? '前回調査の年度' : printFiscalYear(compareYear));
}

function namesCompareYear({ items }: Form): boolean {
  return [...items.values()].some(({ definition: { label, help = '', listed = '' }, kind }) =>
    [label, help, String(listed), ...Object.values(kind.options ?? {})].some((text) => text.includes(compareYearName)),
  );
}

/** By form and year; none where no text names a year. */
const worded = new WeakMap<Form, Map<number | undefined, Form> | undefined>();

/** The form as it reads in a round: whoever shows its labels has it from here. */
export function formIn(form: Form, { compareYear }: Comparing): Form {
  if (!worded.has(form)) worded.set(form, namesCompareYear(form) ? new Map() : undefined);
  const byYear = worded.get(form);
  if (byYear === undefined) return form;
  const { id, version, title, units, help, report, fields, checks } = form;
  const known =
    byYear.get(compareYear) ??
    formWith(id, version, { title, units, help, ...(report === undefined ? {} : { report }) }, fields, {
      checks,
      measures: form.measures.map(({ measure }) => measure),
      wording: (text) => withCompareYear(text, { compareYear }),
    });
  byYear.set(compareYear, known);
  return known;
}

/** The form at the version that the round pins; none when the round does not ask it or the application lacks it. */
export function formOf(forms: Catalogue, round: Asking, form: string): Form | undefined {
  const version = Object.hasOwn(round.forms, form) ? round.forms[form] : undefined;
  const pinned = version === undefined ? undefined : forms.get(form)?.get(version);
  return pinned && formIn(pinned, round);
}

export function formsOf(forms: Catalogue, round: Asking): Form[] {
  return [...forms.keys()].flatMap((id) => formOf(forms, round, id) ?? []);
}

/** Whether the round asks a form, or pins a version of one, that the application does not have: it is older than the round. */
export function lacksForms(forms: Catalogue, round: Asking): boolean {
  return Object.keys(round.forms).some((id) => formOf(forms, round, id) === undefined);
}

/** The forms that a round asks, each at the version it pins. */

import type { Catalogue, Form } from './form.ts';
import type { RoundDefinition } from './round.ts';

type Asking = Pick<RoundDefinition, 'forms'>;

/** The form at the version that the round pins; none when the round does not ask it or the application lacks it. */
export function formOf(forms: Catalogue, round: Asking, form: string): Form | undefined {
  const version = Object.hasOwn(round.forms, form) ? round.forms[form] : undefined;
  return version === undefined ? undefined : forms.get(form)?.get(version);
}

export function formsOf(forms: Catalogue, round: Asking): Form[] {
  return [...forms.keys()].flatMap((id) => formOf(forms, round, id) ?? []);
}

/** Whether the round asks a form, or pins a version of one, that the application does not have: it is older than the round. */
export function lacksForms(forms: Catalogue, round: Asking): boolean {
  return Object.keys(round.forms).some((id) => formOf(forms, round, id) === undefined);
}

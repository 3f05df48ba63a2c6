/** What the tests of the forms share: a round, and the findings of a form on answers. */

import { readFileSync } from 'node:fs';
import { editChecks } from '../../../../functions/domain/edit-checks.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import type { Round } from '../../../../schemas/round.ts';

export const round: Round = {
  id: 'r6',
  name: '令和6年度調査',
  fiscalYear: 2024,
  compareYear: 2022,
  referenceDate: '2024-09-30',
  asOf: { consultation: '2024-04-01' },
  period: { from: '2023-04', to: '2024-09' },
  forms: { 'municipal-survey': 2024, 'council-report': 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
  directoryVersion: 1,
};

interface About {
  readonly unit?: string;
  readonly round?: Round;
  readonly previous?: Answers;
}

/** The keys of the checks of a severity that strike. */
export function strikes(
  form: Form,
  severity: 'refuse' | 'askReason' | 'note',
  answers: Answers,
  about: About = {},
): string[] {
  return editChecks(form, answers, { unit: '111007', round, ...about })
    .filter((finding) => finding.severity === severity)
    .map(({ key }) => key);
}

/** A file of test/fixtures. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows which form's answers the file holds
export function fixture<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url), 'utf8'));
}

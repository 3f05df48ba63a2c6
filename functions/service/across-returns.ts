/** The checks across returns, applied to what a round's municipalities and councils have submitted. */

import { isDraft } from '../../schemas/compile.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import { acrossQuestions, acrossReturns } from '../../schemas/forms/across-returns.ts';
import type { AcrossFinding, CouncilReport, MunicipalSurvey } from '../../schemas/forms/across-returns.ts';
import { councilReport2024 } from '../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../schemas/forms/municipal-survey/v2024.ts';
import { formOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { trackedReturn } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { asksAll, onlyQuestions } from '../domain/question-subset.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import { perLogNumber } from './per-log-number.ts';
import type { Service } from './service.ts';

export interface AcrossReturns {
  readonly findings: readonly AcrossFinding[];
  /** Titles of the round's forms that lack questions which the checks read: their returns are not checked. */
  readonly unchecked: readonly string[];
}

type Served = Pick<Service, 'store' | 'forms'>;

/** What the checks read has the shape that they know, whichever version asked it. */
function isSurvey(value: unknown): value is MunicipalSurvey {
  return isDraft(municipalSurvey2024, value);
}

function isReport(value: unknown): value is CouncilReport {
  return isDraft(councilReport2024, value);
}

interface Family<A> {
  /** As the round asks it; none where the round does not, or it lacks a question that the checks read. */
  readonly form: Form | undefined;
  readonly questions: readonly string[];
  readonly isKnown: (value: unknown) => value is A;
}

/**
 * By unit what counts, or, of a correction that was submitted again, the version that is to be decided about; with no
 * more than the checks read.
 */
async function answersOf<A>(
  { store }: Served,
  round: Round,
  state: RoundState,
  directory: Directory,
  { form, questions, isKnown }: Family<A>,
): Promise<ReadonlyMap<string, A>> {
  const answers = new Map<string, A>();
  if (form === undefined) return answers;
  const returns = countedForm(form, directory, state).returns.map((counted) => {
    const standing = trackedReturn(state, form.id, counted.unit.code);
    return standing.state === 'submitted' ? { ...counted, version: standing.version } : counted;
  });
  for await (const { unit, read } of versionsOfReturns(store, round.id, { form, returns })) {
    const value = onlyQuestions(read.answers, questions);
    if (isKnown(value)) answers.set(unit.code, value);
  }
  return answers;
}

async function findAcross(service: Served, round: Round, state: RoundState): Promise<AcrossReturns> {
  const directory = await service.store.directoryVersion(state.directoryVersion);
  const asked = (id: keyof typeof acrossQuestions): Form | undefined => formOf(service.forms, round, id);
  const isChecked = (id: keyof typeof acrossQuestions): boolean =>
    asksAll(asked(id)?.sections ?? [], acrossQuestions[id]);
  const familyOf = <A>(id: keyof typeof acrossQuestions, isKnown: Family<A>['isKnown']): Family<A> => ({
    form: isChecked(id) ? asked(id) : undefined,
    questions: acrossQuestions[id],
    isKnown,
  });
  const [municipalSurvey, councilReport] = await Promise.all([
    answersOf(service, round, state, directory, familyOf('municipal-survey', isSurvey)),
    answersOf(service, round, state, directory, familyOf('council-report', isReport)),
  ]);
  const unchecked = (['municipal-survey', 'council-report'] as const).flatMap((id) => {
    const form = asked(id);
    return form === undefined || isChecked(id) ? [] : [form.title];
  });
  return { findings: acrossReturns({ directory, municipalSurvey, councilReport }), unchecked };
}

const kept = perLogNumber(findAcross);

/** Every disagreement between the returns of a round that are submitted or accepted, at the log number of `state`. */
export function acrossReturnsOf(service: Served, round: Round, state: RoundState): Promise<AcrossReturns> {
  return kept(service, round.id, state.asOf.seq, round, state);
}

/** A questionnaire as a municipality will see it, to be answered for trial. */

import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import { placeOfUnit, unitsByCode } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { examine } from '../../domain/examination.ts';
import type { Examination } from '../../domain/examination.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { namesIn } from '../../domain/print-answer.ts';
import type { Filled } from '../answer/field-context.ts';
import { isInside, withPlaceLabel } from '../answer/findings.ts';
import type { WorkingCopy } from '../answer/working-copy.ts';
import { BackToList, WorkingCopyForm, WorkingCopyQuestions } from '../answer/working-copy-view.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { Notice } from '../shared/notice.tsx';
import type { Visit } from '../shared/visit.ts';

interface TrialViewProps {
  readonly visit: Visit;
  readonly form: Form;
  readonly trial: WorkingCopy;
  /** As if the round were held by it. */
  readonly directory: Directory;
  readonly round: Round;
  readonly action: string;
}

type Tried = Omit<TrialViewProps, 'action'>;

function examinationOf({ form, trial, directory, round }: Tried, { code }: ReportingUnit): Examination {
  const municipalities = unitsByCode(directory, 'municipality');
  return examine(
    form,
    trial.answers,
    {},
    {
      unit: code,
      round,
      municipalities,
      place: placeOfUnit(directory, form.units, code),
    },
  );
}

function filledBy({ visit, form, trial, directory, round }: Tried, unit: ReportingUnit): Filled {
  return {
    visit,
    key: { round: round.id, form: form.id, unit: unit.code },
    form: form.knowing({ unit, round }),
    round,
    directory,
    unit,
    names: namesIn(directory),
    isTrial: true,
    draft: { answers: trial.answers, reasons: {}, standing: { state: 'draft', version: 0 } },
  };
}

function Findings({ form, trial, examination }: Pick<TrialViewProps, 'form' | 'trial'> & { examination: Examination }) {
  const { notes } = examination;
  const unread = [...trial.problems].map(([path, message]) => ({ path, message, code: 'unreadable' }));
  // What cannot be read stands nowhere yet: that it is missing as well is no second error.
  const missing = examination.errors.filter(
    ({ path }) => !unread.some((each) => isInside(each.path, path) || isInside(path, each.path)),
  );
  const errors = [...unread, ...missing];
  if (errors.length === 0 && notes.length === 0)
    return <Notice kind="success" title="この回答は、このまま提出できる内容です。" />;
  return (
    <Notice
      kind="warning"
      title={
        errors.length === 0
          ? '提出できる内容です。次の点は、参考として表示されます。'
          : `このまま提出すると、次の${errors.length}件が示されます。`
      }
    >
      <ul>
        {errors.map((error) => (
          <li>{withPlaceLabel({ form }, trial.answers, error)}</li>
        ))}
        {notes.map(({ path, message }) => (
          <li>
            {path === '' ? '' : `${placeLabel({ form }, trial.answers, path)}：`}
            {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The questions of the page that the trial has come to. */
export function TrialQuestions(props: Tried) {
  const [unit] = unitsByCode(props.directory, props.form.units).values();
  if (unit === undefined)
    return <p>この調査票に回答する団体が名簿にないため、表示できません。名簿を確かめてください。</p>;
  return (
    <WorkingCopyQuestions filled={filledBy(props, unit)} copy={props.trial} examination={examinationOf(props, unit)} />
  );
}

export function TrialView(props: TrialViewProps) {
  const { visit, form, trial, directory, action } = props;
  const [unit] = unitsByCode(directory, form.units).values();
  if (unit === undefined) return <TrialQuestions {...props} />;
  const examination = examinationOf(props, unit);
  return (
    <>
      {trial.isChecked && <Findings form={form} trial={trial} examination={examination} />}
      <form method="post" action={action} data-trial>
        {/* Enter checks, and goes nowhere. */}
        <button type="submit" name="action" value="check" class="visually-hidden" tabindex={-1} aria-hidden="true">
          回答を確かめる
        </button>
        <CsrfField visit={visit} />
        <WorkingCopyForm filled={filledBy(props, unit)} copy={trial} examination={examination} />
        <div class="button-row">
          <Button name="action" value="check">
            回答を確かめる
          </Button>
          <BackToList copy={trial} />
        </div>
      </form>
    </>
  );
}

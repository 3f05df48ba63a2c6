/** A questionnaire as a municipality will see it, to be answered for trial. */

import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import { placeOfUnit, unitsByCode } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import { asOfDate } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { examine } from '../../domain/examination.ts';
import type { Examination } from '../../domain/examination.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { namesIn } from '../../domain/print-answer.ts';
import { fieldContext } from '../answer/field-context.ts';
import type { Filled } from '../answer/field-context.ts';
import { isInside, withPlaceLabel } from '../answer/findings.ts';
import { answersAt, listPlace, placeOf } from '../answer/place.ts';
import { FoldedEntries } from '../fields/folded-entries.tsx';
import { QuestionFields } from '../fields/fields.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { Notice } from '../shared/notice.tsx';
import type { Visit } from '../shared/visit.ts';
import { trialFields, trialList } from './trial.ts';
import type { Trial } from './trial.ts';

interface TrialViewProps {
  readonly visit: Visit;
  readonly form: Form;
  readonly trial: Trial;
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

function Sections({ form, trial }: Pick<TrialViewProps, 'form' | 'trial'>) {
  return (
    <nav aria-label="調査票の区分">
      <ul class="entry-list">
        {form.sections.map(({ key, definition }) => (
          <li>
            <button
              class="button button--text"
              name="action"
              value={`go:${key}`}
              aria-current={key === trial.address.section ? 'true' : undefined}
            >
              {numberedLabel(definition)}
            </button>
            {key === trial.address.section && '（表示中）'}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The questions of the page that the trial has come to. */
export function TrialPage(props: Tried) {
  const { form, trial, directory, round } = props;
  const { address, answers, problems, notices, post, isChecked } = trial;
  const list = trialList(form, answers, address);
  const place = list === undefined ? placeOf(form, address.section, address.entry, address.at) : listPlace(list);
  const [unit] = unitsByCode(directory, form.units).values();
  if (place === undefined || unit === undefined)
    return <p>この調査票に回答する団体が名簿にないため、表示できません。名簿を確かめてください。</p>;
  const context = fieldContext(filledBy(props, unit), place, post, {
    examination: examinationOf(props, unit),
    problems,
    notices,
    withMissing: isChecked,
  });
  const { help } = place.section.definition;
  const versions = { previous: undefined, submitted: undefined };
  return (
    <>
      <h2>{placeLabel({ form }, answers, place.path)}</h2>
      <p class="hint">{printPartialDate(asOfDate(round, place.section.key))}現在の状況を回答してください。</p>
      {help !== undefined && list === undefined && address.entry === undefined && <p class="preserved">{help}</p>}
      {list === undefined ? (
        <QuestionFields
          {...versions}
          context={context}
          items={place.items}
          base={place.base}
          scope={place.list === undefined ? '' : place.base}
          stored={answersAt(answers, place)}
        />
      ) : (
        <FoldedEntries
          {...versions}
          context={context}
          item={list}
          path={list.key}
          scope=""
          stored={answers[list.key]}
        />
      )}
    </>
  );
}

export function TrialView(props: TrialViewProps) {
  const { visit, form, trial, directory, action } = props;
  const { address, answers, isChecked } = trial;
  const [unit] = unitsByCode(directory, form.units).values();
  return (
    <>
      {isChecked && unit !== undefined && (
        <Findings form={form} trial={trial} examination={examinationOf(props, unit)} />
      )}
      <form method="post" action={action} data-trial>
        {/* Enter checks, and goes nowhere. */}
        <button type="submit" name="action" value="check" class="visually-hidden" tabindex={-1} aria-hidden="true">
          回答を確かめる
        </button>
        <CsrfField visit={visit} />
        <input type="hidden" name={trialFields.answers} value={JSON.stringify(answers)} />
        <input type="hidden" name={trialFields.section} value={address.section} />
        {address.entry !== undefined && <input type="hidden" name={trialFields.entry} value={address.entry} />}
        {address.at !== undefined && <input type="hidden" name={trialFields.at} value={address.at} />}
        <Sections form={form} trial={trial} />
        <TrialPage {...props} />
        <div class="button-row">
          <Button name="action" value="check">
            回答を確かめる
          </Button>
          {address.entry !== undefined && (
            <Button kind="secondary" name="action" value="back">
              一覧に戻る
            </Button>
          )}
        </div>
      </form>
    </>
  );
}

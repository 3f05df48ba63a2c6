/** The questions of a working copy of answers, with the way to each section, and what of it travels with the page. */

import type { Answers } from '../../../schemas/values/json.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import type { Examination } from '../../domain/examination.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { FoldedEntries } from '../fields/folded-entries.tsx';
import { QuestionFields } from '../fields/fields.tsx';
import { Button } from '../shared/button.tsx';
import { fieldContext } from './field-context.ts';
import type { Filled } from './field-context.ts';
import { answersAt, listPlace, placeOf } from './place.ts';
import { workingCopyFields, workingCopyList } from './working-copy.ts';
import type { WorkingCopy } from './working-copy.ts';

interface WorkingCopyProps {
  /** The return as if these were its answers. */
  readonly filled: Filled;
  readonly copy: WorkingCopy;
  readonly examination: Examination;
  /** What was answered last. */
  readonly last?: Answers | undefined;
  /** Whether reasons for what is left blank are kept with the fields. */
  readonly takesReasons?: boolean;
}

/** The questions of the page that it has come to. */
export function WorkingCopyQuestions({ filled, copy, examination, last, takesReasons = true }: WorkingCopyProps) {
  const { form, round } = filled;
  const { address, answers, problems, notices, post, isChecked } = copy;
  const list = workingCopyList(form, answers, address);
  const place = list === undefined ? placeOf(form, address.section, address.entry, address.at) : listPlace(list);
  if (place === undefined) return <></>;
  const context = {
    ...fieldContext(filled, place, post, { examination, problems, notices, withMissing: isChecked }),
    takesReasons,
  };
  const { help } = place.section.definition;
  const versions = { previous: last && answersAt(last, place), submitted: undefined };
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
          context={context}
          item={list}
          path={list.key}
          scope=""
          stored={answers[list.key]}
          previous={last?.[list.key]}
          submitted={undefined}
        />
      )}
    </>
  );
}

function Sections({ filled: { form }, copy }: Pick<WorkingCopyProps, 'filled' | 'copy'>) {
  return (
    <nav aria-label="調査票の区分">
      <ul class="entry-list">
        {form.sections.map(({ key, definition }) => (
          <li>
            <button
              class="button button--text"
              name="action"
              value={`go:${key}`}
              aria-current={key === copy.address.section ? 'true' : undefined}
            >
              {numberedLabel(definition)}
            </button>
            {key === copy.address.section && '（表示中）'}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What of it travels with the page; posted with whatever else the page has. */
export function WorkingCopyHidden({ copy: { answers, address } }: Pick<WorkingCopyProps, 'copy'>) {
  return (
    <>
      <input type="hidden" name={workingCopyFields.answers} value={JSON.stringify(answers)} />
      <input type="hidden" name={workingCopyFields.section} value={address.section} />
      {address.entry !== undefined && <input type="hidden" name={workingCopyFields.entry} value={address.entry} />}
      {address.at !== undefined && <input type="hidden" name={workingCopyFields.at} value={address.at} />}
    </>
  );
}

/** What stands in a form of it, whatever else that asks. */
export function WorkingCopyForm(props: WorkingCopyProps) {
  return (
    <>
      <WorkingCopyHidden copy={props.copy} />
      <Sections {...props} />
      <WorkingCopyQuestions {...props} />
    </>
  );
}

/** From an entry with a page of its own, one of a list inside a section too; nothing on other pages. */
export function BackToList({ copy: { address } }: Pick<WorkingCopyProps, 'copy'>) {
  if (address.entry === undefined && address.at === undefined) return <></>;
  return (
    <Button kind="secondary" name="action" value="back">
      一覧に戻る
    </Button>
  );
}

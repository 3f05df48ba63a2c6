/** The pages of an urgent inquiry: what is asked of whom until when, and the whole as it will be seen. */

import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { inquiryKinds, mostInquiryQuestions } from '../../domain/inquiry.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import {
  LabelledInput,
  LabelledSelect,
  LabelledTextArea,
  fieldId,
  linkedErrors,
} from '../shared/labelled-controls.tsx';
import type { Paths } from '../shared/paths.ts';
import { UnitPicker, unitFields } from '../shared/unit-picker.tsx';
import type { Visit } from '../shared/visit.ts';
import { askedField, inquiryUnitsOf, questionField } from './inquiry-form.ts';
import type { InquiryFields } from './inquiry-form.ts';

export const inquiryTitle = '緊急照会を作る';

export function InquiryTrail({ paths }: { readonly paths: Paths }) {
  return <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, { label: inquiryTitle }]} />;
}

interface QuestionProps {
  readonly fields: InquiryFields;
  readonly index: number;
  readonly errorAt: (field: string) => string | undefined;
}

function Question({ fields, index, errorAt }: QuestionProps) {
  const question = fields.questions[index];
  if (question === undefined) return <></>;
  const { kind, label, options, unit, isRequired } = question;
  const name = (member: Parameters<typeof questionField>[1]): string => questionField(index, member);
  const required = name('required');
  return (
    <fieldset class="entry" id={`question-${index + 1}`} tabindex={-1}>
      <legend>問{index + 1}</legend>
      <LabelledInput name={name('label')} label="質問" value={label} error={errorAt(name('label'))} />
      <LabelledSelect name={name('kind')} label="答え方" value={kind} options={inquiryKinds} />
      <LabelledTextArea
        id={fieldId(name('options'))}
        name={name('options')}
        label="選択肢"
        hint="「一つ選択」「複数選択」の場合に、1行に1つずつ入力してください。「その他」には、内容の記入欄が付きます。"
        value={options}
        error={errorAt(name('options'))}
      />
      <LabelledInput
        name={name('unit')}
        label="単位"
        hint="「数」の場合に入力してください。例：人、件"
        value={unit}
        error={errorAt(name('unit'))}
        class="input--short"
      />
      <div class="form-group">
        <label class="choice">
          <input type="checkbox" name={required} value="1" checked={isRequired} /> 必ず回答してもらう
        </label>
      </div>
      {fields.questions.length > 1 && (
        <Button kind="secondary" name="action" value={`remove:${index}`}>
          問{index + 1}を削除する
        </Button>
      )}
    </fieldset>
  );
}

interface InquiryFormProps {
  readonly visit: Visit;
  readonly fields: InquiryFields;
  readonly errors: readonly FieldError[];
  /** None as long as the prefecture has none. */
  readonly directory: Directory | undefined;
}

export function InquiryForm({ visit, fields, errors, directory }: InquiryFormProps) {
  const { paths } = visit;
  const errorAt = (field: string): string | undefined => errors.find(({ path }) => path === field)?.message;
  const { title, help, units, dueAt, asked, questions } = fields;
  return (
    <>
      <InquiryTrail paths={paths} />
      <ErrorSummary errors={linkedErrors(errors)} />
      <h1>{inquiryTitle}</h1>
      <p>
        質問は{mostInquiryQuestions}
        問までです。次の画面で、市町村に表示される内容を確かめてから始めます。条件付きの質問や表が必要な調査は、「調査票」からExcelで作成してください。
      </p>
      <form method="post" action={paths.newInquiry}>
        {/* Enter shows what was typed, and removes nothing. */}
        <button type="submit" name="action" value="check" class="visually-hidden" tabindex={-1} aria-hidden="true">
          内容を確かめる
        </button>
        <CsrfField visit={visit} />
        <input type="hidden" name="count" value={String(questions.length)} />
        <LabelledInput
          name="title"
          label="照会の名称"
          hint="例：大雪時の相談支援体制に関する緊急照会"
          value={title}
          error={errorAt('title')}
        />
        <LabelledInput
          name="dueAt"
          label="回答期限"
          hint="この日の終わりまで期限内として受け付けます。例：令和7年2月14日"
          value={dueAt}
          error={errorAt('dueAt')}
          class="input--date"
        />
        <LabelledSelect name="units" label="照会先" value={units} options={inquiryUnitsOf(directory)} />
        {directory !== undefined && (
          <UnitPicker
            name={askedField}
            legend="照会先の団体"
            directory={directory}
            kinds={['municipality', 'council', ...(directory.kinds ?? []).map(({ id }) => id)]}
            picked={asked}
            error={errorAt(askedField)}
          />
        )}
        <LabelledTextArea
          id={fieldId('help')}
          name="help"
          label="記入要領"
          hint="照会の趣旨、回答に当たっての注意など。空欄でも構いません。"
          value={help}
          error={errorAt('help')}
        />
        {questions.map((_, index) => (
          <Question fields={fields} index={index} errorAt={errorAt} />
        ))}
        <div class="button-row">
          {questions.length < mostInquiryQuestions && (
            <Button kind="secondary" name="action" value="add">
              質問を追加する
            </Button>
          )}
          <Button name="action" value="check">
            内容を確かめる
          </Button>
          <a href={paths.home}>作らずに戻る</a>
        </div>
      </form>
    </>
  );
}

/** What was typed, carried to the next post. */
export function InquiryHidden({ fields }: { readonly fields: InquiryFields }) {
  const { title, help, units, dueAt, asked, questions } = fields;
  const values: [string, string][] = [
    ['title', title],
    ['help', help],
    ['units', units],
    ['dueAt', dueAt],
    ...unitFields(askedField, asked),
    ['count', String(questions.length)],
    ...questions.flatMap(({ kind, label, options, unit, isRequired }, index): [string, string][] => [
      [questionField(index, 'kind'), kind],
      [questionField(index, 'label'), label],
      [questionField(index, 'options'), options],
      [questionField(index, 'unit'), unit],
      [questionField(index, 'required'), isRequired ? '1' : ''],
    ]),
  ];
  return (
    <>
      {values.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

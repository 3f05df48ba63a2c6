/** The fields of a round, with what is wrong with them and what somebody else has saved meanwhile. */

import type { Catalogue } from '../../../schemas/form.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { formIn } from '../../../schemas/round-forms.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import type { RoundFields } from './round-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { LabelledSelect, LabelledInput, fieldId } from '../shared/labelled-controls.tsx';
import type { Visit } from '../shared/visit.ts';

const plainLabels = [
  ['id', '識別子'],
  ['name', '調査の名称'],
  ['fiscalYear', '年度'],
  ['compareYear', '比較する年度'],
  ['referenceDate', '基準日'],
  ['period.from', '対象期間の始まり'],
  ['period.to', '対象期間の終わり'],
  ['opensAt', '受付開始'],
  ['dueAt', '提出期限'],
  ['closesAt', '受付終了'],
] as const;

/** The newest version of every form. */
function newestForms(forms: Catalogue) {
  return [...forms.values()].flatMap((versions) =>
    [...versions.values()]
      .toSorted((a, b) => b.version - a.version)
      .slice(0, 1)
      .map((form) => formIn(form, {})),
  );
}

/** What stands beside each field of the form. */
export function roundLabels(forms: Catalogue): ReadonlyMap<string, string> {
  const labels = new Map<string, string>(plainLabels);
  for (const form of newestForms(forms)) {
    labels.set(`forms.${form.id}`, form.title);
    for (const section of form.sections)
      labels.set(`asOf.${section.key}`, `${numberedLabel(section.definition)}の基準日`);
  }
  return labels;
}

export interface RoundFormProps {
  readonly visit: Visit;
  /** What a round may ask. */
  readonly forms: Catalogue;
  /** The round that is changed; none while one is created. */
  readonly round: Round | undefined;
  readonly fields: RoundFields;
  readonly seen: string;
  /** Of a new round, the one whose texts it may take over. */
  readonly copied?: Pick<Round, 'id' | 'name'> | undefined;
  /** Whether it is chosen to take them over. */
  readonly copiesTexts?: boolean;
  /** Whether municipalities are mailed when the due date is moved. */
  readonly mailsDueDate?: boolean;
  readonly errors: readonly FieldError[];
  /** Saved by somebody else since the page was opened. */
  readonly meanwhile?: RoundFields;
}

const dateHint = '例：令和6年11月29日';
const dueDateMails =
  '変更すると、数分以内に、未提出の市町村に「提出期限の変更」のメールが送られます（送らない場合は、先に「メール」の画面で止めてください）。';

/** The field that an error is of: the end of a period that ends before it begins, the first questionnaire where none is chosen. */
function fieldOf({ path }: FieldError, forms: RoundFormProps['forms']): string {
  if (path === 'period') return 'period.to';
  const [first] = forms.keys();
  return path === 'forms' && first !== undefined ? `forms.${first}` : path;
}

function Fields({ forms, round, fields, errors, mailsDueDate }: RoundFormProps) {
  const labels = roundLabels(forms);
  const text = (name: string, rest: { hint?: string; class?: string; readonly?: boolean } = {}) => (
    <LabelledInput
      name={name}
      label={labels.get(name) ?? name}
      value={fields.get(name) ?? ''}
      error={errors.find((error) => fieldOf(error, forms) === name)?.message}
      {...rest}
    />
  );
  const date = (name: string, hint = dateHint) => text(name, { hint, class: 'input--date' });
  return (
    <>
      {text('name')}
      {text('fiscalYear', { hint: '例：令和7年度、2025', class: 'input--short' })}
      {text('compareYear', { hint: '比べない場合は空欄にしてください。', class: 'input--short' })}
      <h2>調査票</h2>
      {[...forms].map(([id, versions]) => (
        <LabelledSelect
          name={`forms.${id}`}
          label={labels.get(`forms.${id}`) ?? id}
          value={fields.get(`forms.${id}`) ?? ''}
          options={[
            ['', '使わない'],
            ...[...versions.keys()].map((version): [string, string] => [String(version), `${version}年版`]),
          ]}
          error={errors.find((error) => fieldOf(error, forms) === `forms.${id}`)?.message}
        />
      ))}
      <h2>日付</h2>
      {date('referenceDate', `調査の基準日です。作成するとき、この日に有効な名簿が使われます。${dateHint}`)}
      {date('period.from', '開催回数等を数える期間です。例：令和5年4月')}
      {date('period.to', '例：令和6年9月')}
      {date('opensAt')}
      {date('dueAt', `この日の終わりまで期限内として受け付けます。${mailsDueDate ? dueDateMails : ''}${dateHint}`)}
      {date('closesAt', '期限後の受付を終える日です。終えない場合は空欄にしてください。')}
      <details open={errors.some(({ path }) => path.startsWith('asOf.'))}>
        <summary>区分ごとに異なる基準日</summary>
        <div>
          <p class="hint">空欄の区分は、調査の基準日現在で回答します。</p>
          {[...labels.keys()].filter((name) => name.startsWith('asOf.')).map((name) => date(name))}
        </div>
      </details>
      <details open={errors.some(({ path }) => path === 'id')}>
        <summary>技術的な情報</summary>
        <div>
          {text('id', {
            hint:
              round === undefined
                ? 'アドレスや出力で調査を区別する名前です。自動で付けたままでかまいません。変える場合は、半角英数字とハイフンで入力してください。作成後は変更できません。'
                : 'アドレスや出力で調査を区別する名前です。変更できません。',
            class: 'input--short',
            readonly: round !== undefined,
          })}
        </div>
      </details>
    </>
  );
}

interface MeanwhileProps extends Pick<RoundFormProps, 'fields'> {
  readonly meanwhile: RoundFields;
  readonly labels: ReadonlyMap<string, string>;
}

function SavedMeanwhile({ fields, meanwhile, labels }: MeanwhileProps) {
  const differing = [...labels].filter(([name]) => (meanwhile.get(name) ?? '') !== (fields.get(name) ?? ''));
  return (
    <Notice kind="warning" title="表示後に他の人が設定を保存しました。入力した内容はまだ保存されていません。">
      <p>下の内容でよければ、もう一度保存してください。次の項目は、入力した内容に置き換わります。</p>
      <dl class="summary-list">
        {differing.map(([name, label]) => (
          <div>
            <dt>保存されている「{label}」</dt>
            <dd>{meanwhile.get(name) || '（空欄）'}</dd>
          </div>
        ))}
      </dl>
    </Notice>
  );
}

export function RoundForm(props: RoundFormProps) {
  const { visit, forms, round, fields, errors, seen, meanwhile } = props;
  const { paths } = visit;
  const isUnsaved = errors.length > 0 || visit.recovered !== undefined || meanwhile !== undefined;
  return (
    <>
      {errors.length > 0 && (
        <ErrorSummary
          errors={errors.map((error) => ({ href: `#${fieldId(fieldOf(error, forms))}`, message: error.message }))}
        />
      )}
      {visit.recovered !== undefined && <RecoveredNotice />}
      {meanwhile !== undefined && <SavedMeanwhile fields={fields} meanwhile={meanwhile} labels={roundLabels(forms)} />}
      <form
        method="post"
        action={round === undefined ? paths.newRound : paths.roundSettings(round.id)}
        data-warn
        data-unsaved={isUnsaved ? '' : undefined}
      >
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={seen} />
        <Fields {...props} />
        {round === undefined && props.copied !== undefined && (
          <>
            <input type="hidden" name="last" value={props.copied.id} />
            <label class="choice">
              <input type="checkbox" name="copyTexts" value={props.copied.id} checked={props.copiesTexts} />
              <span>
                「{props.copied.name}
                」の依頼文・記入要領、メールの設定・文面及び照会先を写す（年度や日付は、作成した後に直してください）
              </span>
            </label>
          </>
        )}
        {round === undefined && (
          <p class="hint">「公開せずに作成する」では、公開するまで市町村に見えません。内容を整えてから公開できます。</p>
        )}
        <div class="button-row">
          <Button>{round === undefined ? '調査を作成する' : '設定を保存する'}</Button>
          {round === undefined && (
            <Button kind="secondary" name="draft" value="1">
              公開せずに作成する
            </Button>
          )}
          <a href={round === undefined ? paths.home : paths.round(round.id)}>保存せずに戻る</a>
        </div>
      </form>
    </>
  );
}

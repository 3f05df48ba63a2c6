/** The two pages of a correction by the prefecture: the questions, and what it would change. */

import { randomUUID } from 'node:crypto';
import type { FieldError } from '../../../schemas/problem.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Reasons, Version } from '../../../schemas/return.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import { answerBlocks, changedOnly } from '../../domain/answer-rows.ts';
import { withComputed } from '../../domain/computed.ts';
import type { Examination } from '../../domain/examination.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { AnswersView } from '../shared/answers-view.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledTextArea, fieldId, linkedErrors } from '../shared/labelled-controls.tsx';
import { Notice } from '../shared/notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { withPlaceLabel, withQuestionLabel } from './findings.ts';
import { fileHrefOf } from './opened.ts';
import type { Opened } from './opened.ts';
import { ReasonField, isReasonField, reasonName } from './reason-field.tsx';
import type { WorkingCopy } from './working-copy.ts';
import { BackToList, WorkingCopyForm, WorkingCopyHidden } from './working-copy-view.tsx';

export const correctionTitle = '職権訂正';
export const correctionLabels = { correctionReason: '職権訂正の理由' } as const;

interface CorrectionProps {
  readonly opened: Opened;
  readonly version: Pick<Version, 'version' | 'answers'>;
  readonly copy: WorkingCopy;
  readonly post: Posted;
  readonly reason: string;
  /** As they would be submitted, on the second page. */
  readonly answers: Answers;
  readonly reasons: Reasons;
  readonly examination: Examination;
  readonly last: Answers | undefined;
  readonly isReview: boolean;
  readonly errors: readonly FieldError[];
  readonly reasonErrors: ReadonlyMap<string, string>;
}

function ReasonOfCorrection({ reason, errors }: Pick<CorrectionProps, 'reason' | 'errors'>) {
  return (
    <LabelledTextArea
      id={fieldId('correctionReason')}
      name="correctionReason"
      label={correctionLabels.correctionReason}
      hint="市町村の画面、履歴、受付の記録及び庁内用の出力に表示されます。例：電話で確認し、転記の誤りを訂正"
      value={reason}
      error={errors[0]?.message}
      rows={2}
    />
  );
}

/** Reasons given on the second page, while the first is shown again. */
function ReasonsHidden({ post }: Pick<CorrectionProps, 'post'>) {
  return (
    <>
      {[...post].flatMap(([name, values]) =>
        isReasonField(name) ? values.map((value) => <input type="hidden" name={name} value={value} />) : [],
      )}
    </>
  );
}

function Entering(props: CorrectionProps) {
  const { opened, copy, examination, last, reasons } = props;
  return (
    <>
      <p>
        提出された回答を、県が訂正します。訂正する項目のある区分を選び、正しい内容を入力してください。複数の区分にわたってもかまいません。提出するまで、回答は変わりません。
      </p>
      <ReasonsHidden {...props} />
      <WorkingCopyForm
        filled={{ ...opened, draft: { ...opened.draft, answers: copy.answers, reasons } }}
        copy={copy}
        examination={examination}
        last={last}
        takesReasons={false}
      />
      <ReasonOfCorrection {...props} />
      <div class="button-row">
        <Button name="action" value="check">
          訂正する内容を確かめる
        </Button>
        <BackToList copy={copy} />
        <a href={opened.visit.paths.review(opened.key)}>訂正せずに回答へ戻る</a>
      </div>
    </>
  );
}

function Changes({ opened, version, answers }: CorrectionProps) {
  const { form, names } = opened;
  const computed = { now: withComputed(form, answers), was: withComputed(form, version.answers) };
  const blocks = changedOnly(
    answerBlocks({ sections: form.sections, answers: computed.now, names, compared: computed.was }),
  );
  return (
    <>
      <h2>訂正する内容</h2>
      {blocks.length === 0 ? (
        <p>変更された項目はありません。</p>
      ) : (
        <AnswersView
          blocks={blocks}
          fileHref={fileHrefOf(opened)}
          comparedWith={`第${version.version}版の回答`}
          headingLevel={3}
        />
      )}
    </>
  );
}

function Faults({ opened, answers, examination }: CorrectionProps) {
  const faults = examination.errors.filter(({ check }) => check === undefined);
  if (faults.length === 0) return <></>;
  return (
    <Notice kind="warning" title={`この内容では提出できません（${faults.length}件）。入力に戻って直してください。`}>
      <ul>
        {faults.map((error) => (
          <li>{withPlaceLabel(opened, answers, error)}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Reviewing(props: CorrectionProps) {
  const { opened, version, copy, post, answers, reasons, examination, reasonErrors } = props;
  const { asked, errors } = examination;
  const { acceptedVersion } = opened.draft.standing;
  const isChanged = !sameAnswers(answers, version.answers);
  const isFine = errors.every(({ check }) => check !== undefined);
  return (
    <>
      <WorkingCopyHidden copy={copy} />
      <input type="hidden" name="idempotency-key" value={randomUUID()} />
      <Faults {...props} />
      <Changes {...props} />
      {asked.length > 0 && (
        <section aria-labelledby="reasons">
          <h2 id="reasons">確認事項：数値に誤りがなければ、理由を記入してください</h2>
          {asked.map((finding) => (
            <ReasonField
              finding={finding}
              opened={{ ...opened, draft: { ...opened.draft, answers, reasons } }}
              post={post}
              reasonErrors={reasonErrors}
              isLinked={false}
            />
          ))}
        </section>
      )}
      <h2>提出</h2>
      <p>
        提出すると新しい版として記録され、理由と変更点が市町村の画面に表示されます。
        {opened.visit.service.mailSite.isSending &&
          '連絡先のある市町村には、自動のメールを止めていなければ、メールでも知らせます。'}
        その後、確認済にしてください。
        {acceptedVersion !== undefined && `それまでは、確認済の第${acceptedVersion}版を集計に数えます。`}
      </p>
      <ReasonOfCorrection {...props} />
      <div class="button-row">
        {isChanged && isFine && (
          <Button name="action" value="submit">
            職権訂正として提出する
          </Button>
        )}
        <Button kind="secondary" name="action" value="edit">
          入力に戻る
        </Button>
        <a href={opened.visit.paths.review(opened.key)}>訂正せずに回答へ戻る</a>
      </div>
    </>
  );
}

export function CorrectionView(props: CorrectionProps) {
  const { opened, copy, isReview, errors, reasonErrors } = props;
  const { visit, unit, form, round, key, draft } = opened;
  const links = [
    ...[...copy.problems].map(([path, message]) => ({
      href: `#${path}`,
      message: withQuestionLabel(opened, path, message),
    })),
    ...[...reasonErrors].map(([name, message]) => ({ href: `#${reasonName(name)}`, message })),
    ...linkedErrors(errors),
  ];
  return (
    <>
      <RoundNav
        paths={visit.paths}
        round={round}
        current="round"
        trail={[{ label: `${unit.name} ${form.title}`, href: visit.paths.review(key) }, { label: correctionTitle }]}
      />
      <ErrorSummary errors={links} />
      <h1>
        {unit.name}　{form.title}
        <br />
        {correctionTitle}
      </h1>
      <form method="post" action={visit.paths.correction(key)} data-trial>
        {/* Enter looks at the changes, and submits nothing. */}
        <button type="submit" name="action" value="check" class="visually-hidden" tabindex={-1} aria-hidden="true">
          訂正する内容を確かめる
        </button>
        <CsrfField visit={visit} />
        <input type="hidden" name="etag" value={draft.etag({ kind: 'return' })} />
        {isReview ? <Reviewing {...props} /> : <Entering {...props} />}
      </form>
    </>
  );
}

/** Sending a return back: a comment, and a reason at each question chosen. */

import type { Version } from '../../../schemas/return.ts';
import type { Standing } from '../../domain/life.ts';
import type { FoundReturn } from '../../service/access.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import type { LinkedError } from '../shared/error-summary.tsx';
import type { Visit } from '../shared/visit.ts';
import { commentField, reasonField } from './decision-form.ts';
import type { DecisionFields } from './decision-form.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { LabelledTextArea } from '../shared/labelled-controls.tsx';

export interface SendBackProps {
  readonly visit: Visit;
  readonly found: FoundReturn;
  readonly suffix: string;
  readonly version: Version;
  readonly standing: Standing;
  readonly fields: DecisionFields;
  readonly errors: readonly LinkedError[];
  readonly answers: ReadonlyMap<string, string>;
}

function errorAt(errors: readonly LinkedError[], id: string): string | undefined {
  return errors.find(({ href }) => href === `#${id}`)?.message;
}

function SendBackForm({ visit, found, suffix, version, standing, fields, errors, answers }: SendBackProps) {
  const isCorrection = standing.state === 'accepted';
  return (
    <form method="post" action={visit.paths.decision(found.key) + suffix}>
      <CsrfField visit={visit} />
      <input type="hidden" name="decision" value="return" />
      <input type="hidden" name="version" value={fields.version} />
      <LabelledTextArea
        id={commentField}
        name={commentField}
        label={isCorrection ? '訂正をお願いする理由（必須）' : '差戻しの理由（必須）'}
        hint="市町村の「調査の一覧」と回答の画面に表示されます。"
        value={fields.comment}
        error={errorAt(errors, commentField)}
      />
      <h2>項目ごとの理由（{fields.questions.length}件）</h2>
      <p>
        {fields.questions.length === 0
          ? '項目は選ばれていません。全体の理由だけで差し戻すこともできます。'
          : '選んだ項目ごとに、直してほしい点を必ず記入してください。'}
      </p>
      {fields.questions.map(({ path, reason }, index) => (
        <>
          <input type="hidden" name="question" value={path} />
          <LabelledTextArea
            id={reasonField(index)}
            name="reason"
            label={placeLabel(found, version.answers, path)}
            hint={`提出された回答：${answers.get(path) ?? ''}`}
            value={reason}
            error={errorAt(errors, reasonField(index))}
          />
        </>
      ))}
      <div class="button-row">
        <Button kind="danger">{isCorrection ? '訂正のため差し戻す' : '差し戻す'}</Button>
        <a href={visit.paths.review(found.key) + suffix}>差し戻さずに回答へ戻る</a>
      </div>
    </form>
  );
}

export function titleOf({ standing }: Pick<SendBackProps, 'standing'>): string {
  return standing.state === 'accepted' ? '確認済の回答を訂正のため差し戻す' : '差し戻す';
}

export function SendBackView(props: SendBackProps) {
  const { visit, found, version, suffix, errors } = props;
  const { unit, form, round, key } = found;
  const title = titleOf(props);
  return (
    <>
      <RoundNav
        paths={visit.paths}
        round={round}
        current="round"
        trail={[{ label: `${unit.name} ${form.title}`, href: visit.paths.review(key) + suffix }, { label: title }]}
      />
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      <p>
        {unit.name}　{form.title}　第{version.version}版
      </p>
      <SendBackForm {...props} />
    </>
  );
}

/** Printing Σ figures anew before three units differ: a decision of the prefecture, with a reason, before the export. */

import type { Hono } from 'hono';
import { unitsByCode } from '../../../schemas/directory.ts';
import { questionName } from '../../../schemas/export.ts';
import type { QuestionName } from '../../../schemas/export.ts';
import { classNamed } from '../../../schemas/unit-classes.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { Round } from '../../../schemas/round.ts';
import { isBlank, isLongerThan, isStorable, unstorableText } from '../../../schemas/values/text.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { roundAsOf } from '../../domain/log.ts';
import { heldFigures } from '../../service/figure-releases.ts';
import type { HeldQuestion } from '../../service/held-figures.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import type { LinkedError } from '../shared/error-summary.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { fieldId, LabelledTextArea } from '../shared/labelled-controls.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const title = '合計のみを公表する項目の繰上げ公表';
const mostCharacters = 1000;

interface Held {
  readonly seq: number;
  readonly questions: readonly HeldQuestion[];
  readonly unitName: (form: string, unit: string) => string;
  readonly questionLabel: (held: HeldQuestion) => string;
  /** Where figures are published by a class, and some of them cannot be. */
  readonly withoutTable: { readonly label: string; readonly questions: readonly string[] } | undefined;
}

async function readHeld({ service }: Visit, round: Round): Promise<Held> {
  const { state, held: questions, byClass } = await heldFigures(service, round);
  const directory = await service.store.directoryOfRound(roundAsOf(round, state));
  const asked = new Map(
    formsOf(service.forms, round).map((form) => [form.id, { form, units: unitsByCode(directory, form.units) }]),
  );
  const by = classNamed(directory, byClass?.by);
  const labelOf = ({ form, question }: QuestionName): string => {
    const known = asked.get(form)?.form;
    const item = known?.items.get(question);
    const measure = known?.measures.find(({ measure: { id } }) => id === question)?.measure;
    return [known?.title, item === undefined ? (measure?.label ?? question) : numberedLabel(item.definition)].join(
      '・',
    );
  };
  return {
    seq: state.asOf.seq,
    withoutTable: by && { label: by.label, questions: byClass?.leftOut.map(labelOf) ?? [] },
    questions,
    unitName: (form, unit) => asked.get(form)?.units.get(unit)?.name ?? unit,
    questionLabel: ({ form, question, rows }) => {
      const known = asked.get(form)?.form;
      const section = known?.sections.find(({ id }) => id === question.split('.')[0] && id !== question);
      const names = [known?.title, section && numberedLabel(section.definition), rows[0] && numberedLabel(rows[0])];
      return names.filter((name) => name !== undefined).join('・');
    },
  };
}

interface Typed {
  readonly chosen: readonly string[];
  readonly reason: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** The log has moved on while somebody read the page. */
  readonly isOutdated?: true;
}

/** What was typed when the session ended, or nothing. */
function recoveredTyped({ recovered }: Visit): Typed {
  return { chosen: recovered?.getAll('question') ?? [], reason: recovered?.get('reason') ?? '', errors: [] };
}

async function heldPage(
  c: WebContext,
  visit: Visit,
  round: Round,
  typed: Typed = recoveredTyped(visit),
): Promise<Response> {
  const { paths } = visit;
  const { seq, questions, unitName, questionLabel, withoutTable } = await readHeld(visit, round);
  const { chosen, reason, errors, isOutdated } = typed;
  const linked = errors.map(({ field, message }): LinkedError => ({ href: `#${fieldId(field)}`, message }));
  return page(
    c,
    {
      title,
      wide: true,
      status: errors.length > 0 ? 422 : isOutdated ? 412 : 200,
      hasErrors: errors.length > 0,
    },
    <>
      <RoundNav paths={paths} round={round} current="exports" trail={[{ label: title }]} />
      {errors.length > 0 && <ErrorSummary errors={linked} />}
      {visit.recovered !== undefined && <RecoveredNotice />}
      {isOutdated && (
        <Notice kind="warning" title="まだ記録していません。">
          <p>この画面を開いた後に、調査の状況が変わりました。表示した団体を確かめて、もう一度確定してください。</p>
        </Notice>
      )}
      {c.req.query('done') === 'released' && (
        <Notice kind="success" title="繰上げ公表を履歴に記録しました。">
          <p>次に行う出力から、現在の集計値を記載します。</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p>
        合計のみを公表する項目は、公表済みの版と異なる回答が３団体に満たないとき、版の差からその団体の回答が分かります。このため、３団体に達するまでは公表済みの集計値をそのまま記載します。差から回答が分かっても公表する必要がある項目は、次の出力の前に、ここで選んで理由を記録してください。
      </p>
      {questions.length === 0 ? (
        <p>公表済みの集計値のまま記載する項目はありません。</p>
      ) : (
        <form method="post" action={paths.releases(round.id)}>
          <CsrfField visit={visit} />
          <input type="hidden" name="seen" value={String(seq)} />
          <div class="table-scroll">
            <table id={fieldId('question')} tabindex={-1}>
              <caption>公表済みの集計値のまま記載する項目（履歴の番号 {seq} 現在）</caption>
              <thead>
                <tr>
                  <th scope="col">繰り上げて公表する項目</th>
                  <th scope="col">公表済みの集計値の時点</th>
                  <th scope="col">差から回答が分かる団体</th>
                </tr>
              </thead>
              <tbody>
                {questions.map((held) => (
                  <tr>
                    <th scope="row">
                      <label>
                        <input
                          type="checkbox"
                          name="question"
                          value={questionName(held)}
                          checked={chosen.includes(questionName(held))}
                        />{' '}
                        {questionLabel(held)}
                      </label>
                    </th>
                    <td>{held.rows[0]?.asOf !== undefined && <DateTime at={new Date(held.rows[0].asOf.at)} />}</td>
                    <td>{held.units.map((unit) => unitName(held.form, unit)).join('、')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <LabelledTextArea
            id={fieldId('reason')}
            name="reason"
            label="理由"
            hint="履歴に残ります。公表されません。"
            value={reason}
            error={errors.find(({ field }) => field === 'reason')?.message}
          />
          <div class="button-row">
            <Button>選んだ項目の繰上げ公表を確定する</Button>
            <a href={paths.exports(round.id)}>確定せずに戻る</a>
          </div>
        </form>
      )}
      {withoutTable !== undefined && withoutTable.questions.length > 0 && (
        <>
          <h2>{withoutTable.label}別の表を載せない項目</h2>
          <p>
            回答が３団体に満たない区分があるか、公表済みの値との差から１団体又は２団体の回答が分かるため、次の項目は
            {withoutTable.label}
            別の表を載せません。繰り上げて公表する項目の表は、上の欄に示した団体のほかに回答が分かる団体がない場合に限り載せます。
          </p>
          <ul>
            {withoutTable.questions.map((label) => (
              <li>{label}</li>
            ))}
          </ul>
        </>
      )}
    </>,
  );
}

function reasonError(reason: string): string | undefined {
  if (isBlank(reason)) return '理由を入力してください。';
  if (isLongerThan(reason, mostCharacters)) return `理由は${mostCharacters}文字以内で入力してください。`;
  return isStorable(reason) ? undefined : unstorableText;
}

async function release(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const [chosen, reason] = [post.all('question'), post.text('reason')];
  const wrong = reasonError(reason);
  const errors = [
    ...(chosen.length === 0 ? [{ field: 'question', message: '繰り上げて公表する項目を選んでください。' }] : []),
    ...(wrong === undefined ? [] : [{ field: 'reason', message: wrong }]),
  ];
  if (errors.length > 0) return heldPage(c, visit, round, { chosen, reason, errors });
  const seen = Number(post.text('seen'));
  const outcome = await service.releaseFigures(round, { questions: chosen, reason, seen }, person.name);
  if (outcome.ok) return c.redirect(withParameters(paths.releases(round.id), { done: 'released' }), 303);
  return outcome.problem.code === 'precondition-failed'
    ? heldPage(c, visit, round, { chosen, reason, errors: [], isOutdated: true })
    : refusalPage(c, outcome.problem, { href: paths.exports(round.id), label: '出力の一覧へ戻る' });
}

export function releasePages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/releases', roundAdmitted('exports.publish', heldPage));
  app.post('/rounds/:round/releases', roundAdmitted('exports.publish', release));
}

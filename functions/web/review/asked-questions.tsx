/** Questions of municipalities to the prefecture: those without an answer first, and the page on which one is answered. */

import type { Hono } from 'hono';
import { answerToGive, longestAnswer } from '../../../schemas/asked-question.ts';
import type { AskedQuestion } from '../../../schemas/asked-question.ts';
import { errorsOf } from '../../../schemas/issues.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { Round } from '../../../schemas/round.ts';
import { unitsByCode } from '../../../schemas/directory.ts';
import { inOrderOfWork, labelOfQuestion } from '../../domain/asked-questions.ts';
import type { FoundReturn } from '../../service/access.ts';
import { askedEtag } from '../../service/asked-questions.ts';
import { directoriesOf } from '../../service/service.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, returnAdmitted, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledTextArea, fieldId, linkedErrors } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { Pager, pageOfList, pageWanted } from '../shared/pager.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { messageLabels, publishedTitle } from '../shared/published-answers.tsx';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { Table } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const title = '市町村からの質問';
const perPage = 100;

async function list(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const [asked, directories] = await Promise.all([
    service.questions.asked({ round: round.id }),
    directoriesOf(service.store, round),
  ]);
  const forms = new Map(formsOf(service.forms, round).map((form) => [form.id, form]));
  const nameOf = ({ form, unit }: AskedQuestion): string => {
    const units = forms.get(form)?.units;
    const found = units === undefined ? [] : directories.flatMap((each) => unitsByCode(each, units).get(unit) ?? []);
    return found[0]?.name ?? unit;
  };
  const { shown, page: at, pages } = pageOfList(inOrderOfWork(asked), pageWanted(c.req.query('page')), perPage);
  const open = asked.filter(({ answer }) => answer === undefined).length;
  return page(
    c,
    { title, wide: true },
    <>
      <RoundNav paths={paths} round={round} current="roundQuestions" />
      <h1>{title}</h1>
      <p>{asked.length === 0 ? '質問はまだありません。' : `${asked.length}件のうち、${open}件に回答していません。`}</p>
      {shown.length > 0 && (
        <Table
          rows={shown}
          columns={[
            {
              heading: '質問',
              isName: true,
              cell: (each) => (
                <a
                  class="preserved"
                  href={paths.question({ round: round.id, form: each.form, unit: each.unit }, each.id)}
                >
                  {each.text.slice(0, 100)}
                </a>
              ),
            },
            { heading: '市町村・協議会', cell: nameOf },
            {
              heading: '項目',
              cell: ({ form, path }) => {
                const known = forms.get(form);
                return known === undefined ? form : `${known.title}　${labelOfQuestion(known, path)}`;
              },
            },
            { heading: '質問した日時', cell: ({ askedAt }) => <DateTime at={new Date(askedAt)} /> },
            {
              heading: '回答',
              cell: ({ answer, published }) =>
                answer === undefined ? (
                  <strong>未回答</strong>
                ) : (
                  `回答済${published === undefined ? '' : `（${publishedTitle}に掲載）`}`
                ),
            },
          ]}
        />
      )}
      <Pager
        page={at}
        pages={pages}
        label="質問のページ"
        hrefOf={(to) => withParameters(paths.roundQuestions(round.id), { page: String(to) })}
      />
    </>,
  );
}

interface Typed {
  readonly text: string;
  readonly published: string;
  readonly isPublished: boolean;
  /** The revision of what the form was filled from. */
  readonly seen: string;
}

interface Shown {
  readonly question: AskedQuestion;
  readonly typed: Typed;
  readonly errors: readonly FieldError[];
  readonly isAnsweredMeanwhile?: boolean;
}

function AnswerForm({
  visit,
  found,
  shown,
}: {
  readonly visit: Visit;
  readonly found: FoundReturn;
  readonly shown: Shown;
}) {
  const { question, typed, errors } = shown;
  const messageOf = (name: string) => errors.find(({ path }) => path === name)?.message;
  return (
    <form method="post" action={visit.paths.question(found.key, question.id)} data-warn>
      <CsrfField visit={visit} />
      <input type="hidden" name="seen" value={typed.seen} />
      <LabelledTextArea
        id={fieldId('text')}
        name="text"
        label="回答"
        hint={`質問した市町村の画面に表示されます。${longestAnswer.toLocaleString('ja-JP')}文字まで。`}
        value={typed.text}
        error={messageOf('text')}
        rows={8}
      />
      <label class="choice">
        <input type="checkbox" name="publish" value="yes" checked={typed.isPublished} /> {publishedTitle}
        として、回答を全ての市町村に示す
      </label>
      <LabelledTextArea
        id={fieldId('published')}
        name="published"
        label={messageLabels.published}
        hint="上を選んだときに使います。質問した市町村が分からないように書き直してください。質問した市町村の名前は表示されません。"
        value={typed.published}
        error={messageOf('published')}
      />
      <div class="button-row">
        <Button>{question.answer === undefined ? '回答する' : '回答を直す'}</Button>
        <a href={visit.paths.roundQuestions(found.round.id)}>質問の一覧に戻る</a>
      </div>
    </form>
  );
}

function answerPage(c: WebContext, visit: Visit, found: FoundReturn, shown: Shown): Response | Promise<Response> {
  const { round, form, unit, key } = found;
  const { question, errors, isAnsweredMeanwhile = false } = shown;
  const { answer } = question;
  const heading = `${unit.name}からの質問`;
  return page(
    c,
    {
      title: heading,
      status: errors.length > 0 ? 422 : isAnsweredMeanwhile ? 412 : 200,
      hasErrors: errors.length > 0,
      script: true,
    },
    <>
      <RoundNav paths={visit.paths} round={round} current="roundQuestions" trail={[{ label: heading }]} />
      <ErrorSummary errors={linkedErrors(errors)} />
      {visit.recovered !== undefined && <RecoveredNotice />}
      {isAnsweredMeanwhile && (
        <Notice kind="warning" title="表示後に他の人が回答しました。入力した回答はまだ保存されていません。">
          <p>下の回答を確かめ、入力した内容でよければ、もう一度保存してください。置き換わります。</p>
        </Notice>
      )}
      {c.req.query('done') === 'answered' && <Notice kind="success" title="回答を保存しました。" />}
      <h1>{heading}</h1>
      <SummaryList
        terms={[
          ['項目', `${form.title}　${labelOfQuestion(form, question.path)}`],
          ['質問', <span class="preserved">{question.text}</span>],
          [
            '質問した人',
            <>
              {question.askedBy}
              {'　'}
              <DateTime at={new Date(question.askedAt)} />
            </>,
          ],
          answer === undefined
            ? undefined
            : [
                '今の回答',
                <>
                  <span class="preserved">{answer.text}</span>
                  <br />
                  <span class="hint">
                    {answer.answeredBy}
                    {'　'}
                    <DateTime at={new Date(answer.answeredAt)} />
                  </span>
                </>,
              ],
        ]}
      />
      <p>
        <a href={visit.paths.review(key)}>調査票の回答を見る</a>
      </p>
      {mayDo(visit, 'question.answer') && <AnswerForm visit={visit} found={found} shown={shown} />}
    </>,
  );
}

async function showQuestion(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const question = await visit.service.questions.askedQuestion(found.key, c.req.param('id') ?? '');
  if (question === undefined) return refusalPage(c, { code: 'not-found' });
  const { recovered } = visit;
  const typed = {
    text: recovered?.get('text') ?? question.answer?.text ?? '',
    published: recovered?.get('published') ?? question.published ?? question.text,
    isPublished: recovered === undefined ? question.published !== undefined : recovered.has('publish'),
    seen: recovered?.get('seen') ?? String(question.revision),
  };
  return answerPage(c, visit, found, { question, typed, errors: [] });
}

async function answer(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const { service, person, paths } = visit;
  const { key } = found;
  const id = c.req.param('id') ?? '';
  const question = await service.questions.askedQuestion(key, id);
  if (question === undefined) return refusalPage(c, { code: 'not-found' });
  const post = await postedForm(c);
  const typed: Typed = {
    text: post.text('text'),
    published: post.text('published'),
    isPublished: post.text('publish') !== '',
    seen: post.text('seen'),
  };
  const wanted = { text: typed.text, ...(typed.isPublished ? { published: typed.published } : {}) };
  const parsed = answerToGive.safeParse(wanted);
  if (!parsed.success)
    return answerPage(c, visit, found, { question, typed, errors: errorsOf(parsed.error, wanted, 2) });
  const precondition = { ifMatch: askedEtag({ revision: Number(typed.seen) }), ifNoneMatch: undefined };
  const answered = await service.questions.answerQuestion(key, id, parsed.data, precondition, person.name);
  if (answered.ok) return c.redirect(withParameters(paths.question(key, id), { done: 'answered' }), 303);
  if (answered.problem.code !== 'precondition-failed') return refusalPage(c, answered.problem);
  const now = (await service.questions.askedQuestion(key, id)) ?? question;
  const again = { ...typed, seen: String(now.revision) };
  return answerPage(c, visit, found, { question: now, typed: again, errors: [], isAnsweredMeanwhile: true });
}

export function roundQuestionPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/questions', roundAdmitted('prefecture.read', list));
  const path = '/rounds/:round/returns/:form/:unit/questions/:id';
  app.get(path, returnAdmitted('prefecture.read', showQuestion));
  app.post(path, returnAdmitted('question.answer', answer));
}

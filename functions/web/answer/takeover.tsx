/**
 * 前回の回答を全て転記する: the last answers of a whole return, and what the prefecture holds of it, each section confirmed once
 * before it is saved.
 */

import type { Hono } from 'hono';
import type { Item } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { answerBlocks } from '../../domain/answer-rows.ts';
import { heldTexts } from '../../domain/fill-in/prefilled-values.ts';
import type { Takeover } from '../../service/takeover.ts';
import { withParameters } from '../shared/address.ts';
import { httpStatusOf } from '../shared/admission.tsx';
import { PagedAnswers } from '../shared/answers-view.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { problems } from '../../../schemas/problem.ts';
import type { Problem } from '../../../schemas/problem.ts';
import { Trail } from './frame.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';

/** What there is to take over, in words. */
export function sourcesOf({ last, whyNoLast, held }: Takeover): string {
  const isTaken = last !== undefined && whyNoLast === undefined;
  return [...(isTaken ? ['前回の回答'] : []), ...(held.revision > 0 ? ['県の把握している値'] : [])].join('と');
}

const titleOf = (sources: string): string => `${sources}を転記する`;
const firstBox = 'take-0';

/** By section, without regard to whether they are asked, which depends on answers that are not shown here. */
function blocksOf({ form, names }: Opened, section: Item, { open, held }: Takeover) {
  const paths = [...heldTexts(form, held.answers, names).keys()];
  const isHeld = ({ path }: { readonly path: string }): boolean =>
    paths.some((each) => each === path || each.startsWith(`${path}.`));
  return answerBlocks({ sections: [section], answers: open, names }).map((block) => ({
    ...block,
    rows: block.rows
      .filter(({ isAnswered }) => isAnswered)
      .map((row) => ({
        ...row,
        isStray: false,
        label: isHeld(row) ? `${row.label}（県の把握している値）` : row.label,
      })),
  }));
}

/** Why nothing is taken over. Who only asks to see what there is has made no mistake. */
function reasonPage(c: WebContext, opened: Opened, problem: Problem): Response | Promise<Response> {
  const title = titleOf('前回の回答');
  return page(
    c,
    { title, status: c.req.method === 'GET' ? 200 : httpStatusOf(problem) },
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      <h1>{title}</h1>
      <Notice kind="info" title={problems[problem.code].title}>
        {problem.detail !== undefined && <p>{problem.detail}</p>}
      </Notice>
      <p>
        <a href={opened.visit.paths.return(opened.key)}>回答する項目に戻る</a>
      </p>
    </>,
  );
}

interface TakeoverForm {
  readonly takeover: Takeover;
  readonly chosen: ReadonlySet<string>;
  readonly message?: string | undefined;
  /** It is not what was shown before. */
  readonly isChanged?: boolean;
}

function TakeoverView({ opened, form }: { readonly opened: Opened; readonly form: TakeoverForm }) {
  const { visit, key } = opened;
  const { takeover, chosen, message, isChanged = false } = form;
  const { last, whyNoLast, open, held } = takeover;
  const title = titleOf(sourcesOf(takeover));
  const hasLast = last !== undefined && whyNoLast === undefined;
  const sections = opened.form.sections.filter((section) => Object.hasOwn(open, section.key));
  const others = opened.form.sections.filter((section) => !sections.includes(section));
  return (
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      {message !== undefined && <ErrorSummary errors={[{ href: `#${firstBox}`, message }]} />}
      {isChanged && (
        <Notice kind="warning" title="表示後に転記する内容が変わりました。内容を確かめて、もう一度転記してください。" />
      )}
      <h1>{title}</h1>
      {whyNoLast !== undefined && <p>{whyNoLast}</p>}
      <p>
        {hasLast &&
          `「${last.round.name}」の第${last.version.version}版${last.isAccepted ? '' : '（提出済み。県の確認はまだ済んでいません）'}の回答`}
        {hasLast && held.revision > 0 && 'と、'}
        {held.revision > 0 && '県の把握している値'}
        のうち、今回まだ回答していない項目を表示しています。区分ごとに内容を確かめ、転記するものを選んでください。選ばない区分の値は、回答になりません。すでに回答した項目は変わりません。転記した後に直すこともできます。
      </p>
      {others.length > 0 && (
        <p class="hint">
          次の区分には、転記するものがありません：
          {others.map(({ definition }) => numberedLabel(definition)).join('、')}
        </p>
      )}
      <form method="post" action={visit.paths.takeover(key)}>
        <CsrfField visit={visit} />
        {last !== undefined && (
          <>
            <input type="hidden" name="round" value={last.round.id} />
            <input type="hidden" name="version" value={String(last.version.version)} />
          </>
        )}
        {held.revision > 0 && <input type="hidden" name="held" value={String(held.revision)} />}
        {sections.map((section, index) => (
          <section class="card">
            <PagedAnswers
              blocks={blocksOf(opened, section, takeover)}
              fileHref={undefined}
              page={1}
              hrefOf={() => visit.paths.takeover(key)}
            />
            <label class="choice">
              <input
                type="checkbox"
                id={`take-${index}`}
                name="section"
                value={section.key}
                checked={chosen.has(section.key)}
              />{' '}
              「{numberedLabel(section.definition)}」の内容を確認しました。今回の回答に転記します。
            </label>
          </section>
        ))}
        <div class="button-row">
          <Button>選んだ区分を転記して保存する</Button>
          <a href={visit.paths.return(key)}>転記せずに戻る</a>
        </div>
      </form>
    </>
  );
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const takeover = await opened.visit.service.returns.readTakeover(opened.key);
  if (!takeover.ok) return reasonPage(c, opened, takeover.problem);
  const form = { takeover: takeover.value, chosen: new Set<string>() };
  return page(c, { title: titleOf(sourcesOf(takeover.value)) }, <TakeoverView opened={opened} form={form} />);
}

async function take(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const { service, person, paths } = opened.visit;
  const { key } = opened;
  const post = await postedForm(c);
  const sections = post.all('section');
  const given = (name: string): string | undefined => post.text(name) || undefined;
  const number = (name: string): number | undefined => (given(name) === undefined ? undefined : Number(given(name)));
  const from = { round: given('round'), version: number('version'), held: number('held') };
  const taken =
    sections.length === 0 ? undefined : await service.returns.takeOver(key, sections, from, person.name, person.id);
  if (taken?.ok === true) return c.redirect(withParameters(paths.return(key), { done: 'taken' }), 303);
  if (taken !== undefined && taken.problem.code !== 'precondition-failed') return reasonPage(c, opened, taken.problem);
  const takeover = await service.returns.readTakeover(key);
  if (!takeover.ok) return reasonPage(c, opened, takeover.problem);
  const isChanged = taken !== undefined;
  const message = isChanged ? undefined : '転記する区分を選んでください。';
  const form = { takeover: takeover.value, chosen: new Set(sections), message, isChanged };
  return page(
    c,
    { title: titleOf(sourcesOf(takeover.value)), status: isChanged ? 412 : 422, hasErrors: !isChanged },
    <TakeoverView opened={opened} form={form} />,
  );
}

export function takeoverPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/takeover', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/takeover', (c) => take(c));
}

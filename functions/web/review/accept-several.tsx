/** 確認済 for several returns of the list at once: shown to be looked through first, then accepted one by one. */

import type { Hono } from 'hono';
import { askedUnits } from '../../../schemas/asked-units.ts';
import type { ReportingUnit } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Version } from '../../../schemas/return.ts';
import type { Round } from '../../../schemas/round.ts';
import { recordView } from '../../service/access.ts';
import { versionsOfReturns } from '../../service/counted-returns.ts';
import { trackedReturn } from '../../domain/log.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import type { LinkedError } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { openTexts } from './open-texts.ts';
import { postedForm } from '../shared/posted-form.ts';
import { reviewFacts } from './review-facts.ts';
import type { ReviewFacts } from './review-facts.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { roundView } from './round-view.ts';
import type { RoundView } from './round-view.ts';
import { isSettled } from './decision-form.ts';
import { readUnitQuery, writeUnitQuery } from './tracked-units.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import type { Term } from '../shared/summary-list.tsx';

/** More could not be looked through on one page. */
const mostAtOnce = 50;

interface Chosen {
  readonly form: Form;
  readonly unit: ReportingUnit;
  readonly version: number;
}

/** Reads `form/unit/version`, as the list posts what was ticked; what the round does not ask is left out. */
function readChosen(values: readonly string[], { round, forms, directory, state }: RoundView): Chosen[] {
  return [...new Set(values)].flatMap((value) => {
    const [formId, code = '', version = ''] = value.split('/');
    const form = forms.find(({ id }) => id === formId);
    const unit = form && askedUnits(directory, round, form).get(code);
    if (form === undefined || unit === undefined || !/^[1-9]\d{0,3}$/.test(version)) return [];
    const exists = Number(version) <= trackedReturn(state, form.id, code).version;
    return exists ? [{ form, unit, version: Number(version) }] : [];
  });
}

interface ReadReturn extends Chosen {
  readonly read: Version;
}

interface Several {
  readonly visit: Visit;
  readonly view: RoundView;
  readonly suffix: string;
}

function OneReturn({
  chosen,
  facts,
  several: { visit, view },
}: {
  chosen: Chosen;
  facts: ReviewFacts;
  several: Several;
}) {
  const { form, unit, version } = chosen;
  const { round } = view;
  const { asked, across, openTexts } = facts;
  return (
    <section class="card" aria-label={`${unit.name} ${form.title}`}>
      <input type="hidden" name="return" value={`${form.id}/${unit.code}/${version}`} />
      <h2 class="card__title">
        <a href={visit.paths.review({ round: round.id, form: form.id, unit: unit.code })}>
          {unit.name}　{form.title}
        </a>
      </h2>
      <p>
        第{version}版　理由のある確認事項 {asked.length}件　他の回答との不一致 {across.length}件　公表される記述{' '}
        {openTexts.length}件
      </p>
      {(asked.length > 0 || across.length > 0) && (
        <ul>
          {asked.map(({ place, message, reason }) => (
            <li>
              {place}　{message}
              <br />
              理由：{reason ?? '記入なし'}
            </li>
          ))}
          {across.map(({ message }) => (
            <li>{message}</li>
          ))}
        </ul>
      )}
      {openTexts.length > 0 && (
        <details>
          <summary>公表される記述を読む</summary>
          <div>
            <SummaryList class="open-texts" terms={openTexts.map(({ label, text }): Term => [label, text])} />
          </div>
        </details>
      )}
    </section>
  );
}

/** With the versions that were chosen, form by form. */
async function readVersions({ visit: { service }, view }: Several, chosen: readonly Chosen[]): Promise<ReadReturn[]> {
  const returns: ReadReturn[] = [];
  for (const [form, ofForm] of Map.groupBy(chosen, (each) => each.form))
    for await (const each of versionsOfReturns(service.store, view.round.id, { form, returns: ofForm }))
      returns.push(each);
  return returns;
}

const unreadError: LinkedError = {
  href: '#read',
  message: '公表される記述を読み、「公表される記述を読みました」を選んでください。',
};

async function confirmPage(
  c: WebContext,
  several: Several,
  chosen: readonly Chosen[],
  errors: readonly LinkedError[] = [],
): Promise<Response> {
  const { visit, view, suffix } = several;
  const { service, paths } = visit;
  const { round } = view;
  const returns = await readVersions(several, chosen);
  for (const { read } of returns) await recordView(service, visit.person, read, read.version);
  const shown = await Promise.all(
    returns.map(async (each) => ({ each, facts: await reviewFacts(service, view, each.form, each.read) })),
  );
  const title = `${chosen.length}件をまとめて確認済にする`;
  const hasTexts = shown.some(({ facts }) => facts.openTexts.length > 0);
  return page(
    c,
    { title, status: errors.length > 0 ? 422 : 200, hasErrors: errors.length > 0 },
    <>
      <RoundNav paths={paths} round={round} current="round" trail={[{ label: title }]} />
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      <form method="post" action={paths.decisions(round.id) + suffix}>
        <CsrfField visit={visit} />
        <input type="hidden" name="confirm" value="yes" />
        {shown.map(({ each, facts }) => (
          <OneReturn chosen={each} facts={facts} several={several} />
        ))}
        {hasTexts && (
          <label class="choice">
            <input type="checkbox" id="read" name="read" value="yes" required />
            <span>公表される記述を読みました</span>
          </label>
        )}
        <div class="button-row">
          <Button>{chosen.length}件を確認済にする</Button>
          <a href={paths.round(round.id) + suffix}>一覧へ戻る</a>
        </div>
      </form>
    </>,
  );
}

/** Those that could not be accepted; one that a second press finds accepted is none of them. */
async function decideAll({ service, person }: Visit, round: Round, chosen: readonly Chosen[]): Promise<Chosen[]> {
  const refusedOnes: Chosen[] = [];
  for (const each of chosen) {
    const key = { round: round.id, form: each.form.id, unit: each.unit.code };
    const outcome = await service.returns.decide(key, { decision: 'accept', version: each.version }, person.name);
    if (!outcome.ok) refusedOnes.push(each);
  }
  const state = refusedOnes.length === 0 ? undefined : await service.store.roundState(round.id);
  return refusedOnes.filter(
    ({ form, unit, version }) =>
      state === undefined || !isSettled(trackedReturn(state, form.id, unit.code), { decision: 'accept', version }),
  );
}

async function acceptAll(
  c: WebContext,
  several: Several,
  chosen: readonly Chosen[],
  isRead: boolean,
): Promise<Response> {
  const { visit, view, suffix } = several;
  const { paths } = visit;
  const { round } = view;
  if (!isRead) {
    const returns = await readVersions(several, chosen);
    const hasTexts = returns.some(({ form, read }) => openTexts({ form }, read.answers).length > 0);
    if (hasTexts) return confirmPage(c, several, chosen, [unreadError]);
  }
  const refusedOnes = await decideAll(visit, round, chosen);
  const accepted = chosen.length - refusedOnes.length;
  const title = refusedOnes.length === 0 ? `${accepted}件を確認済にしました` : '一部は確認済にできませんでした';
  return page(
    c,
    { title, status: refusedOnes.length === 0 ? 200 : 409 },
    <>
      <RoundNav paths={paths} round={round} current="round" trail={[{ label: title }]} />
      <h1>{title}</h1>
      {accepted > 0 && <Notice kind="success" title={`${accepted}件を確認済にしました。`} />}
      {refusedOnes.length > 0 && (
        <>
          <p>
            次の{refusedOnes.length}
            件は、画面を表示した後に取下げ、再提出又は別の決定があったため、確認済にしていません。
          </p>
          <ul>
            {refusedOnes.map(({ form, unit }) => (
              <li>
                <a href={paths.review({ round: round.id, form: form.id, unit: unit.code })}>
                  {unit.name}　{form.title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={paths.round(round.id) + suffix}>一覧へ戻る</a>
      </p>
    </>,
  );
}

async function postDecisions(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const post = await postedForm(c);
  const view = await roundView(visit, round);
  const suffix = writeUnitQuery(readUnitQuery(c.req.query()));
  const back = { href: visit.paths.round(round.id) + suffix, label: '一覧へ戻る' };
  const chosen = readChosen(post.all('return'), view);
  if (chosen.length === 0)
    return refusalPage(
      c,
      { code: 'invalid-decision', detail: '回答が選ばれていません。一覧で確認する回答を選んでください。' },
      back,
    );
  if (chosen.length > mostAtOnce)
    return refusalPage(c, { code: 'invalid-decision', detail: `一度に確認できるのは${mostAtOnce}件までです。` }, back);
  const several: Several = { visit, view, suffix };
  const isRead = post.text('read') === 'yes';
  return post.text('confirm') === 'yes' ? acceptAll(c, several, chosen, isRead) : confirmPage(c, several, chosen);
}

/** Whoever signs in again in the middle of this goes back to the list: what was chosen is chosen anew. */
async function backToList(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  return c.redirect(visit.paths.round(round.id) + writeUnitQuery(readUnitQuery(c.req.query())), 303);
}

export function acceptSeveralPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/decisions', roundAdmitted('return.decide', backToList));
  app.post('/rounds/:round/decisions', roundAdmitted('return.decide', postDecisions));
}

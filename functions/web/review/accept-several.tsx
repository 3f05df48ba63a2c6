/** 確認済 for several returns at once: shown to be looked through first, then accepted, each in a transaction of its own. */

import type { Hono } from 'hono';
import { askedUnits } from '../../../schemas/asked-units.ts';
import type { Round } from '../../../schemas/round.ts';
import { recordView } from '../../service/access.ts';
import { versionsOfReturns } from '../../service/counted-returns.ts';
import { inBatches } from '../../platform/in-batches.ts';
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
import type { PostedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { roundView } from './round-view.ts';
import type { RoundView } from './round-view.ts';
import { isSettled } from './decision-form.ts';
import { chosenOf, weigh } from './several.ts';
import type { Chosen, Weighed } from './several.ts';
import { listAddress, readUnitQuery, selectUnits, writeUnitQuery } from './tracked-units.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import type { Term } from '../shared/summary-list.tsx';
import { Table } from '../shared/table.tsx';

/** What is looked through and accepted with one press; of more, the rest follows on pages after. */
const step = 200;

const atOnce = 10;

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

function nameOf({ form, unit, version }: Chosen): string {
  return `${form.id}/${unit.code}/${version}`;
}

interface Several {
  readonly visit: Visit;
  readonly view: RoundView;
  readonly suffix: string;
  /** What this page is about, and what comes on pages after it. */
  readonly chosen: readonly Chosen[];
  readonly later: readonly Chosen[];
}

function reviewOf({ visit: { paths }, view, suffix }: Several, { form, unit }: Chosen): string {
  return paths.review({ round: view.round.id, form: form.id, unit: unit.code }) + suffix;
}

function BackToList({ visit: { paths }, view, suffix }: Several) {
  return <a href={listAddress(paths, view.round.id, suffix)}>一覧へ戻る</a>;
}

/** One in which something stands out. */
function OneReturn({ weighed, several }: { weighed: Weighed; several: Several }) {
  const { form, unit, version, remarks, facts } = weighed;
  const { asked, across, openTexts: texts } = facts;
  return (
    <section class="card" aria-label={`${unit.name} ${form.title}`}>
      <h2 class="card__title">
        <a href={reviewOf(several, weighed)}>
          {unit.name}　{form.title}
        </a>
      </h2>
      <p>
        第{version}版　{remarks.join('　')}
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
      {texts.length > 0 && (
        <details>
          <summary>公表される記述を読む</summary>
          <div>
            <SummaryList class="open-texts" terms={texts.map(({ label, text }): Term => [label, text])} />
          </div>
        </details>
      )}
    </section>
  );
}

/** Those in which nothing stands out, a line each. */
function Unremarkable({ weighed, several }: { weighed: readonly Weighed[]; several: Several }) {
  if (weighed.length === 0) return <></>;
  return (
    <Table
      caption={`特記事項のない回答（${weighed.length}件）`}
      rows={weighed}
      columns={[
        { heading: '名称', isName: true, cell: (each) => <a href={reviewOf(several, each)}>{each.unit.name}</a> },
        { heading: '調査票', cell: ({ form }) => form.title },
        { heading: '版', isNumber: true, cell: ({ version }) => version },
      ]}
    />
  );
}

const unreadError: LinkedError = {
  href: '#read',
  message: '公表される記述を読み、「公表される記述を読みました」を選んでください。',
};

async function confirmPage(c: WebContext, several: Several, errors: readonly LinkedError[] = []): Promise<Response> {
  const { visit, view, suffix, chosen, later } = several;
  const { service, paths, person } = visit;
  const { round } = view;
  const weighed = await weigh(visit, view, chosen);
  await inBatches(weighed, atOnce, ({ form, unit, version }) =>
    recordView(service, person, { round: round.id, form: form.id, unit: unit.code }, version),
  );
  const title = `${chosen.length}件をまとめて確認済にする`;
  const remarkable = weighed.filter(({ remarks }) => remarks.length > 0);
  const hasTexts = weighed.some(({ facts }) => facts.openTexts.length > 0);
  return page(
    c,
    { title, status: errors.length > 0 ? 422 : 200, hasErrors: errors.length > 0 },
    <>
      <RoundNav paths={paths} round={round} current="round" trail={[{ label: title }]} />
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      {later.length > 0 && (
        <p>
          残りの{later.length}件は、この{chosen.length}件の後に続けて確認します。
        </p>
      )}
      <form method="post" action={paths.decisions(round.id) + suffix}>
        <CsrfField visit={visit} />
        <input type="hidden" name="confirm" value="yes" />
        {chosen.map((each) => (
          <input type="hidden" name="return" value={nameOf(each)} />
        ))}
        {later.map((each) => (
          <input type="hidden" name="later" value={nameOf(each)} />
        ))}
        {remarkable.map((each) => (
          <OneReturn weighed={each} several={several} />
        ))}
        <Unremarkable weighed={weighed.filter(({ remarks }) => remarks.length === 0)} several={several} />
        {hasTexts && (
          <label class="choice">
            <input type="checkbox" id="read" name="read" value="yes" required />
            <span>公表される記述を読みました</span>
          </label>
        )}
        <div class="button-row">
          <Button>{chosen.length}件を確認済にする</Button>
          <BackToList {...several} />
        </div>
      </form>
    </>,
  );
}

type Result = 'accepted' | 'refused' | 'unknown';

const results: Readonly<Record<Result, string>> = {
  accepted: '確認済にしました',
  refused: '確認済にしていません（画面を表示した後に、取下げ、再提出又は別の決定がありました）',
  unknown: '記録できませんでした。時間をおいて、もう一度お試しください',
};

/** Of each what became of it; one that a second press finds accepted is so. A failure of one stops no other. */
async function decideAll({ service, person, now }: Visit, round: Round, chosen: readonly Chosen[]): Promise<Result[]> {
  const tried = await inBatches(chosen, atOnce, async ({ form, unit, version }): Promise<Result> => {
    const key = { round: round.id, form: form.id, unit: unit.code };
    try {
      const outcome = await service.returns.decide(key, { decision: 'accept', version }, person.name, now);
      if (outcome.ok) return 'accepted';
      return outcome.problem.code === 'busy' ? 'unknown' : 'refused';
    } catch {
      // The state that is read below tells whether it was written.
      return 'unknown';
    }
  });
  const state = tried.every((result) => result === 'accepted') ? undefined : await service.store.roundState(round.id);
  return chosen.map(({ form, unit, version }, index) => {
    const isNow = state && isSettled(trackedReturn(state, form.id, unit.code), { decision: 'accept', version });
    return isNow === true ? 'accepted' : (tried[index] ?? 'unknown');
  });
}

/** Whether one of them has texts that somebody has to read first. */
async function hasOpenTexts({ visit: { service }, view, chosen }: Several): Promise<boolean> {
  for (const [form, returns] of Map.groupBy(chosen, (each) => each.form))
    for await (const { read } of versionsOfReturns(service.store, view.round.id, { form, returns }))
      if (openTexts({ form }, read.answers).length > 0) return true;
  return false;
}

function Later({ visit, view, suffix, later }: Several) {
  if (later.length === 0) return <></>;
  return (
    <form method="post" action={visit.paths.decisions(view.round.id) + suffix}>
      <CsrfField visit={visit} />
      {later.map((each) => (
        <input type="hidden" name="return" value={nameOf(each)} />
      ))}
      <Button>残りの{later.length}件を確認する</Button>
    </form>
  );
}

async function acceptAll(c: WebContext, several: Several, isRead: boolean): Promise<Response> {
  const { visit, view, chosen } = several;
  const { round } = view;
  if (!isRead && (await hasOpenTexts(several))) return confirmPage(c, several, [unreadError]);
  const decided = await decideAll(visit, round, chosen);
  const rows = chosen.map((each, index) => ({ each, result: decided[index] ?? 'unknown' }));
  const others = rows.filter(({ result }) => result !== 'accepted');
  const accepted = rows.length - others.length;
  const title = others.length === 0 ? `${accepted}件を確認済にしました` : '一部は確認済にできませんでした';
  return page(
    c,
    { title, status: others.length === 0 ? 200 : 409 },
    <>
      <RoundNav paths={visit.paths} round={round} current="round" trail={[{ label: title }]} />
      <h1>{title}</h1>
      {accepted > 0 && <Notice kind="success" title={`${accepted}件を確認済にしました。`} />}
      {others.length > 0 && <p>次の表のうち{others.length}件は、確認済にしていません。</p>}
      <Later {...several} />
      <Table
        caption={`結果（${rows.length}件）`}
        rows={[...others, ...rows.filter(({ result }) => result === 'accepted')]}
        columns={[
          { heading: '名称', isName: true, cell: ({ each }) => <a href={reviewOf(several, each)}>{each.unit.name}</a> },
          { heading: '調査票', cell: ({ each }) => each.form.title },
          { heading: '結果', cell: ({ result }) => results[result] },
        ]}
      />
      <p>
        <BackToList {...several} />
      </p>
    </>,
  );
}

/** What was ticked, or all of the list that its filter shows and that waits for a decision. */
function wanted(c: WebContext, post: PostedForm, view: RoundView): Chosen[] {
  if (post.text('all') !== 'yes') return readChosen(post.all('return'), view);
  const query = readUnitQuery(c.req.query());
  return selectUnits(view.units, { ...query, state: 'submitted' }).flatMap((unit) => chosenOf(unit, view));
}

async function postDecisions(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const post = await postedForm(c);
  const view = await roundView(visit, round);
  const suffix = writeUnitQuery(readUnitQuery(c.req.query()));
  const all = wanted(c, post, view);
  if (all.length === 0)
    return refusalPage(
      c,
      { code: 'invalid-decision', detail: '回答が選ばれていません。一覧で確認する回答を選んでください。' },
      { href: listAddress(visit.paths, round.id, suffix), label: '一覧へ戻る' },
    );
  const later = [...all.slice(step), ...readChosen(post.all('later'), view)];
  const several: Several = { visit, view, suffix, chosen: all.slice(0, step), later };
  return post.text('confirm') === 'yes' ? acceptAll(c, several, post.text('read') === 'yes') : confirmPage(c, several);
}

/** Whoever signs in again in the middle of this goes back to the list: what was chosen is chosen anew. */
async function backToList(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  return c.redirect(listAddress(visit.paths, round.id, writeUnitQuery(readUnitQuery(c.req.query()))), 303);
}

export function acceptSeveralPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/decisions', roundAdmitted('return.decide', backToList));
  app.post('/rounds/:round/decisions', roundAdmitted('return.decide', postDecisions));
}

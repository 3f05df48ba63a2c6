/** Creating a round from the last one, and changing one. */

import type { Hono } from 'hono';
import type { Catalogue } from '../../../schemas/form.ts';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError, Problem } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { formIn } from '../../../schemas/round-forms.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { admitted, roundAdmitted } from '../shared/admission.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { RoundDirectory, roundDirectoryPage, takeDirectory } from './round-directory.tsx';
import { fieldNames, fieldsOf, nextRound, nextRoundId, readRound, seenOf } from './round-form.ts';
import type { RoundFields } from './round-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { LabelledSelect, LabelledInput, fieldId } from '../shared/labelled-controls.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

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

interface FormProps {
  readonly visit: Visit;
  /** The round that is changed; none while one is created. */
  readonly round: Round | undefined;
  readonly fields: RoundFields;
  readonly seen: string;
  readonly errors: readonly FieldError[];
  /** Saved by somebody else since the page was opened. */
  readonly meanwhile?: RoundFields;
}

const dateHint = '例：令和6年11月29日';

function Fields({ visit, round, fields, errors }: FormProps) {
  const { forms } = visit.service;
  const labels = roundLabels(forms);
  const text = (name: string, rest: { hint?: string; class?: string; readonly?: boolean } = {}) => (
    <LabelledInput
      name={name}
      label={labels.get(name) ?? name}
      value={fields.get(name) ?? ''}
      error={errors.find(({ path }) => path === name)?.message}
      {...rest}
    />
  );
  const date = (name: string, hint = dateHint) => text(name, { hint, class: 'input--date' });
  return (
    <>
      {text('id', {
        hint: round === undefined ? '半角英数字とハイフン。作成後は変更できません。例：R7' : '作成後は変更できません。',
        class: 'input--short',
        readonly: round !== undefined,
      })}
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
          error={errors.find(({ path }) => path === `forms.${id}` || path === 'forms')?.message}
        />
      ))}
      <h2>日付</h2>
      {date('referenceDate', `調査の基準日です。作成するとき、この日に有効な名簿が使われます。${dateHint}`)}
      {date('period.from', '開催回数等を数える期間です。例：令和5年4月')}
      {date('period.to', '例：令和6年9月')}
      {date('opensAt')}
      {date('dueAt', `この日の終わりまで期限内として受け付けます。${dateHint}`)}
      {date('closesAt', '期限後の受付を終える日です。終えない場合は空欄にしてください。')}
      <details>
        <summary>区分ごとに異なる基準日</summary>
        <div>
          <p class="hint">空欄の区分は、調査の基準日現在で回答します。</p>
          {[...labels.keys()].filter((name) => name.startsWith('asOf.')).map((name) => date(name))}
        </div>
      </details>
    </>
  );
}

interface MeanwhileProps extends Pick<FormProps, 'fields'> {
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

function Form(props: FormProps) {
  const { visit, round, fields, errors, seen, meanwhile } = props;
  const { paths } = visit;
  const isUnsaved = errors.length > 0 || visit.recovered !== undefined || meanwhile !== undefined;
  return (
    <>
      {errors.length > 0 && (
        <ErrorSummary
          errors={errors.map(({ path, message }) => ({
            href: `#${fieldId(path === 'period' ? 'period.to' : path)}`,
            message,
          }))}
        />
      )}
      {visit.recovered !== undefined && <RecoveredNotice />}
      {meanwhile !== undefined && (
        <SavedMeanwhile fields={fields} meanwhile={meanwhile} labels={roundLabels(visit.service.forms)} />
      )}
      <form
        method="post"
        action={round === undefined ? paths.newRound : paths.roundSettings(round.id)}
        data-warn
        data-unsaved={isUnsaved ? '' : undefined}
      >
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={seen} />
        <Fields {...props} />
        <div class="button-row">
          <Button>{round === undefined ? '調査を作成する' : '設定を保存する'}</Button>
          <a href={round === undefined ? paths.home : paths.round(round.id)}>保存せずに戻る</a>
        </div>
      </form>
    </>
  );
}

function newRoundPage(c: WebContext, props: FormProps, last: Round | undefined): Response | Promise<Response> {
  const hasErrors = props.errors.length > 0;
  return page(
    c,
    { title: '調査を作成する', status: hasErrors ? 422 : 200, hasErrors, script: true },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: props.visit.paths.home }, { label: '調査を作成する' }]} />
      <h1>調査を作成する</h1>
      {last !== undefined && (
        <p>「{last.name}」の設定から1年進めた日付を入れています。確認して、必要なところを直してください。</p>
      )}
      <Form {...props} />
    </>,
  );
}

async function lastRound({ service }: Visit): Promise<Round | undefined> {
  return (await service.store.rounds()).at(-1);
}

/** What was typed before the session ended; none where nothing was. */
function recoveredFields({ recovered, service }: Visit): RoundFields | undefined {
  return recovered && new Map(fieldNames(service.forms).map((name) => [name, recovered.get(name) ?? '']));
}

async function showNew(c: WebContext, visit: Visit): Promise<Response> {
  const last = await lastRound(visit);
  const proposed =
    last === undefined
      ? new Map<string, string>()
      : fieldsOf(nextRoundId(last.id, last.fiscalYear + 1), nextRound(last));
  return newRoundPage(
    c,
    { visit, round: undefined, fields: recoveredFields(visit) ?? proposed, seen: '', errors: [] },
    last,
  );
}

async function settingsPage(c: WebContext, props: FormProps & { readonly round: Round }): Promise<Response> {
  const { visit, round, errors, meanwhile } = props;
  const calendar = await visit.service.store.directoryCalendar();
  const hasErrors = errors.length > 0;
  return page(
    c,
    { title: '調査の設定', status: hasErrors ? 422 : meanwhile === undefined ? 200 : 412, hasErrors, script: true },
    <>
      <RoundNav paths={visit.paths} round={round} current="roundSettings" />
      {c.req.query('done') === 'saved' && <Notice kind="success" title="設定を保存しました。" />}
      <h1>調査の設定</h1>
      <p>すでに回答のある調査票の版は変更できません。</p>
      <Form {...props} />
      <RoundDirectory visit={visit} round={round} calendar={calendar} />
    </>,
  );
}

function posted(post: PostedForm, { service }: Visit): { fields: RoundFields; seen: string } {
  return { fields: new Map(fieldNames(service.forms).map((name) => [name, post.text(name)])), seen: post.text('seen') };
}

/** Said above the form, which keeps what was typed. */
function errorsOf({ code, detail, errors }: Problem): readonly FieldError[] {
  return errors ?? [{ path: 'id', code, message: detail ?? problems[code].title }];
}

const taken: FieldError = {
  path: 'id',
  code: 'taken',
  message: 'この識別子の調査はすでにあります。別の識別子にしてください。',
};

async function create(c: WebContext, visit: Visit): Promise<Response> {
  const { service, person, paths } = visit;
  const { fields } = posted(await postedForm(c), visit);
  const again = async (errors: readonly FieldError[]): Promise<Response> =>
    newRoundPage(c, { visit, round: undefined, fields, seen: '', errors }, await lastRound(visit));
  const read = readRound(fields, roundLabels(service.forms));
  if (!read.ok) return again(read.errors);
  const existing = await service.store.round(read.id);
  // A second press of the button finds the round that the first one made.
  if (existing !== undefined)
    return seenOf(existing) === seenOf({ ...read.definition, id: read.id, directoryVersion: 0 })
      ? c.redirect(paths.round(read.id), 303)
      : again([taken]);
  const defined = await service.defineRound(read.id, read.definition, person.name, {
    isAsSeen: (before) => before === undefined,
  });
  if (!defined.ok && defined.problem.code === 'precondition-failed') return again([taken]);
  if (defined.ok) return c.redirect(paths.round(read.id), 303);
  return again(errorsOf(defined.problem));
}

async function showSettings(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const directory = c.req.query('directory') ?? '';
  if (/^[1-9]\d{0,5}$/.test(directory)) return roundDirectoryPage(c, visit, round, Number(directory));
  return settingsPage(c, {
    visit,
    round,
    fields: recoveredFields(visit) ?? fieldsOf(round.id, round),
    seen: visit.recovered?.get('seen') ?? seenOf(round),
    errors: [],
  });
}

async function saveSettings(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  if (post.text('directory') !== '') return takeDirectory(c, visit, round, post.text);
  const { fields, seen } = posted(post, visit);
  const again = (errors: readonly FieldError[]): Response | Promise<Response> =>
    settingsPage(c, { visit, round, fields, seen, errors });
  const read = readRound(new Map([...fields, ['id', round.id]]), roundLabels(service.forms));
  if (!read.ok) return again(read.errors);
  const saved = withParameters(paths.roundSettings(round.id), { done: 'saved' });
  const now = seenOf(round);
  if (now === seenOf({ ...read.definition, id: round.id, directoryVersion: 0 })) return c.redirect(saved, 303);
  const changedMeanwhile = (stored: Round): Response | Promise<Response> =>
    settingsPage(c, {
      visit,
      round,
      fields,
      seen: seenOf(stored),
      errors: [],
      meanwhile: fieldsOf(stored.id, stored),
    });
  if (seen !== now) return changedMeanwhile(round);
  const defined = await service.defineRound(round.id, read.definition, person.name, {
    isAsSeen: (before) => seenOf(before) === seen,
  });
  if (defined.ok) return c.redirect(saved, 303);
  const stored = defined.problem.code === 'precondition-failed' ? await service.store.round(round.id) : undefined;
  return stored === undefined ? again(errorsOf(defined.problem)) : changedMeanwhile(stored);
}

export function roundSettingsPages(app: Hono<WebEnv>): void {
  app.get('/rounds/new', admitted('rounds.write', showNew));
  app.post('/rounds/new', admitted('rounds.write', create));
  app.get('/rounds/:round/settings', roundAdmitted('rounds.write', showSettings));
  app.post('/rounds/:round/settings', roundAdmitted('rounds.write', saveSettings));
}

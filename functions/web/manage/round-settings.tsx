/** Creating a round from the last one, and changing one. */

import type { Hono } from 'hono';
import { unitsByCode } from '../../../schemas/directory.ts';
import type { Catalogue, Form } from '../../../schemas/form.ts';
import { fiscalYearOf, printFiscalYear } from '../../../schemas/values/partial-date.ts';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError, Problem } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import type { Round, RoundDefinition } from '../../../schemas/round.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Notice } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { mailSettingsEtag } from '../../service/mails.ts';
import { settingsEtag } from '../../service/round-settings.ts';
import { pinnableForms } from '../../service/forms.ts';
import { admitted, roundAdmitted } from '../shared/admission.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { RoundDirectory, roundDirectoryPage, takeDirectory } from './round-directory.tsx';
import { disposalFrom } from '../../domain/disposal.ts';
import { weekendOf } from '../../domain/year-calendar.ts';
import { fieldNames, fieldsOf, freeRoundId, nextRound, nextRoundId, readRound, seenOf } from './round-form.ts';
import type { RoundFields } from './round-form.ts';
import { DateTime } from '../shared/time.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { RoundForm, roundLabels } from './round-fields.tsx';
import { DraftNotice } from './round-opening.tsx';
import type { RoundFormProps } from './round-fields.tsx';

/** 令和1年 is 2019. */
const yearBeforeReiwa = 2018;

/** Days that were moved by a year and now fall on a weekend. */
function OnWeekends({ next }: { next: RoundDefinition }) {
  const days = [
    ['受付開始', next.opensAt],
    ['提出期限', next.dueAt],
    ['受付終了', next.closesAt],
  ] as const;
  const weekends = days.flatMap(([label, day]) => {
    const weekday = day === undefined ? undefined : weekendOf(day);
    return day === undefined || weekday === undefined ? [] : [{ label, day, weekday }];
  });
  if (weekends.length === 0) return <></>;
  return (
    <Notice kind="warning" title="1年進めた日付が、土曜日又は日曜日に当たります。">
      <ul>
        {weekends.map(({ label, day, weekday }) => (
          <li>
            {label}　<DateTime at={day} />（{weekday}）
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function newRoundPage(c: WebContext, props: RoundFormProps, last: Round | undefined): Response | Promise<Response> {
  const hasErrors = props.errors.length > 0;
  return page(
    c,
    { title: '調査を作成する', status: hasErrors ? 422 : 200, hasErrors, script: true },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: props.visit.paths.home }, { label: '調査を作成する' }]} />
      <h1>調査を作成する</h1>
      {last !== undefined && (
        <>
          <p>「{last.name}」の設定から1年進めた日付を入れています。確認して、必要なところを直してください。</p>
          <OnWeekends next={nextRound(last)} />
        </>
      )}
      <RoundForm {...props} />
    </>,
  );
}

/** The last round, of a questionnaire that was chosen the last that asked it, or the one that is to be copied. */
async function lastRound({ service }: Visit, form?: string, from?: string): Promise<Round | undefined> {
  const rounds = await service.store.rounds();
  if (from !== undefined) return rounds.find(({ id }) => id === from);
  return rounds.findLast(({ forms }) => form === undefined || Object.hasOwn(forms, form));
}

/** What was typed before the session ended; none where nothing was. */
function recoveredFields({ recovered }: Visit, forms: Catalogue): RoundFields | undefined {
  return recovered && new Map(fieldNames(forms).map((name) => [name, recovered.get(name) ?? '']));
}

/** Of the first round that asks a questionnaire: it is called as that, and its version is mostly the year. */
function proposeFirst(fields: Map<string, string>, { id, title, version }: Form): void {
  fields.set('id', `${id}-${version}`);
  fields.set('name', title);
  if (version > 2000) fields.set('fiscalYear', printFiscalYear(version));
}

/** Of a round that is to be made: people know it by its name. */
async function proposeId({ service, now }: Visit, proposed: Map<string, string>): Promise<void> {
  const year = fiscalYearOf(dayInJapan(now));
  const [rounds, gone] = await Promise.all([service.store.rounds(), service.store.disposals()]);
  const taken = new Set([...rounds.map(({ id }) => id), ...gone.map(({ round }) => round)]);
  proposed.set('id', freeRoundId(proposed.get('id') ?? `R${year - yearBeforeReiwa}`, taken));
}

async function showNew(c: WebContext, visit: Visit): Promise<Response> {
  const { form, version = '', from } = c.req.query();
  const [last, forms] = await Promise.all([lastRound(visit, form, from), pinnableForms(visit.service)]);
  const next = last && fieldsOf(nextRoundId(last.id, last.fiscalYear + 1), nextRound(last));
  const proposed = new Map(next);
  const asked = form === undefined ? undefined : forms.get(form)?.get(Number(version));
  if (asked !== undefined && last === undefined) proposeFirst(proposed, asked);
  if (form !== undefined && asked !== undefined) proposed.set(`forms.${form}`, version);
  await proposeId(visit, proposed);
  return newRoundPage(
    c,
    {
      visit,
      forms,
      round: undefined,
      fields: recoveredFields(visit, forms) ?? proposed,
      seen: '',
      errors: [],
      copied: last,
    },
    last,
  );
}

/** When its log began; retention counts from then where that is later than its closing. */
async function cameInAt({ service, now }: Visit, { id }: Round): Promise<string> {
  const log = await service.store.log(id, { limit: 1 });
  return (log.ok ? log.value.entries[0]?.at : undefined) ?? now.toISOString();
}

function Kept({ round, cameInAt, years }: { round: Round; cameInAt: string; years: number }) {
  const from = disposalFrom({ round, cameInAt }, years);
  if (from === undefined) return <p>保存期間：期限なし（自動では廃棄しません）</p>;
  return (
    <p>
      保存期間：受付終了の翌年度から{years}年間。
      <DateTime at={dayInJapan(new Date(from))} />
      以後に、回答と出力を自動で廃棄します（公表版は残ります）。
    </p>
  );
}

async function settingsPage(c: WebContext, props: RoundFormProps & { readonly round: Round }): Promise<Response> {
  const { visit, round, errors, meanwhile } = props;
  const calendar = await visit.service.store.directoryCalendar();
  const hasErrors = errors.length > 0;
  return page(
    c,
    { title: '調査の設定', status: hasErrors ? 422 : meanwhile === undefined ? 200 : 412, hasErrors, script: true },
    <>
      <RoundNav paths={visit.paths} round={round} current="roundSettings" />
      {c.req.query('done') === 'saved' && <Notice kind="success" title="設定を保存しました。" />}
      {c.req.query('done') === 'opened' && <Notice kind="success" title="調査を公開しました。" />}
      <h1>調査の設定</h1>
      {round.draft && <DraftNotice visit={visit} round={round} />}
      <ul>
        <li>
          <a href={visit.paths.roundTexts(round.id)}>依頼文・記入要領を書く</a>
        </li>
        <li>
          <a href={visit.paths.prefilled(round.id)}>県の把握している値を示す</a>
        </li>
        <li>
          <a href={visit.paths.roundUnits(round.id)}>照会先を選ぶ</a>
        </li>
        <li>
          <a href={withParameters(visit.paths.newRound, { from: round.id })}>この調査をもとに翌年度の調査を作成する</a>
        </li>
        <li>
          <a href={visit.paths.roundClosing(round.id)}>受付を終了・再開する</a>
        </li>
        <li>
          <a href={visit.paths.roundRemoval(round.id)}>この調査を削除する</a>
        </li>
      </ul>
      <Kept cameInAt={await cameInAt(visit, round)} round={round} years={c.get('shell').retentionYears} />
      <p>すでに回答のある調査票の版は変更できません。</p>
      <RoundForm {...props} />
      <RoundDirectory visit={visit} round={round} calendar={calendar} />
    </>,
  );
}

function posted(post: PostedForm, forms: Catalogue): { fields: RoundFields; seen: string } {
  return { fields: new Map(fieldNames(forms).map((name) => [name, post.text(name)])), seen: post.text('seen') };
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

/** Those of its pages, of its report and of its mails. Where they cannot be copied the new round has none, which its settings show. */
async function copyTexts({ service, person }: Visit, from: string, to: string): Promise<void> {
  const { store } = service;
  const [texts, mails, handout] = await Promise.all([
    store.roundTexts(from),
    store.mailSettings(from),
    store.handout(from),
  ]);
  const unwritten = { revision: 0 };
  await service.saveRoundTexts(to, texts.settings, { ifMatch: settingsEtag(unwritten) }, person.name);
  // What is published is decided anew for each round.
  const { byClass: _byClass, ...settings } = handout.settings;
  await service.saveHandout(to, settings, { ifMatch: settingsEtag(unwritten) }, person.name);
  await service.saveMailSettings(to, mails.settings, { ifMatch: mailSettingsEtag(unwritten) }, person.name);
}

/** 照会先 of the round that is copied, as far as the new one asks its forms and its directory has the units. */
async function copiedUnits(
  { service }: Visit,
  copied: Round,
  { forms, definition }: { readonly forms: Catalogue; readonly definition: RoundDefinition },
): Promise<Pick<RoundDefinition, 'units'>> {
  const found = await service.store.directoryOn(definition.referenceDate);
  const kept = Object.entries(setElsewhere(copied, definition).units ?? {}).flatMap(([id, codes]) => {
    const form = forms.get(id)?.get(definition.forms[id] ?? 0);
    if (form === undefined || found === undefined) return [];
    const known = unitsByCode(found.directory, form.units);
    const there = codes.filter((code) => known.has(code));
    return there.length === 0 ? [] : [[id, there] as const];
  });
  return kept.length === 0 ? {} : { units: Object.fromEntries(kept) };
}

async function create(c: WebContext, visit: Visit): Promise<Response> {
  const { service, person, paths } = visit;
  const forms = await pinnableForms(service);
  const post = await postedForm(c);
  const { fields } = posted(post, forms);
  const from = post.text('copyTexts');
  const copied = from === '' ? undefined : await service.store.round(from);
  const again = async (errors: readonly FieldError[]): Promise<Response> => {
    const last = copied ?? (await lastRound(visit));
    return newRoundPage(c, { visit, forms, round: undefined, fields, seen: '', errors, copied: last }, last);
  };
  const read = readRound(fields, roundLabels(forms));
  if (!read.ok) return again(read.errors);
  const definition = {
    ...read.definition,
    ...(copied === undefined ? {} : await copiedUnits(visit, copied, { forms, definition: read.definition })),
    ...(post.text('draft') === '' ? {} : { draft: true as const }),
  };
  const existing = await service.store.round(read.id);
  // A second press of the button finds the round that the first one made.
  if (existing !== undefined)
    return seenOf(existing) === seenOf({ ...definition, id: read.id, directoryVersion: 0 })
      ? c.redirect(paths.round(read.id), 303)
      : again([taken]);
  const defined = await service.defineRound(read.id, definition, person.name, {
    isAsSeen: (before) => before === undefined,
  });
  if (!defined.ok && defined.problem.code === 'precondition-failed') return again([taken]);
  if (defined.ok) {
    if (copied !== undefined) await copyTexts(visit, copied.id, read.id);
    return c.redirect(paths.round(read.id), 303);
  }
  return again(errorsOf(defined.problem));
}

/** For who may change nothing: what is set. */
async function readPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const fields = fieldsOf(round.id, round);
  const labels = [...roundLabels(await pinnableForms(visit.service))];
  const set = labels.filter(([name]) => name !== 'id' && (fields.get(name) ?? '') !== '');
  return page(
    c,
    { title: '調査の設定' },
    <>
      <RoundNav paths={visit.paths} round={round} current="roundSettings" />
      <h1>調査の設定</h1>
      <Kept cameInAt={await cameInAt(visit, round)} round={round} years={c.get('shell').retentionYears} />
      <SummaryList terms={set.map(([name, label]) => [label, fields.get(name) ?? ''])} />
      <p>
        <a href={visit.paths.roundGuide(round.id)}>依頼文・記入要領を見る</a>
      </p>
    </>,
  );
}

async function showSettings(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  if (!mayDo(visit, 'rounds.write')) return readPage(c, visit, round);
  const directory = c.req.query('directory') ?? '';
  if (/^[1-9]\d{0,5}$/.test(directory)) return roundDirectoryPage(c, visit, round, Number(directory));
  const forms = await pinnableForms(visit.service);
  return settingsPage(c, {
    visit,
    forms,
    round,
    fields: recoveredFields(visit, forms) ?? fieldsOf(round.id, round),
    seen: visit.recovered?.get('seen') ?? seenOf(round),
    errors: [],
  });
}

/** What the form does not ask: whether the round is a draft, and whom its forms ask, as long as it has them. */
function setElsewhere(
  { draft, units = {} }: Round,
  { forms }: RoundDefinition,
): Pick<RoundDefinition, 'draft' | 'units'> {
  const kept = Object.entries(units).filter(([form]) => Object.hasOwn(forms, form));
  return {
    ...(draft === undefined ? {} : { draft }),
    ...(kept.length === 0 ? {} : { units: Object.fromEntries(kept) }),
  };
}

async function saveSettings(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  if (post.text('directory') !== '') return takeDirectory(c, visit, round, post.text);
  const forms = await pinnableForms(service);
  const { fields, seen } = posted(post, forms);
  const again = (errors: readonly FieldError[]): Response | Promise<Response> =>
    settingsPage(c, { visit, forms, round, fields, seen, errors });
  const read = readRound(new Map([...fields, ['id', round.id]]), roundLabels(forms));
  if (!read.ok) return again(read.errors);
  const definition = { ...read.definition, ...setElsewhere(round, read.definition) };
  const saved = withParameters(paths.roundSettings(round.id), { done: 'saved' });
  const now = seenOf(round);
  if (now === seenOf({ ...definition, id: round.id, directoryVersion: 0 })) return c.redirect(saved, 303);
  const changedMeanwhile = (stored: Round): Response | Promise<Response> =>
    settingsPage(c, {
      visit,
      forms,
      round,
      fields,
      seen: seenOf(stored),
      errors: [],
      meanwhile: fieldsOf(stored.id, stored),
    });
  if (seen !== now) return changedMeanwhile(round);
  const defined = await service.defineRound(round.id, definition, person.name, {
    isAsSeen: (before) => seenOf(before) === seen,
  });
  if (defined.ok) return c.redirect(saved, 303);
  const stored = defined.problem.code === 'precondition-failed' ? await service.store.round(round.id) : undefined;
  return stored === undefined ? again(errorsOf(defined.problem)) : changedMeanwhile(stored);
}

export function roundSettingsPages(app: Hono<WebEnv>): void {
  app.get('/rounds/new', admitted('rounds.write', showNew));
  app.post('/rounds/new', admitted('rounds.write', create));
  app.get('/rounds/:round/settings', roundAdmitted('prefecture.read', showSettings));
  app.post('/rounds/:round/settings', roundAdmitted('rounds.write', saveSettings));
}

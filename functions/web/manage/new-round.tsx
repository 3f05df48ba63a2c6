/** Creating a round: from the last one, from one that is copied, or the first that asks a questionnaire. */

import type { Hono } from 'hono';
import { unitsByCode } from '../../../schemas/directory.ts';
import type { Catalogue, Form } from '../../../schemas/form.ts';
import { fiscalYearOf, printFiscalYear } from '../../../schemas/values/partial-date.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import type { Round, RoundDefinition } from '../../../schemas/round.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Notice } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import { mailSettingsEtag } from '../../service/mails.ts';
import { settingsEtag } from '../../service/round-settings.ts';
import { pinnableForms } from '../../service/forms.ts';
import { admitted } from '../shared/admission.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { isInquiry } from '../../domain/inquiry.ts';
import { weekendOf } from '../../domain/year-calendar.ts';
import {
  errorsOf,
  fieldsOf,
  freeRoundId,
  nextRound,
  nextRoundId,
  posted,
  readRound,
  recoveredFields,
  seenOf,
  setElsewhere,
} from './round-form.ts';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { RoundForm, roundLabels } from './round-fields.tsx';
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

/** Questionnaires of which there is a later version than the last round asked. */
function LaterVersions({ last, forms, visit }: { last: RoundDefinition; forms: Catalogue; visit: Visit }) {
  const later = Object.entries(last.forms).flatMap(([id, version]) => {
    const newest = [...(forms.get(id)?.values() ?? [])].toSorted((one, other) => other.version - one.version)[0];
    return newest === undefined || newest.version <= version ? [] : [{ newest, version }];
  });
  if (later.length === 0) return <></>;
  return (
    <Notice kind="info" title="前回より新しい版のある調査票があります。使う場合は、「調査票」で選んでください。">
      <ul>
        {later.map(({ newest, version }) => (
          <li>
            {newest.title}　前回 {version}年版　
            <a href={visit.paths.form(newest.id, newest.version)}>{newest.version}年版</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** @param last the round whose days were moved by a year; none where the fields show what somebody typed */
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
          <LaterVersions last={last} forms={props.forms} visit={props.visit} />
        </>
      )}
      <RoundForm {...props} />
    </>,
  );
}

/** The last round that was no inquiry, of a questionnaire that was chosen the last that asked it, or the one that is to be copied. */
async function lastRound({ service }: Visit, form?: string, from?: string): Promise<Round | undefined> {
  const rounds = await service.store.rounds();
  if (from !== undefined) return rounds.find(({ id }) => id === from);
  return rounds.findLast((round) => (form === undefined ? !isInquiry(round) : Object.hasOwn(round.forms, form)));
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
      copiesTexts: visit.recovered?.has('copyTexts') ?? true,
    },
    visit.recovered === undefined ? last : undefined,
  );
}

const taken: FieldError = {
  path: 'id',
  code: 'taken',
  message: 'この識別子の調査はすでにあります。別の識別子にしてください。',
};

const sameName: FieldError = {
  path: 'name',
  code: 'taken',
  message: '同じ名称の調査がすでにあります。年度を付けるなど、区別できる名称にしてください。',
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
    const proposedFrom = post.text('last');
    const last = proposedFrom === '' ? undefined : await service.store.round(proposedFrom);
    const shown = { visit, forms, fields, errors, copied: last, copiesTexts: copied !== undefined };
    return newRoundPage(c, { ...shown, round: undefined, seen: '' }, undefined);
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
  if ((await service.store.rounds()).some(({ name }) => name === definition.name)) return again([sameName]);
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

export function newRoundPages(app: Hono<WebEnv>): void {
  app.get('/rounds/new', admitted('rounds.write', showNew));
  app.post('/rounds/new', admitted('rounds.write', create));
}

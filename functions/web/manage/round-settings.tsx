/** The settings of a round: changing them, and reading them. */

import type { Hono } from 'hono';
import { isSentByItself } from '../../../schemas/mail.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { Notice } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { pinnableForms } from '../../service/forms.ts';
import { roundAdmitted } from '../shared/admission.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RoundDirectory, roundDirectoryPage, takeDirectory } from './round-directory.tsx';
import { disposalFrom } from '../../domain/disposal.ts';
import { tellsOfDueDate } from '../../domain/mails.ts';
import { errorsOf, fieldsOf, posted, readRound, recoveredFields, seenOf, setElsewhere } from './round-form.ts';
import { DateTime } from '../shared/time.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { DraftNotice } from '../shared/draft-notice.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { RoundForm, roundLabels } from './round-fields.tsx';
import type { RoundFormProps } from './round-fields.tsx';

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

async function mailsDueDate({ service, now }: Visit, round: Round): Promise<boolean> {
  if (!service.mailSite.isSending || round.draft !== undefined || !tellsOfDueDate(round, now)) return false;
  return isSentByItself((await service.store.mailSettings(round.id)).settings, 'dueMoved');
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
      <RoundForm {...props} mailsDueDate={await mailsDueDate(visit, round)} />
      <RoundDirectory visit={visit} round={round} calendar={calendar} />
    </>,
  );
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
  app.get('/rounds/:round/settings', roundAdmitted('prefecture.read', showSettings));
  app.post('/rounds/:round/settings', roundAdmitted('rounds.write', saveSettings));
}

/** 資料の構成: which parts the report of a round has, and what the prefecture itself says in it. */

import type { Hono } from 'hono';
import { municipalityKinds } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { handoutParts, mostProposals, partIds } from '../../../schemas/handout.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { classesOf, classNamed } from '../../../schemas/unit-classes.ts';
import { settingsEtag } from '../../service/round-settings.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { LabelledInput, LabelledTextArea, fieldId } from '../shared/labelled-controls.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { settingsFormPage } from '../shared/settings-form.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import {
  byClassLabel,
  postedHandout,
  proposalFieldName,
  proposalFields,
  proposalLabels,
  proposalsTitleLabel,
  readHandout,
  typedFrom,
} from './handout-form.ts';
import type { TypedHandout } from './handout-form.ts';

/** Matters for which there is room before anything is written: as many as source 001 has. */
const offered = 4;
/** So many municipalities of a kind, and their answers can be told from the kinds that are named. */
const telling = 2;

interface HandoutForm {
  readonly typed: TypedHandout;
  /** The revision of what the form was filled from. */
  readonly seen: string;
  readonly errors: readonly FieldError[];
  /** Saved by somebody else since. */
  readonly meanwhile?: TypedHandout;
}

type FieldsProps = Pick<HandoutForm, 'typed' | 'errors'>;

function Proposals({ typed: { proposalsTitle, proposals }, errors }: FieldsProps) {
  const errorOf = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  const shown = Math.min(mostProposals, Math.max(offered, proposals.length + 1));
  return (
    <>
      <h2>２　課題と対応方針</h2>
      <p>
        集計結果の概要の後に「２」として記載します。１行が１つの項目になります。全て空欄にした項目は記載しません。
        {shown < mostProposals && `保存すると、項目を${mostProposals}件まで追加できます。`}
      </p>
      <LabelledInput
        name="proposalsTitle"
        label={proposalsTitleLabel}
        hint="空欄の場合は「課題及び県の対応方針について（案）」と記載します。"
        value={proposalsTitle}
        error={errorOf('proposalsTitle')}
      />
      {Array.from({ length: shown }, (_, index) => (
        <fieldset class="form-group">
          <legend>（{index + 1}）</legend>
          <LabelledInput
            name={proposalFieldName(index, 'title')}
            label={proposalLabels.title}
            value={proposals[index]?.title ?? ''}
            error={errorOf(proposalFieldName(index, 'title'))}
          />
          {proposalFields
            .filter((field) => field !== 'title')
            .map((field) => (
              <LabelledTextArea
                id={fieldId(proposalFieldName(index, field))}
                name={proposalFieldName(index, field)}
                label={proposalLabels[field]}
                value={proposals[index]?.[field] ?? ''}
                error={errorOf(proposalFieldName(index, field))}
                rows={5}
              />
            ))}
        </fieldset>
      ))}
    </>
  );
}

function Parts({ typed: { parts } }: FieldsProps) {
  return (
    <fieldset class="form-group">
      <legend>報告書に載せる部分</legend>
      <p class="hint">調査の目的・内容及び集計結果の概要は、必ず載せます。</p>
      {partIds.map((part) => (
        <label class="choice">
          <input type="checkbox" name="parts" value={part} checked={parts.includes(part)} /> {handoutParts[part]}
        </label>
      ))}
    </fieldset>
  );
}

/** What a reader could tell of single municipalities: of a kind that has one or two of them. */
function tellingKinds({ municipalities }: Directory): string[] {
  const byKind = Map.groupBy(municipalities, ({ kind }) => kind);
  return [...byKind].flatMap(([kind, all]) =>
    all.length > telling ? [] : [`${municipalityKinds[kind]}は${all.map(({ name }) => name).join('と')}のみです。`],
  );
}

function Spelling({ typed: { spellsKinds }, directory }: FieldsProps & { readonly directory: Directory }) {
  const known = tellingKinds(directory);
  return (
    <fieldset class="form-group">
      <legend>合計のみを公表する項目の表記</legend>
      <label class="choice">
        <input type="checkbox" name="spellsKinds" value="1" checked={spellsKinds} />{' '}
        公表用のファイルでも「33市町」のように種別を書き分ける
      </label>
      <p class="hint">
        選ばない場合は「33市町村」と記載します。書き分けると、名前のない種別の団体は全て該当しないことが分かります（「33市町」であれば、該当する村はありません）。
        {known.length === 0 ? '' : `${known.join('')}これらの団体の回答は、表記から読み取れることがあります。`}
      </p>
    </fieldset>
  );
}

function PublishedClass({ typed: { byClass }, errors, directory }: FieldsProps & { readonly directory: Directory }) {
  const error = errors.find(({ path }) => path === 'byClass')?.message;
  const choices = [{ id: '', label: '分類別には公表しない' }, ...classesOf(directory)];
  return (
    <fieldset class="form-group" id={fieldId('byClass')} tabindex={-1}>
      <legend>{byClassLabel}</legend>
      {error !== undefined && <p class="field-error">{error}</p>}
      {choices.map(({ id, label }) => (
        <label class="choice">
          <input type="radio" name="byClass" value={id} checked={byClass === id} /> {id === '' ? label : `${label}別`}
        </label>
      ))}
      <div class="hint">
        <p>
          選んだ分類の集計値を、公表用の集計（summary）と報告書に載せます。どの団体がどの区分かも公表します。公表できる分類は１つです。
        </p>
        <p>
          合計のみを公表する項目は、全ての区分で回答が３団体以上あり、公表済みの値を含めてどう差し引いても１団体又は２団体の回答にならない場合に限り、項目ごとに表を載せます。それ以外の項目は表を載せず、その理由を報告書に記載します。公表した後に分類を替え、又は団体の区分を変えた場合も、同じように判定します。
        </p>
        <p>
          全ての団体が同じ回答をした区分では、値からその区分の全ての団体の回答が分かります。差し支える項目があるときは、分類別には公表しないでください。
        </p>
      </div>
    </fieldset>
  );
}

/** Everything that a save would replace. */
function Kept({
  typed: { proposalsTitle, proposals, parts, spellsKinds, byClass },
  directory,
}: Pick<HandoutForm, 'typed'> & { readonly directory: Directory }) {
  const printed = partIds.filter((part) => parts.includes(part)).map((part) => handoutParts[part]);
  return (
    <>
      <p>載せる部分：{printed.length === 0 ? 'なし' : printed.join('、')}</p>
      <p>種別の書き分け：{spellsKinds ? 'する' : 'しない'}</p>
      <p>
        {byClassLabel}：{classNamed(directory, byClass)?.label ?? 'なし'}
      </p>
      {proposalsTitle !== '' && (
        <p>
          {proposalsTitleLabel}：{proposalsTitle}
        </p>
      )}
      <ol>
        {proposals.map((each) => (
          <li>
            {each.title}
            {proposalFields
              .filter((field) => field !== 'title' && each[field] !== '')
              .map((field) => (
                <p class="preserved">
                  {proposalLabels[field]}：{each[field]}
                </p>
              ))}
          </li>
        ))}
      </ol>
    </>
  );
}

async function handoutPage(c: WebContext, visit: Visit, round: Round, form: HandoutForm): Promise<Response> {
  const { typed, seen, errors, meanwhile } = form;
  const { paths, service } = visit;
  const directory = await service.store.directoryOfRound(round);
  return settingsFormPage(c, visit, round, {
    title: '報告書の構成・課題と対応方針',
    place: 'exports',
    action: paths.handout(round.id),
    back: paths.exports(round.id),
    saved: '保存しました。保存した後に始める出力から反映されます。',
    fields: (
      <>
        <Parts typed={typed} errors={errors} />
        <Spelling typed={typed} errors={errors} directory={directory} />
        <PublishedClass typed={typed} errors={errors} directory={directory} />
        <Proposals typed={typed} errors={errors} />
      </>
    ),
    seen,
    errors,
    meanwhile: meanwhile === undefined ? undefined : <Kept typed={meanwhile} directory={directory} />,
  });
}

async function show(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { settings, revision } = await visit.service.store.handout(round.id);
  const { recovered } = visit;
  return handoutPage(c, visit, round, {
    typed: recovered === undefined ? typedFrom(settings) : postedHandout((name) => recovered.getAll(name)),
    seen: recovered?.get('seen') ?? String(revision),
    errors: [],
  });
}

async function save(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const typed = postedHandout(post.all);
  const seen = post.text('seen');
  const read = readHandout(typed);
  if (!read.ok) return handoutPage(c, visit, round, { typed, seen, errors: read.errors });
  const ifMatch = settingsEtag({ revision: Number(seen) });
  const saved = await service.saveHandout(round.id, read.handout, { ifMatch }, person.name);
  if (saved.ok) return c.redirect(withParameters(paths.handout(round.id), { done: 'saved' }), 303);
  const { errors } = saved.problem;
  if (errors !== undefined) return handoutPage(c, visit, round, { typed, seen, errors });
  if (saved.problem.code !== 'precondition-failed')
    return refusalPage(c, saved.problem, { href: paths.exports(round.id), label: '出力の一覧へ戻る' });
  const { settings, revision } = await service.store.handout(round.id);
  return handoutPage(c, visit, round, { typed, seen: String(revision), errors: [], meanwhile: typedFrom(settings) });
}

export function handoutPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/handout', roundAdmitted('reportSettings.write', show));
  app.post('/rounds/:round/handout', roundAdmitted('reportSettings.write', save));
}

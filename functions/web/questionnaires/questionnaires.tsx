/** The questionnaires (調査票): all of them, and one version with what may be done with it. */

import type { Hono } from 'hono';
import { formOfDocument } from '../../../schemas/document/form.ts';
import { allPlaces, placesOf, textOf } from '../../../schemas/document/places.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { problems } from '../../../schemas/problem.ts';
import { kindLabels } from '../../../schemas/directory.ts';
import type { Action } from '../../domain/authorisation.ts';
import { findForm, listForms } from '../../service/forms.ts';
import type { FoundForm, ListedForm } from '../../service/forms.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { withParameters } from '../shared/address.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button, ButtonLink } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import type { Paths } from '../shared/paths.ts';
import { postedForm } from '../shared/posted-form.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import { Table } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const formStates = {
  shipped: 'システムに付属',
  draft: '下書き（採用前）',
  adopted: '採用済み',
} as const;

const formsTitle = '調査票の一覧';

export function FormTrail({ paths, found, below }: { paths: Paths; found?: FoundForm | undefined; below?: string }) {
  const version = found && {
    label: `${found.title}（${found.version}年版）`,
    ...(below === undefined ? {} : { href: paths.form(found.form, found.version) }),
  };
  return (
    <Breadcrumbs
      trail={[
        { label: '調査の一覧', href: paths.home },
        { label: formsTitle, ...(version === undefined && below === undefined ? {} : { href: paths.forms }) },
        ...(version === undefined ? [] : [version]),
        ...(below === undefined ? [] : [{ label: below }]),
      ]}
    />
  );
}

function stateOf({ state, unreadable }: ListedForm): string {
  return unreadable === true ? `${formStates[state]}（このシステムの版では読み取れません）` : formStates[state];
}

function Making({ paths }: { paths: Paths }) {
  return (
    <>
      <p>
        次の年の調査票は、今年の調査票をExcelで保存し、直して取り込むと作成できます。取り込んだ調査票は下書きになり、採用すると調査で使えるようになります。
      </p>
      <div class="button-row">
        <ButtonLink href={paths.formImport}>調査票を取り込む</ButtonLink>
        <ButtonLink href={paths.newInquiry}>緊急照会を作る</ButtonLink>
      </div>
    </>
  );
}

async function listPage(c: WebContext, visit: Visit): Promise<Response> {
  const { service, person, paths } = visit;
  const forms = await listForms(service, person);
  return page(
    c,
    { title: formsTitle, wide: true },
    <>
      <FormTrail paths={paths} />
      <h1>{formsTitle}</h1>
      {mayDo(visit, 'catalogue.write') && <Making paths={paths} />}
      <Table
        isRoomy
        caption={`${forms.length}件`}
        rows={forms}
        columns={[
          {
            heading: '調査票',
            isName: true,
            cell: ({ form, version, title }) => <a href={paths.form(form, version)}>{title}</a>,
          },
          { heading: '版', cell: ({ version }) => version },
          { heading: '識別子', cell: ({ form }) => form },
          { heading: '状態', cell: stateOf },
        ]}
      />
    </>,
  );
}

/** Of one version, the others of its form: the newest before it first. */
function earlierOf(found: FoundForm, all: readonly ListedForm[]): number | undefined {
  return all
    .filter(({ form, version, unreadable }) => form === found.form && version < found.version && unreadable !== true)
    .map(({ version }) => version)
    .toSorted((a, b) => b - a)[0];
}

interface VersionProps {
  readonly visit: Visit;
  readonly found: FoundForm;
  readonly earlier: number | undefined;
}

function Decision({ visit, found }: Pick<VersionProps, 'visit' | 'found'>) {
  const { paths } = visit;
  const { form, version, state, etag } = found;
  if (state === 'shipped' || !mayDo(visit, 'catalogue.write')) return <></>;
  const isDraft = state === 'draft';
  return (
    <section aria-labelledby="decision">
      <h2 id="decision">{isDraft ? '採用する' : '採用を取り消す'}</h2>
      <p>
        {isDraft
          ? '採用すると、調査の設定で選べるようになり、内容は変わりません。調査で使う前であれば、採用を取り消して直すことができます。'
          : '調査で使われている場合は取り消せません。直すときは、新しい版として取り込んでください。'}
      </p>
      <form method="post" action={paths.formAdoption(form, version)}>
        <CsrfField visit={visit} />
        <input type="hidden" name="etag" value={etag ?? ''} />
        <Button name="action" value={isDraft ? 'adopt' : 'revoke'} kind={isDraft ? 'primary' : 'secondary'}>
          {isDraft ? 'この調査票を採用する' : '採用を取り消して下書きに戻す'}
        </Button>
      </form>
    </section>
  );
}

function Ways({ visit, found: { form, version, document, state }, earlier }: VersionProps) {
  const { paths } = visit;
  return (
    <ul>
      {state !== 'draft' && mayDo(visit, 'rounds.write') && (
        <li>
          <a href={withParameters(paths.newRound, { form, version: String(version) })}>この調査票で調査を作成する</a>
        </li>
      )}
      <li>
        <a href={paths.formTrial(form, version)}>市町村の画面で確かめる（試しに回答する）</a>
      </li>
      {document !== undefined && (
        <li>
          <a href={paths.formWorkbook(form, version)} download>
            調査票定義をExcelで保存する
          </a>
        </li>
      )}
      {earlier !== undefined && (
        <li>
          <a href={withParameters(paths.formComparison(form, version), { with: String(earlier) })}>
            {earlier}年版から変わったところを見る
          </a>
        </li>
      )}
    </ul>
  );
}

function Contents({ found: { definition, document } }: Pick<VersionProps, 'found'>) {
  return (
    <section aria-labelledby="contents">
      <h2 id="contents">内容</h2>
      <ul>
        {definition.sections.map(({ definition: section, children }, index) => (
          <li>
            {numberedLabel(section)}（{document?.sections[index]?.questions.length ?? children.length}項目）
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the prefecture is told about a document that may be adopted all the same. */
function noticesOf({ document }: FoundForm): readonly string[] {
  const built = document && formOfDocument(document);
  if (document === undefined || built === undefined || !('notices' in built)) return [];
  return built.notices.map(({ path, message }) => `${placeOf(document, path)}：${message}`);
}

/** What a path of the document is called. */
function placeOf(document: FormDocument, path: string): string {
  const [part, index = ''] = path.split('.');
  if (part === 'rules') return `確認「${document.rules[Number(index)]?.message ?? ''}」`;
  if (part === 'measures') return `集計「${document.measures[Number(index)]?.label ?? ''}」`;
  const place = allPlaces(placesOf(document)).findLast((each) => `${path}.`.startsWith(`${each.path}.`));
  return place === undefined
    ? ''
    : `「${numberedLabel({ label: place.label, number: textOf(place.value['number']) || undefined })}」`;
}

const outcomes: Readonly<Record<string, string>> = {
  saved: '調査票を取り込みました。内容を確かめてから採用してください。',
  adopted: '調査票を採用しました。この調査票で調査を作成できます。',
  revoked: '採用を取り消し、下書きに戻しました。',
};

async function versionPage(c: WebContext, visit: Visit, found: FoundForm): Promise<Response> {
  const { service, person, paths } = visit;
  const [all, history, current] = await Promise.all([
    listForms(service, person),
    service.store.formHistory(found.form, found.version),
    service.store.currentDirectory(),
  ]);
  const labels = kindLabels(current?.directory);
  const notices = noticesOf(found);
  const done = outcomes[c.req.query('done') ?? ''];
  return page(
    c,
    { title: `${found.title}（${found.version}年版）` },
    <>
      <FormTrail paths={paths} found={found} />
      {done !== undefined && <Notice kind="success" title={done} />}
      <h1>
        {found.title}（{found.version}年版）
      </h1>
      <SummaryList
        terms={[
          ['状態', stateOf(found)],
          ['識別子', found.form],
          ['回答者', labels.get(found.definition.units) ?? found.definition.units],
        ]}
      />
      {notices.length > 0 && (
        <Notice kind="info" title="次の点を確かめてください。">
          <ul>
            {notices.map((notice) => (
              <li>{notice}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Ways visit={visit} found={found} earlier={earlierOf(found, all)} />
      <Decision visit={visit} found={found} />
      <Contents found={found} />
      {history.length > 0 && (
        <section aria-labelledby="history">
          <h2 id="history">経過</h2>
          <ul>
            {history.map(({ what, actor, at }) => (
              <li>
                <DateTime at={new Date(at)} />　{changes[what]}（{actor}）
              </li>
            ))}
          </ul>
        </section>
      )}
    </>,
  );
}

const changes = { saved: '取込み', adopted: '採用', revoked: '採用の取消し' } as const;

/** A page about one version, for the prefecture. */
export function formAdmitted(
  show: (c: WebContext, visit: Visit, found: FoundForm) => Response | Promise<Response>,
  action: Action = 'prefecture.read',
): ReturnType<typeof admitted> {
  return admitted(action, async (c, visit) => {
    const { form = '', version = '' } = c.req.param();
    const found = /^[1-9]\d{0,3}$/.test(version)
      ? await findForm(visit.service, visit.person, form, Number(version))
      : undefined;
    if (found?.ok === true) return show(c, visit, found.value);
    return refusalPage(c, found?.problem ?? { code: 'not-found' }, {
      href: visit.paths.forms,
      label: '調査票の一覧へ戻る',
    });
  });
}

async function decide(c: WebContext, visit: Visit, found: FoundForm): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const what = post.text('action') === 'revoke' ? 'revoked' : 'adopted';
  const decided = await service.decideOnForm(found, what, { ifMatch: post.text('etag') }, person.name);
  const here = paths.form(found.form, found.version);
  if (decided.ok) return c.redirect(withParameters(here, { done: what }), 303);
  const { code, detail } = decided.problem;
  return refusalPage(c, { code, detail: detail ?? problems[code].title }, { href: here, label: '調査票の画面へ戻る' });
}

export function questionnairePages(app: Hono<WebEnv>): void {
  app.get('/forms', admitted('prefecture.read', listPage));
  app.get('/forms/:form/:version', formAdmitted(versionPage));
  app.post('/forms/:form/:version/adoption', formAdmitted(decide, 'catalogue.write'));
}

/** The versions of a return, and the differences between any two. */

import { formOfVersion } from '../../domain/previous-scopes.ts';
import type { Hono } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { onBehalfText } from '../../../schemas/return.ts';
import type { Version } from '../../../schemas/return.ts';
import type { VersionSummary } from '../../storage/versions.ts';
import { CopyLinks } from './copy-links.tsx';
import { Trail, returnTitle } from './frame.tsx';
import { admitReturn, fileHrefOf, openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { ReasonChanges, ReasonList, changedReasons } from './reason-list.tsx';
import type { Reasoned } from './reason-list.tsx';
import { ReceiptFacts } from './receipt-view.tsx';
import { answerBlocks, changedOnly } from '../../domain/answer-rows.ts';
import { PagedAnswers } from '../shared/answers-view.tsx';
import { DateTime } from '../shared/time.tsx';
import { isCopyFormat, sendCopy } from '../../service/copies.ts';
import { refusalPage } from '../shared/admission.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { Table } from '../shared/table.tsx';

function VersionTable({ opened, versions }: { readonly opened: Opened; readonly versions: readonly VersionSummary[] }) {
  const { visit, key } = opened;
  return (
    <Table
      isRoomy
      rows={versions.toReversed()}
      columns={[
        {
          heading: '版',
          isName: true,
          cell: ({ version }) => <a href={visit.paths.version(key, version)}>第{version}版</a>,
        },
        {
          heading: '提出日時',
          cell: ({ submittedAt, late }) => (
            <>
              <DateTime at={new Date(submittedAt)} />
              {late && '（期限後）'}
            </>
          ),
        },
        {
          heading: '提出者',
          cell: ({ submittedBy, onBehalf }) => (
            <>
              {submittedBy}
              {onBehalf !== undefined && <span class="hint">{onBehalfText(onBehalf)}</span>}
            </>
          ),
        },
        { heading: '受付番号', cell: ({ receipt }) => receipt },
        {
          heading: '控え',
          cell: ({ version }) => <CopyLinks paths={visit.paths} returned={key} version={version} />,
        },
      ]}
    />
  );
}

interface PickerProps {
  readonly name: string;
  readonly label: string;
  readonly versions: readonly VersionSummary[];
  readonly chosen: number;
  readonly withDraft: boolean;
}

function Picker({ name, label, versions, chosen, withDraft }: PickerProps) {
  return (
    <div>
      <label class="label" for={name}>
        {label}
      </label>
      <select class="select" id={name} name={name}>
        {versions.map(({ version }) => (
          <option value={String(version)} selected={version === chosen}>
            第{version}版
          </option>
        ))}
        {withDraft && (
          <option value="0" selected={chosen === 0}>
            現在の下書き
          </option>
        )}
      </select>
    </div>
  );
}

function wanted(text: string | undefined, fallback: number): number {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : fallback;
}

/** A version; for 0 the draft, with the reasons that would be submitted. */
async function versionOf(
  { visit, key, draft }: Opened,
  version: number,
): Promise<(Reasoned & Pick<Version, 'previous'>) | undefined> {
  if (version > 0) return visit.service.store.version(key, version);
  const { reasons } = await draft.examination();
  return { answers: draft.answers, reasons };
}

interface Compared {
  readonly from: number;
  readonly to: number;
  readonly page: number;
}

async function differences(opened: Opened, { from, to, page }: Compared): Promise<JSX.Element> {
  const { visit, key, form, names } = opened;
  const [before, after] = await Promise.all([versionOf(opened, from), versionOf(opened, to)]);
  if (before === undefined || after === undefined) return <p>比べる版が見つかりません。</p>;
  const { sections } = to === 0 ? form : formOfVersion(form, after);
  const blocks = changedOnly(answerBlocks({ sections, answers: after.answers, names, compared: before.answers }));
  const reasons = changedReasons(before.reasons, after.reasons);
  if (blocks.length === 0 && reasons.length === 0) return <p>違いはありません。</p>;
  const name = from === 0 ? '現在の下書き' : `第${from}版`;
  const hrefOf = (number: number): string => `${visit.paths.history(key)}?from=${from}&to=${to}&page=${number}`;
  return (
    <>
      <PagedAnswers
        blocks={blocks}
        fileHref={fileHrefOf(opened)}
        comparedWith={`${name}の回答`}
        headingLevel={3}
        page={page}
        hrefOf={hrefOf}
      />
      <ReasonChanges asked={opened} before={before} after={after} comparedWith={`${name}の理由`} names={reasons} />
    </>
  );
}

async function list(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, key, draft, canEdit } = opened;
  const versions = await visit.service.store.versions(key);
  const newest = versions.at(-1)?.version ?? 0;
  const withDraft = canEdit && draft.savedAt !== undefined;
  const to = wanted(c.req.query('to'), withDraft ? 0 : newest);
  const from = wanted(c.req.query('from'), withDraft ? newest : Math.max(newest - 1, 1));
  return page(
    c,
    { title: '提出の履歴' },
    <>
      <Trail opened={opened} below={[{ label: '提出の履歴と変更点' }]} />
      <h1>提出の履歴と変更点</h1>
      <p>{returnTitle(opened)}</p>
      {versions.length === 0 ? <p>まだ提出していません。</p> : <VersionTable opened={opened} versions={versions} />}
      {versions.length + (withDraft ? 1 : 0) > 1 && (
        <>
          <h2>版の比較</h2>
          <form method="get" action={visit.paths.history(key)} class="field-row">
            <Picker name="from" label="もとの版" versions={versions} chosen={from} withDraft={false} />
            <Picker name="to" label="比べる版" versions={versions} chosen={to} withDraft={withDraft} />
            <button class="button button--secondary">比べる</button>
          </form>
          {await differences(opened, { from, to, page: pageWanted(c.req.query('page')) })}
        </>
      )}
    </>,
  );
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, key, form, names } = opened;
  const number = wanted(c.req.param('version'), 0);
  const version = number === 0 ? undefined : await visit.service.store.version(key, number);
  if (version === undefined) return failurePage(c, 'notFound');
  const { answers, reasons } = version;
  return page(
    c,
    { title: `第${number}版` },
    <>
      <Trail
        opened={opened}
        below={[{ label: '提出の履歴と変更点', href: visit.paths.history(key) }, { label: `第${number}版` }]}
      />
      <h1>
        {returnTitle(opened)} 第{number}版
      </h1>
      <ReceiptFacts version={version} standing={opened.draft.standing} />
      <CopyLinks paths={visit.paths} returned={key} version={number} />
      <PagedAnswers
        blocks={answerBlocks({ sections: formOfVersion(form, version).sections, answers, names })}
        fileHref={fileHrefOf(opened)}
        page={pageWanted(c.req.query('page'))}
        hrefOf={(to) => `${visit.paths.version(key, number)}?page=${to}`}
      />
      <ReasonList asked={opened} answers={answers} reasons={reasons} />
    </>,
  );
}

async function copy(c: WebContext): Promise<Response> {
  const { version = '', format = '' } = c.req.param();
  const found = await admitReturn(c, 'return.read');
  if (found instanceof Response) return found;
  if (!isCopyFormat(format)) return failurePage(c, 'notFound');
  const { service, person } = c.get('visit');
  const sent = await sendCopy(service, person, found, version, format);
  return sent.ok ? sent.value : refusalPage(c, sent.problem);
}

export function historyPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/history', (c) => list(c));
  app.get('/rounds/:round/returns/:form/:unit/history/:version', (c) => show(c));
  app.get('/rounds/:round/returns/:form/:unit/history/:version/:format', (c) => copy(c));
}

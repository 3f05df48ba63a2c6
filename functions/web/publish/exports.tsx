/** Exports of a round: run, followed, downloaded, and published by a decision. */

import type { Hono } from 'hono';
import { problems } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { exportName } from '../../domain/export-name.ts';
import { contentOf, whyNotPublished } from '../../domain/publication.ts';
import { sendArchive, sendFile } from '../../service/export-files.ts';
import type { ExportSummary } from '../../storage/exports.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { DateTime } from '../shared/time.tsx';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Counts, DoneExport, PublicationTag } from './export-parts.tsx';
import type { ExportProps } from './export-parts.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { readReport, reportErrors, textsOf, typedTexts } from './report-form.ts';
import {
  ReportSettingsSection,
  storedReportForm,
  SavedMeanwhile,
  isUnsaved,
  reportFormName,
} from './report-settings.tsx';
import type { ReportForm } from './report-settings.tsx';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { Table } from '../shared/table.tsx';

const exportsPerPage = 50;
const refreshAfter = 3;

const statuses: Readonly<Record<ExportSummary['status'], string>> = { running: '実行中', done: '完了', failed: '失敗' };

function StatusOf({ record }: { record: ExportSummary }) {
  const { status, done, total, problem } = record;
  if (status === 'running')
    return (
      <>
        {statuses.running}（{total === 0 ? '準備中' : `${done} / ${total}件`}）
      </>
    );
  return (
    <>
      {statuses[status]}
      {problem !== undefined && `：${problems[problem].title}`}
      {status === 'done' && (
        <>
          <PublicationTag record={record} />
        </>
      )}
    </>
  );
}

async function showList(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  return listPage(c, visit, round, await storedReportForm(visit, round));
}

async function listPage(c: WebContext, visit: Visit, round: Round, form: ReportForm): Promise<Response> {
  const { service, paths } = visit;
  const { errors, meanwhile } = form;
  const hasErrors = errors.length > 0;
  const listed = await service.exports.exports(round.id, { cursor: c.req.query('cursor'), limit: exportsPerPage });
  if (!listed.ok) return refusalPage(c, listed.problem);
  const { exports, next } = listed.value;
  const isRunning = exports.some(({ status }) => status === 'running');
  if (isRunning && !isUnsaved(form)) c.header('refresh', String(refreshAfter));
  return page(
    c,
    {
      title: '出力・公表',
      wide: true,
      status: hasErrors ? 422 : meanwhile === undefined ? 200 : 412,
      hasErrors,
      script: true,
    },
    <>
      <RoundNav paths={paths} round={round} current="exports" />
      {hasErrors && <ErrorSummary errors={reportErrors(errors)} />}
      {meanwhile !== undefined && <SavedMeanwhile texts={meanwhile} />}
      {visit.recovered !== undefined && <RecoveredNotice />}
      {c.req.query('done') === 'report' && <Notice kind="success" title="報告書の記載事項を保存しました。" />}
      <h1>出力・公表</h1>
      <p>現在の回答から、符号表、CSV、集計表等のファイル一式を作成します。公表版は、出力を選んで確定します。</p>
      {isRunning ? (
        <Notice kind="info" title="出力を実行しています。">
          <p>この画面は{refreshAfter}秒ごとに更新されます。</p>
        </Notice>
      ) : (
        mayDo(visit, 'exports.run') && (
          <form method="post" action={paths.exports(round.id)}>
            <CsrfField visit={visit} />
            <Button>今すぐ出力する</Button>
          </form>
        )
      )}
      <h2>出力の一覧</h2>
      {exports.length === 0 ? (
        <p>出力はまだありません。</p>
      ) : (
        <Table
          isRoomy
          rows={exports}
          columns={[
            {
              heading: '出力',
              isName: true,
              cell: ({ exportId }) => <a href={paths.export(round.id, exportId)}>{exportName(exportId)}</a>,
            },
            { heading: '実行した人', cell: ({ requestedBy }) => requestedBy },
            { heading: '履歴の番号', cell: ({ asOf }) => asOf?.seq },
            { heading: '状況', cell: (record) => <StatusOf record={record} /> },
          ]}
        />
      )}
      {next !== undefined && (
        <p>
          <a href={withParameters(paths.exports(round.id), { cursor: next })}>これより前の出力</a>
        </p>
      )}
      <p>
        <a href={paths.editions(round.id)}>公表版と公開用アドレス</a>
      </p>
      {mayDo(visit, 'exports.publish') && (
        <p>
          <a href={paths.releases(round.id)}>合計のみを公表する項目の繰上げ公表</a>
        </p>
      )}
      <ReportSettingsSection visit={visit} round={round} form={form} isRunning={isRunning} />
    </>,
  );
}

async function saveReport(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const texts = typedTexts(post.text);
  const seen = post.text('seen');
  const read = readReport(texts);
  if (!read.ok) return listPage(c, visit, round, { texts, seen, errors: read.errors });
  const kept = await service.saveReportSettings(
    round.id,
    read.settings,
    person.name,
    /^\d+$/.test(seen) ? Number(seen) : undefined,
  );
  if (kept.ok) return c.redirect(withParameters(paths.exports(round.id), { done: reportFormName }), 303);
  if (kept.problem.code !== 'precondition-failed')
    return refusalPage(c, kept.problem, { href: paths.exports(round.id), label: '出力の一覧へ戻る' });
  const { settings, revision } = await service.store.reportSettings(round.id);
  return listPage(c, visit, round, { texts, seen: String(revision), errors: [], meanwhile: textsOf(settings) });
}

async function run(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const started = await service.startExport(round.id, person.name);
  if (started.ok) return c.redirect(paths.export(round.id, started.value.exportId), 303);
  const { code, exportId } = started.problem;
  // A second press of the button finds the first one's export running.
  if (code === 'export-running' && exportId !== undefined) return c.redirect(paths.export(round.id, exportId), 303);
  return refusalPage(c, started.problem, { href: paths.exports(round.id), label: '出力の一覧へ戻る' });
}

function Progress({ visit: { paths }, round, record }: ExportProps) {
  const { done, total, exportId } = record;
  return (
    <section aria-label="進み具合">
      <p>
        <progress value={done} max={Math.max(total, 1)} aria-label="出力の進み具合" />
        {'　'}
        {total === 0 ? '準備中' : `${done} / ${total}件`}
      </p>
      <p>
        この画面は{refreshAfter}秒ごとに更新されます。
        <a href={paths.export(round.id, exportId)}>最新の状態を表示する</a>
      </p>
    </section>
  );
}

async function exportPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const record = await service.exports.export(round.id, c.req.param('exportId') ?? '');
  if (record === undefined)
    return refusalPage(c, { code: 'not-found' }, { href: paths.exports(round.id), label: '出力の一覧へ戻る' });
  if (record.status === 'running') c.header('refresh', String(refreshAfter));
  const { manifest, asOf } = record;
  const props: ExportProps = { visit, round, record };
  const newest = await service.newestEdition(round.id);
  return page(
    c,
    { title: exportName(record.exportId), wide: true },
    <>
      <RoundNav paths={paths} round={round} current="exports" trail={[{ label: exportName(record.exportId) }]} />
      {c.req.query('done') === 'published' && record.edition !== undefined && (
        <Notice kind="success" title={`公表版 第${record.edition}版を確定しました。`}>
          <p>
            <a href={paths.editions(round.id)}>公表版と公開用アドレス</a>
          </p>
        </Notice>
      )}
      <h1>{exportName(record.exportId)}</h1>
      <p>
        <StatusOf record={record} />　<DateTime at={new Date(record.requestedAt)} />　{record.requestedBy}
        {asOf !== undefined && `　履歴の番号 ${asOf.seq} 現在`}
      </p>
      {record.status === 'running' && <Progress {...props} />}
      {record.status === 'failed' && <p>前回までの出力はそのまま残っています。もう一度出力してください。</p>}
      {manifest !== undefined && <DoneExport {...props} manifest={manifest} newest={newest} />}
    </>,
  );
}

async function download(c: WebContext, { service, person }: Visit, round: Round): Promise<Response> {
  const record = await service.exports.export(round.id, c.req.param('exportId') ?? '');
  const { method } = c.req;
  const asked = { method, header: (name: string) => c.req.header(name), person };
  const sent = record && (await sendFile(service, asked, round, record, c.req.param('path') ?? ''));
  return sent ?? refusalPage(c, { code: 'not-found' });
}

async function archive(c: WebContext, { service, person }: Visit, round: Round): Promise<Response> {
  const record = await service.exports.export(round.id, c.req.param('exportId') ?? '');
  return (record && (await sendArchive(service, person, round, record))) ?? refusalPage(c, { code: 'not-found' });
}

async function publicationPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const exportId = c.req.param('exportId') ?? '';
  const record = await service.exports.export(round.id, exportId);
  const back = { href: paths.exports(round.id), label: '出力の一覧へ戻る' };
  if (record === undefined) return refusalPage(c, { code: 'not-found' }, back);
  if (record.manifest === undefined) return refusalPage(c, { code: 'export-not-done' }, back);
  if (record.edition !== undefined) {
    const detail = 'もう一度公表するときは、新しく出力し、その出力を公表版にしてください。';
    return refusalPage(c, { code: 'already-published', detail }, back);
  }
  const problem = whyNotPublished(await service.newestEdition(round.id), contentOf(record.manifest));
  if (problem !== undefined) return refusalPage(c, problem, back);
  const title = '公表版を確定する';
  return page(
    c,
    { title },
    <>
      <RoundNav
        paths={paths}
        round={round}
        current="exports"
        trail={[{ label: exportName(exportId), href: paths.export(round.id, exportId) }, { label: title }]}
      />
      <h1>{title}</h1>
      <p>
        {exportName(exportId)}（履歴の番号 {record.manifest.asOf.seq} 現在）の公表用のファイルを、次の公表版とします。
      </p>
      <Counts manifest={record.manifest} round={round} visit={visit} />
      <Notice kind="warning" title="確定した公表版の内容は変更できません。">
        <p>
          訂正がある場合は、回答を訂正したうえで新しい出力を行い、次の版として確定します。公表してはならない内容が見つかった場合は、その版の公表を取りやめることができます。公表用のファイルには確認済の回答だけが含まれます。
        </p>
      </Notice>
      <form method="post" action={paths.publication(round.id, exportId)}>
        <CsrfField visit={visit} />
        <div class="button-row">
          <Button>公表版を確定する</Button>
          <a href={paths.export(round.id, exportId)}>確定せずに戻る</a>
        </div>
      </form>
    </>,
  );
}

async function publish(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const exportId = c.req.param('exportId') ?? '';
  const published = await service.publish(round.id, exportId, person.name);
  // A second press of the button finds it published.
  if (published.ok || published.problem.code === 'already-published')
    return c.redirect(withParameters(paths.export(round.id, exportId), { done: 'published' }), 303);
  return refusalPage(c, published.problem, { href: paths.exports(round.id), label: '出力の一覧へ戻る' });
}

export function exportPages(app: Hono<WebEnv>): void {
  const list = '/rounds/:round/exports';
  const startRun = roundAdmitted('exports.run', run);
  const keepReport = roundAdmitted('reportSettings.write', saveReport);
  app.get(list, roundAdmitted('exports.read', showList));
  app.post(list, (c, next) => (c.req.query('form') === reportFormName ? keepReport(c, next) : startRun(c, next)));
  app.get(`${list}/:exportId`, roundAdmitted('exports.read', exportPage));
  app.get(`${list}/:exportId/files/:path{.+}`, roundAdmitted('exports.read', download));
  app.get(`${list}/:exportId/archive`, roundAdmitted('exports.read', archive));
  app.get(`${list}/:exportId/publication`, roundAdmitted('exports.publish', publicationPage));
  app.post(`${list}/:exportId/publication`, roundAdmitted('exports.publish', publish));
}

/** Exports of a round: run, followed, downloaded, and published by a decision. */

import type { Hono } from 'hono';
import type { ExportedFile, Manifest } from '../../../schemas/export.ts';
import { problems } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { contentTypeOf } from '../../domain/content-types.ts';
import type { ExportRecord, ExportSummary } from '../../storage/exports.ts';
import { Button, ButtonLink } from '../components/button.tsx';
import { CsrfField } from '../components/csrf-field.tsx';
import { Notice } from '../components/notice.tsx';
import { DateTime } from '../components/time.tsx';
import { page } from '../layout.tsx';
import { withParameters } from '../reviewing/address.ts';
import { refusalPage, roundAdmitted } from '../reviewing/admission.tsx';
import { RoundNav } from '../reviewing/round-nav.tsx';
import { ScrollRegion } from '../reviewing/scroll-region.tsx';
import type { Visit, WebContext, WebEnv } from '../visit.ts';

const exportsPerPage = 50;
/** Seconds after which a page of a running export asks again. */
const refreshAfter = 3;

const statuses: Readonly<Record<ExportSummary['status'], string>> = { running: '実行中', done: '完了', failed: '失敗' };

function StatusOf({ record: { status, done, total, problem, edition } }: { record: ExportSummary }) {
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
      {edition !== undefined && `（公表版 第${edition}版）`}
    </>
  );
}

async function listPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const listed = await service.exports.exports(round.id, { cursor: c.req.query('cursor'), limit: exportsPerPage });
  if (!listed.ok) return refusalPage(c, listed.problem);
  const { exports, next } = listed.value;
  const isRunning = exports.some(({ status }) => status === 'running');
  if (isRunning) c.header('refresh', String(refreshAfter));
  return page(
    c,
    { title: '出力・公表', wide: true },
    <>
      <RoundNav paths={paths} round={round} current="exports" />
      <h1>出力・公表</h1>
      <p>現在の回答から、符号表、CSV、集計表等のファイル一式を作成します。公表版は、出力を選んで確定します。</p>
      {isRunning ? (
        <Notice kind="info" title="出力を実行しています。">
          <p>この画面は{refreshAfter}秒ごとに更新されます。</p>
        </Notice>
      ) : (
        <form method="post" action={paths.exports(round.id)}>
          <CsrfField visit={visit} />
          <Button>今すぐ出力する</Button>
        </form>
      )}
      <h2>出力の一覧</h2>
      {exports.length === 0 ? (
        <p>出力はまだありません。</p>
      ) : (
        <div class="table-scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">出力</th>
                <th scope="col">実行した日時</th>
                <th scope="col">実行した人</th>
                <th scope="col">履歴の番号</th>
                <th scope="col">状況</th>
              </tr>
            </thead>
            <tbody>
              {exports.map((record) => (
                <tr>
                  <th scope="row">
                    <a href={paths.export(round.id, record.exportId)}>{record.exportId}</a>
                  </th>
                  <td>
                    <DateTime at={new Date(record.requestedAt)} />
                  </td>
                  <td>{record.requestedBy}</td>
                  <td>{record.asOf?.seq ?? ''}</td>
                  <td>
                    <StatusOf record={record} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next !== undefined && (
        <p>
          <a href={withParameters(paths.exports(round.id), { cursor: next })}>これより前の出力</a>
        </p>
      )}
    </>,
  );
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

interface ExportProps {
  readonly visit: Visit;
  readonly round: Round;
  readonly record: ExportRecord;
}

function Progress({ visit: { paths }, round, record }: ExportProps) {
  const { done, total, exportId } = record;
  return (
    <section aria-label="進み具合">
      <p>
        <progress value={done} max={Math.max(total, 1)} aria-label="出力の進み具合" />　{total === 0 ? '準備中' : `${done} / ${total}件`}
      </p>
      <p>
        この画面は{refreshAfter}秒ごとに更新されます。<a href={paths.export(round.id, exportId)}>最新の状態を表示する</a>
      </p>
    </section>
  );
}

function Counts({ manifest, round, visit: { service } }: { manifest: Manifest; round: Round; visit: Visit }) {
  const titleOf = (form: string): string => service.forms.get(form)?.get(round.forms[form] ?? 0)?.title ?? form;
  return (
    <ScrollRegion label="出力に含まれる回答の表">
      <table class="table--compact">
        <caption>出力に含まれる回答</caption>
        <thead>
          <tr>
            <th scope="col">調査票</th>
            <th scope="col" class="number">
              対象
            </th>
            <th scope="col" class="number">
              提出済（確認中）
            </th>
            <th scope="col" class="number">
              確認済
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(manifest.forms).map(([form, { expected, submitted, accepted }]) => (
            <tr>
              <th scope="row">{titleOf(form)}</th>
              <td class="number">{expected}</td>
              <td class="number">{submitted}</td>
              <td class="number">{accepted}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface FilesProps extends ExportProps {
  readonly title: string;
  readonly files: readonly ExportedFile[];
}

function Files({ visit: { paths }, round, record, title, files }: FilesProps) {
  return (
    <div class="table-scroll">
      <table class="table--compact">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">ファイル</th>
            <th scope="col" class="number">
              件数
            </th>
            <th scope="col" class="number">
              バイト
            </th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ path, rows, bytes, sha256 }) => (
            <tr>
              <th scope="row">
                <a href={paths.exportFile(round.id, record.exportId, path)} download>
                  {path}
                </a>
              </th>
              <td class="number">{rows}</td>
              <td class="number">{bytes.toLocaleString('ja')}</td>
              <td>
                <code class="hash">{sha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Done(props: ExportProps & { manifest: Manifest }) {
  const { visit, round, record, manifest } = props;
  const { paths } = visit;
  const isPublic = ({ path }: ExportedFile): boolean => path.startsWith('public/');
  return (
    <>
      <Counts manifest={manifest} round={round} visit={visit} />
      {record.edition === undefined ? (
        <p>
          <ButtonLink href={paths.publication(round.id, record.exportId)}>この出力を公表版にする</ButtonLink>
        </p>
      ) : (
        <Notice kind="info" title={`この出力は公表版 第${record.edition}版です。`} />
      )}
      <Files {...props} title="公表用のファイル（確認済の回答のみ）" files={manifest.files.filter(isPublic)} />
      <Files {...props} title="県内部用のファイル（連絡先、理由等を含みます）" files={manifest.files.filter((file) => !isPublic(file))} />
      <p>
        <a href={paths.exportFile(round.id, record.exportId, 'manifest.json')} download>
          manifest.json（ファイルの一覧）
        </a>
      </p>
    </>
  );
}

async function exportPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const record = await service.exports.export(round.id, c.req.param('exportId') ?? '');
  if (record === undefined) return refusalPage(c, { code: 'not-found' }, { href: paths.exports(round.id), label: '出力の一覧へ戻る' });
  if (record.status === 'running') c.header('refresh', String(refreshAfter));
  const { manifest, asOf } = record;
  const props: ExportProps = { visit, round, record };
  return page(
    c,
    { title: `出力 ${record.exportId}`, wide: true },
    <>
      <RoundNav paths={paths} round={round} current="exports" trail={[{ label: record.exportId }]} />
      {c.req.query('done') === 'published' && record.edition !== undefined && (
        <Notice kind="success" title={`公表版 第${record.edition}版を確定しました。`} />
      )}
      <h1>出力 {record.exportId}</h1>
      <p>
        <StatusOf record={record} />　<DateTime at={new Date(record.requestedAt)} />　{record.requestedBy}
        {asOf !== undefined && `　履歴の番号 ${asOf.seq} 現在`}
      </p>
      {record.status === 'running' && <Progress {...props} />}
      {record.status === 'failed' && <p>前回までの出力はそのまま残っています。もう一度出力してください。</p>}
      {manifest !== undefined && <Done {...props} manifest={manifest} />}
    </>,
  );
}

async function download(c: WebContext, { service, person }: Visit, round: Round): Promise<Response> {
  const record = await service.exports.export(round.id, c.req.param('exportId') ?? '');
  const path = c.req.param('path') ?? '';
  const file = record?.manifest?.files.find((each) => each.path === path);
  if (record?.manifest === undefined || (file === undefined && path !== 'manifest.json')) return refusalPage(c, { code: 'not-found' });
  const stream = await service.readExportFile(round.id, record.exportId, path);
  await service.store.recordAccess(round.id, { what: 'downloaded', actor: person.name, exportId: record.exportId, path });
  return new Response(stream, {
    headers: {
      'content-type': contentTypeOf(path),
      'content-disposition': `attachment; filename="${path.replaceAll('/', '-')}"`,
      ...(file === undefined ? {} : { 'content-length': String(file.bytes) }),
    },
  });
}

async function publicationPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const exportId = c.req.param('exportId') ?? '';
  const record = await service.exports.export(round.id, exportId);
  const back = { href: paths.exports(round.id), label: '出力の一覧へ戻る' };
  if (record === undefined) return refusalPage(c, { code: 'not-found' }, back);
  if (record.manifest === undefined) return refusalPage(c, { code: 'export-not-done' }, back);
  if (record.edition !== undefined) return refusalPage(c, { code: 'already-published' }, back);
  const title = '公表版を確定する';
  return page(
    c,
    { title },
    <>
      <RoundNav
        paths={paths}
        round={round}
        current="exports"
        trail={[{ label: exportId, href: paths.export(round.id, exportId) }, { label: title }]}
      />
      <h1>{title}</h1>
      <p>
        出力 {exportId}（<DateTime at={new Date(record.requestedAt)} />、履歴の番号 {record.manifest.asOf.seq} 現在）の公表用のファイルを、次の公表版とします。
      </p>
      <Counts manifest={record.manifest} round={round} visit={visit} />
      <Notice kind="warning" title="確定した公表版は取り消せません。">
        <p>訂正がある場合は、回答を訂正したうえで新しい出力を行い、次の版として確定します。公表用のファイルには確認済の回答だけが含まれます。</p>
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
  app.get(list, roundAdmitted('exports.read', listPage));
  app.post(list, roundAdmitted('exports.run', run));
  app.get(`${list}/:exportId`, roundAdmitted('exports.read', exportPage));
  app.get(`${list}/:exportId/files/:path{.+}`, roundAdmitted('exports.read', download));
  app.get(`${list}/:exportId/publication`, roundAdmitted('exports.publish', publicationPage));
  app.post(`${list}/:exportId/publication`, roundAdmitted('exports.publish', publish));
}

/**
 * 公開用アドレス: a published edition as everybody may read it, without signing in. Only what the edition's manifest names
 * is there, and only while the round's address is open and the edition was not taken back.
 */

import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import * as z from 'zod';
import type { OpenTo } from '../../../schemas/open-to.ts';
import { problems } from '../../../schemas/problem.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { contentTypeOf } from '../../domain/content-types.ts';
import { catalogueEntryPath, newestEditionName, withAddresses } from '../../domain/public-address.ts';
import { printDayInJapan } from '../../domain/report/words.ts';
import { isUnchanged } from '../../platform/conditional-request.ts';
import { publicEdition, standingEdition } from '../../service/editions.ts';
import type { PublicEdition } from '../../service/editions.ts';
import { answerWithFile } from '../../service/export-files.ts';
import type { Service } from '../../service/service.ts';
import type { Edition } from '../../storage/publications.ts';
import { closedPage } from '../shared/closed-page.tsx';
import { Contact } from '../shared/contact.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { Table } from '../shared/table.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { FileTables } from './file-tables.tsx';

interface PublicOptions {
  readonly service: Service;
  readonly openTo: OpenTo;
}

/** A cache may keep it, and asks each time whether it still stands: what is taken back is gone at once. */
const cacheControl = 'public, no-cache';

/** The report brings its own style and its charts, and nothing of ours; no script, no form, no other host. */
const filePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox";

/** Of the edition's data package. */
const described = z.object({ licenses: z.array(z.object({ title: z.string(), path: z.url() })).default([]) });

async function readJson(service: Service, { round, shown }: PublicEdition, path: string): Promise<unknown> {
  if (!shown.files.some((file) => file.path === path)) return undefined;
  return JSON.parse(await new Response(await service.readEditionFile(round.id, shown.edition, path)).text());
}

function Licence({ licences }: { readonly licences: z.infer<typeof described>['licenses'] }) {
  return (
    <>
      {licences.map(({ title, path }) => (
        <a href={path}>{title}</a>
      ))}
    </>
  );
}

/** What stands otherwise than in the edition before. */
function Changes({
  shown: { edition, files },
  hrefOf,
}: Pick<PublicEdition, 'shown'> & { readonly hrefOf: (path: string) => string }) {
  const [figures, cells] = ['errata.csv', 'errata.returns.csv'].map((name) => files.find(({ path }) => path === name));
  if (figures === undefined || cells === undefined)
    return <p>{edition === 1 ? '最初の版です。' : '前の版からの訂正の一覧（正誤表）はありません。'}</p>;
  return (
    <ul>
      <li>
        <a href={hrefOf(figures.path)}>集計の訂正</a>（{figures.rows}件）
      </li>
      <li>
        <a href={hrefOf(cells.path)}>回答及び名簿の訂正</a>（{cells.rows}件）
      </li>
    </ul>
  );
}

function Editions({
  editions,
  current,
  hrefOf,
}: {
  readonly editions: readonly Edition[];
  readonly current: number;
  readonly hrefOf: (edition: number) => string;
}) {
  return (
    <Table
      isRoomy
      rows={editions.toReversed()}
      columns={[
        {
          heading: '版',
          isName: true,
          cell: ({ edition, withdrawal }) =>
            edition === current || withdrawal !== undefined ? (
              `第${edition}版`
            ) : (
              <a href={hrefOf(edition)}>第{edition}版</a>
            ),
        },
        { heading: '公表日', cell: ({ publishedAt }) => printDayInJapan(publishedAt) },
        {
          heading: '備考',
          cell: ({ edition, withdrawal }) =>
            withdrawal === undefined
              ? edition === current && 'この版'
              : `${printDayInJapan(withdrawal.at)}に公表を取りやめました。`,
        },
      ]}
    />
  );
}

async function editionPage(c: WebContext, service: Service, found: PublicEdition): Promise<Response> {
  const { round, editions, shown } = found;
  const { paths, prefectureName, origin } = c.get('shell');
  const { edition, files, asOf, publishedAt } = shown;
  const { licenses } = described.parse((await readJson(service, found, 'datapackage.json')) ?? {});
  const newest = standingEdition(editions)?.edition ?? edition;
  const title = `${round.name} 公表版 第${edition}版`;
  const hrefOf = (of: number | typeof newestEditionName): string => paths.publicEdition(round.id, of);
  const fileAt = (path: string): string => paths.publicEdition(round.id, edition, path);
  const has = (name: string): boolean => files.some(({ path }) => path === name);
  const html = await page(
    c,
    { title, wide: true, home: hrefOf(newestEditionName) },
    <>
      <h1>{title}</h1>
      {newest > edition && (
        <Notice kind="warning" title="新しい版があります。">
          <p>
            <a href={hrefOf(newest)}>第{newest}版を見る</a>
          </p>
        </Notice>
      )}
      <SummaryList
        terms={[
          ['公表者', prefectureName],
          ['公表日', printDayInJapan(publishedAt)],
          ['基準日', printPartialDate(round.referenceDate)],
          ['集計した回答', `${printDayInJapan(asOf.at)}現在（県が確認した回答）`],
          licenses.length === 0 ? undefined : ['利用条件（ライセンス）', <Licence licences={licenses} />],
          ['この版のアドレス', <span class="address">{origin + hrefOf(edition)}</span>],
          ['最新の版のアドレス', <span class="address">{origin + hrefOf(newestEditionName)}</span>],
        ]}
      />
      <h2>前の版からの変更</h2>
      <Changes shown={shown} hrefOf={fileAt} />
      <h2>ファイル</h2>
      <FileTables
        title="公表するファイル"
        files={files}
        folder="public/"
        forms={formsOf(service.forms, round)}
        hrefOf={fileAt}
      />
      {has('open-data.jsonld') && (
        <p>
          <a href={fileAt(catalogueEntryPath)}>オープンデータのカタログ用の記述（DCAT、JSON-LD）</a>
        </p>
      )}
      <h2>版の一覧</h2>
      <Editions editions={editions} current={edition} hrefOf={hrefOf} />
      <h2>問合せ先</h2>
      <Contact shell={c.get('shell')} />
    </>,
  );
  return kept(c, await html.text(), html.headers);
}

/** A text that is made for each request, which whoever has it already is not sent again. */
function kept(c: WebContext, text: string, made: Headers): Response {
  const headers = new Headers(made);
  const etag = `"${createHash('sha256').update(text).digest('hex')}"`;
  headers.set('etag', etag);
  headers.set('cache-control', cacheControl);
  return isUnchanged((name) => c.req.header(name), etag)
    ? new Response(null, { status: 304, headers })
    : new Response(text, { headers });
}

interface GoneProps extends PropsWithChildren {
  readonly title: string;
  readonly round: string;
}

function gonePage(c: WebContext, { title, round, children }: GoneProps): Response | Promise<Response> {
  return page(
    c,
    { title, status: 410, home: c.get('shell').paths.publicEdition(round, newestEditionName) },
    <>
      <h1>{title}</h1>
      {children}
      <h2>問合せ先</h2>
      <Contact shell={c.get('shell')} />
    </>,
  );
}

async function withdrawnPage(c: WebContext, service: Service, detail: string, round: string): Promise<Response> {
  const newest = await publicEdition(service, round, newestEditionName);
  const children = (
    <>
      <p>
        {detail}：{problems['edition-withdrawn'].title}
      </p>
      <p>すでに入手したファイルがある場合は、利用せずに削除してください。</p>
      <p>
        {newest.ok ? (
          <a href={c.get('shell').paths.publicEdition(round, newestEditionName)}>公表中の最新の版</a>
        ) : (
          '現在、公表中の版はありません。'
        )}
      </p>
    </>
  );
  return gonePage(c, { title: '公表を取りやめています', round, children });
}

/** What everybody could read has not become wrong: only its place has ended. */
function endedPage(c: WebContext, detail: string, round: string): Response | Promise<Response> {
  const children = (
    <>
      <p>{detail}</p>
      <p>これに伴い、公表版のこのアドレスでの公開を終了しました。公表版が必要な場合は、お問い合わせください。</p>
    </>
  );
  return gonePage(c, { title: '公開を終了しました', round, children });
}

async function fileOf(c: WebContext, service: Service, found: PublicEdition, path: string): Promise<Response> {
  const { round, shown } = found;
  const { paths, origin } = c.get('shell');
  const headers = new Headers({
    'content-type': contentTypeOf(path),
    'cache-control': cacheControl,
    'content-security-policy': filePolicy,
  });
  const sheet = path === catalogueEntryPath ? await readJson(service, found, 'open-data.jsonld') : undefined;
  if (sheet !== undefined) {
    const entry = withAddresses(sheet, origin + paths.publicEdition(round.id, shown.edition), shown);
    return kept(c, `${JSON.stringify(entry, null, 1)}\n`, headers);
  }
  const file = shown.files.find((each) => each.path === path);
  if (file === undefined) return failurePage(c, 'notFound');
  if (!path.endsWith('.html'))
    headers.set('content-disposition', `attachment; filename="${path.replaceAll('/', '-')}"`);
  return answerWithFile(
    { method: c.req.method, header: (name) => c.req.header(name) },
    file,
    (range) => service.readEditionFile(round.id, shown.edition, path, range),
    headers,
  );
}

export function registerPublicEditions(app: Hono<WebEnv>, { service, openTo }: PublicOptions): void {
  const answer = async (c: WebContext): Promise<Response> => {
    if (openTo !== 'everyone') return closedPage(c, undefined);
    const { round = '', edition = '', path = '' } = c.req.param();
    const found = await publicEdition(service, round, edition);
    if (!found.ok) {
      const { code, detail = '' } = found.problem;
      if (code === 'edition-withdrawn') return withdrawnPage(c, service, detail, round);
      return code === 'round-disposed' ? endedPage(c, detail, round) : failurePage(c, 'notFound');
    }
    if (edition === newestEditionName) {
      c.header('cache-control', cacheControl);
      return c.redirect(c.get('shell').paths.publicEdition(round, found.value.shown.edition, path), 302);
    }
    return path === '' ? editionPage(c, service, found.value) : fileOf(c, service, found.value, path);
  };
  app.get('/public/:round', (c) =>
    c.redirect(c.get('shell').paths.publicEdition(c.req.param('round'), newestEditionName)),
  );
  // A gateway may leave out the slash at the end.
  for (const end of ['', '/']) app.get(`/public/:round/:edition${end}`, answer);
  app.get('/public/:round/:edition/:path{.+}', answer);
}

/** 公表版: the editions of a round, the address at which everybody may read them, and taking one back. */

import type { Hono } from 'hono';
import { withdrawalRequest } from '../../../schemas/edition.ts';
import type { PublicAddress } from '../../../schemas/edition.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { Round } from '../../../schemas/round.ts';
import { exportName } from '../../domain/export-name.ts';
import { newestEditionName } from '../../domain/public-address.ts';
import type { PublicSpan } from '../../domain/public-address.ts';
import { editionCorrecting, editionNumber, editionRecord, editionRecords } from '../../service/editions.ts';
import type { EditionRecord } from '../../service/editions.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button, ButtonLink } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId, LabelledTextArea } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { Table } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FileTables } from './file-tables.tsx';

const title = '公表版と公開用アドレス';
const editionName = (edition: number): string => `公表版 第${edition}版`;

interface PageProps {
  readonly visit: Visit;
  readonly round: Round;
}

function Span({ span: { from, until } }: { readonly span: PublicSpan }) {
  return (
    <>
      <DateTime at={from} />
      から{until === undefined ? '（公開中）' : <DateTime at={until} />}
      {until !== undefined && 'まで'}
    </>
  );
}

function Spans({ spans }: Pick<EditionRecord, 'spans'>) {
  if (spans.length === 0) return <>公開していません</>;
  return (
    <>
      {spans.map((span) => (
        <div>
          <Span span={span} />
        </div>
      ))}
    </>
  );
}

interface AddressProps extends PageProps {
  readonly address: PublicAddress;
  readonly siteAddress: (path: string) => string;
}

/** The switch, and the address to copy. */
function Address({ visit, round, address, siteAddress }: AddressProps) {
  const { paths } = visit;
  const { isOpen } = address;
  return (
    <section aria-labelledby="address">
      <h2 id="address">公開用アドレス</h2>
      <p>
        公表版を、サインインせずにだれでも閲覧・ダウンロードできるアドレスです。公開されるのは公表用のファイルだけです。
      </p>
      {isOpen ? (
        <SummaryList
          terms={[
            ['状態', '公開しています'],
            [
              '最新の版のアドレス',
              <a class="address" href={paths.publicEdition(round.id, newestEditionName)}>
                {siteAddress(paths.publicEdition(round.id, newestEditionName))}
              </a>,
            ],
          ]}
        />
      ) : (
        <p>現在は公開していません。</p>
      )}
      {mayDo(visit, 'publicAddress.write') && (
        <form method="post" action={paths.editions(round.id)}>
          <CsrfField visit={visit} />
          <Button kind={isOpen ? 'secondary' : 'primary'} name="open" value={isOpen ? 'no' : 'yes'}>
            {isOpen ? '公開をやめる' : 'だれでも閲覧できるように公開する'}
          </Button>
        </form>
      )}
    </section>
  );
}

async function listPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const [records, { settings: address }] = await Promise.all([
    editionRecords(service, round.id),
    service.store.publicAddress(round.id),
  ]);
  const siteAddress = (path: string): string => `${c.get('shell').origin}${path}`;
  const done = c.req.query('done');
  return page(
    c,
    { title, wide: true },
    <>
      <RoundNav paths={paths} round={round} current="exports" trail={[{ label: title }]} />
      {done === 'open' && <Notice kind="success" title="公開用アドレスでの公開を始めました。" />}
      {done === 'closed' && <Notice kind="success" title="公開用アドレスでの公開をやめました。" />}
      <h1>{title}</h1>
      {service.offersPublicAddress && (
        <Address visit={visit} round={round} address={address} siteAddress={siteAddress} />
      )}
      <h2>公表版の一覧</h2>
      {records.length === 0 ? (
        <p>公表版はまだありません。出力を選んで確定します。</p>
      ) : (
        <Table
          isRoomy
          rows={records.toReversed()}
          columns={[
            {
              heading: '版',
              isName: true,
              cell: ({ edition }) => <a href={paths.edition(round.id, edition)}>第{edition}版</a>,
            },
            { heading: '確定', cell: ({ publishedAt }) => <DateTime at={publishedAt} /> },
            { heading: '状態', cell: ({ withdrawal }) => (withdrawal === undefined ? '公表' : '公表取りやめ') },
            ...(service.offersPublicAddress
              ? [{ heading: '公開用アドレスでの公開', cell: (record: EditionRecord) => <Spans spans={record.spans} /> }]
              : []),
          ]}
        />
      )}
      <p>
        <a href={paths.exports(round.id)}>出力の一覧</a>
      </p>
    </>,
  );
}

async function switchAddress(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const isOpen = (await postedForm(c)).text('open') === 'yes';
  const saved = await service.savePublicAddress(round.id, { isOpen }, person.name);
  if (!saved.ok) return refusalPage(c, saved.problem, { href: paths.editions(round.id), label: `${title}へ戻る` });
  return c.redirect(withParameters(paths.editions(round.id), { done: isOpen ? 'open' : 'closed' }), 303);
}

interface EditionProps extends PageProps {
  readonly record: EditionRecord;
  /** A later edition that stands and says what it corrects of this one. */
  readonly correcting: EditionRecord | undefined;
}

/** The figures of this edition stand in a later one too, beside what replaced them. */
function StandsInNext({ visit, round, correcting }: EditionProps) {
  if (correcting === undefined) return <></>;
  const name = editionName(correcting.edition);
  return (
    <p>
      {name}の正誤表に、この版の値が「誤」として載っています。公表してはならない値があるときは、
      <a href={visit.paths.edition(round.id, correcting.edition)}>{name}</a>の公表も取りやめてください。
    </p>
  );
}

function Facts({ visit: { service, paths }, round, record, origin }: EditionProps & { readonly origin: string }) {
  const { edition, exportId, asOf, publishedAt, publishedBy, withdrawal, spans } = record;
  return (
    <SummaryList
      terms={[
        ['確定した日時', <DateTime at={publishedAt} />],
        ['確定した人', publishedBy],
        ['もとの出力', <a href={paths.export(round.id, exportId)}>{exportName(exportId)}</a>],
        ['回答の時点', `履歴の番号 ${asOf.seq} 現在`],
        service.offersPublicAddress || spans.length > 0
          ? ['公開用アドレス', <span class="address">{`${origin}${paths.publicEdition(round.id, edition)}`}</span>]
          : undefined,
        service.offersPublicAddress || spans.length > 0 ? ['公開していた期間', <Spans spans={spans} />] : undefined,
        withdrawal && ['公表を取りやめた日時', <DateTime at={withdrawal.at} />],
        withdrawal && ['公表を取りやめた人', withdrawal.actor],
        withdrawal && ['公表を取りやめた理由', withdrawal.reason],
        withdrawal && [
          'ファイルを公表版の保存先から除いた日時',
          withdrawal.filesRemovedAt === undefined ? 'まだ除いていません' : <DateTime at={withdrawal.filesRemovedAt} />,
        ],
      ]}
    />
  );
}

type ShowEdition = (c: WebContext, props: EditionProps) => Response | Promise<Response>;

/** A page about one edition of the round. */
function ofEdition(show: ShowEdition): (c: WebContext, visit: Visit, round: Round) => Promise<Response> {
  return async (c, visit, round) => {
    const number = editionNumber(c.req.param('edition') ?? '');
    const record = number === undefined ? undefined : await editionRecord(visit.service, round.id, number);
    return record === undefined
      ? refusalPage(c, { code: 'not-found' }, { href: visit.paths.editions(round.id), label: `${title}へ戻る` })
      : show(c, { visit, round, record, correcting: await editionCorrecting(visit.service, round.id, record.edition) });
  };
}

function recordPage(c: WebContext, props: EditionProps): Response | Promise<Response> {
  const { visit, round, record } = props;
  const { service, paths } = visit;
  const { edition, withdrawal, files, exportId } = record;
  const name = editionName(edition);
  return page(
    c,
    { title: name, wide: true },
    <>
      <RoundNav
        paths={paths}
        round={round}
        current="exports"
        trail={[{ label: title, href: paths.editions(round.id) }, { label: name }]}
      />
      {c.req.query('done') === 'withdrawn' && <Notice kind="success" title={`${name}の公表を取りやめました。`} />}
      <h1>{name}</h1>
      {withdrawal !== undefined && (
        <Notice kind="warning" title="公表を取りやめています。">
          <p>
            この版のファイルは、公開用アドレス及び市町村の画面では閲覧できません。次に公表する版は、新しい出力から確定し、次の版番号になります。この版に記載した値は、すでに知られたものとして、次の版の集計値の差から回答が分からないように扱います。
          </p>
          <StandsInNext {...props} />
        </Notice>
      )}
      <Facts {...props} origin={c.get('shell').origin} />
      {withdrawal === undefined && mayDo(visit, 'editions.withdraw') && (
        <p>
          <ButtonLink kind="secondary" href={paths.editionWithdrawal(round.id, edition)}>
            この版の公表を取りやめる
          </ButtonLink>
        </p>
      )}
      <h2>この版のファイル</h2>
      <FileTables
        title={`${name}のファイル`}
        files={files}
        folder="edition/"
        forms={formsOf(service.forms, round)}
        hrefOf={
          withdrawal === undefined ? (path) => paths.exportFile(round.id, exportId, `edition/${path}`) : undefined
        }
      />
    </>,
  );
}

interface WithdrawalForm {
  readonly reason: string;
  readonly error?: string | undefined;
}

function withdrawalPage(c: WebContext, props: EditionProps, form: WithdrawalForm): Response | Promise<Response> {
  const { visit, round, record } = props;
  const { paths } = visit;
  const { edition, withdrawal } = record;
  if (withdrawal !== undefined) return c.redirect(paths.edition(round.id, edition), 303);
  const heading = `${editionName(edition)}の公表を取りやめる`;
  const { reason, error } = form;
  return page(
    c,
    { title: heading, status: error === undefined ? 200 : 422, hasErrors: error !== undefined },
    <>
      <RoundNav
        paths={paths}
        round={round}
        current="exports"
        trail={[
          { label: title, href: paths.editions(round.id) },
          { label: editionName(edition), href: paths.edition(round.id, edition) },
          { label: '公表の取りやめ' },
        ]}
      />
      {error !== undefined && <ErrorSummary errors={[{ href: `#${fieldId('reason')}`, message: error }]} />}
      {visit.recovered !== undefined && <RecoveredNotice />}
      <h1>{heading}</h1>
      <Notice kind="warning" title="取りやめた版を、元に戻すことはできません。">
        <p>
          取りやめると、公開用アドレスと市町村の画面から、この版のファイルを直ちに閲覧できなくします。すでにダウンロードされたファイルは回収できません。ファイルの一覧と、公開していた期間は記録として残ります。
        </p>
        <StandsInNext {...props} />
      </Notice>
      <Facts {...props} origin={c.get('shell').origin} />
      <form method="post" action={paths.editionWithdrawal(round.id, edition)}>
        <CsrfField visit={visit} />
        <LabelledTextArea
          id={fieldId('reason')}
          name="reason"
          label="理由"
          hint="履歴に残ります。公表されません。"
          value={reason}
          error={error}
        />
        <div class="button-row">
          <Button kind="danger">公表を取りやめる</Button>
          <a href={paths.edition(round.id, edition)}>取りやめずに戻る</a>
        </div>
      </form>
    </>,
  );
}

async function withdraw(c: WebContext, props: EditionProps): Promise<Response> {
  const { visit, round, record } = props;
  const { service, person, paths } = visit;
  const reason = (await postedForm(c)).text('reason');
  const read = withdrawalRequest.safeParse({ reason });
  if (!read.success) return withdrawalPage(c, props, { reason, error: read.error.issues[0]?.message });
  const { edition } = record;
  const outcome = await service.withdrawEdition(round.id, String(edition), { ...read.data, actor: person.name });
  // A second press of the button finds what the first one wrote.
  const stands = outcome.ok ? undefined : (await editionRecord(service, round.id, edition))?.withdrawal;
  const isDone = outcome.ok || (stands?.actor === person.name && stands.reason === reason);
  if (isDone) return c.redirect(withParameters(paths.edition(round.id, edition), { done: 'withdrawn' }), 303);
  const back = { href: paths.edition(round.id, edition), label: `${editionName(edition)}の記録へ` };
  return refusalPage(c, outcome.problem, back, [{ label: '理由', text: reason }]);
}

export function editionPages(app: Hono<WebEnv>): void {
  const list = '/rounds/:round/publications';
  app.get(list, roundAdmitted('exports.read', listPage));
  app.post(list, roundAdmitted('publicAddress.write', switchAddress));
  app.get(`${list}/:edition`, roundAdmitted('exports.read', ofEdition(recordPage)));
  const address = `${list}/:edition/withdrawal`;
  app.get(
    address,
    roundAdmitted(
      'editions.withdraw',
      ofEdition((c, props) => withdrawalPage(c, props, { reason: props.visit.recovered?.get('reason') ?? '' })),
    ),
  );
  app.post(address, roundAdmitted('editions.withdraw', ofEdition(withdraw)));
}

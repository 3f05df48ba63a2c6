/** Mails of a round (メール): what was sent, what is due and what did not arrive; and whether any is sent by itself. */

import type { Hono } from 'hono';
import { mailEvents, mailStates } from '../../../schemas/mail.ts';
import type { Mail, MailEvent, MailSettings } from '../../../schemas/mail.ts';
import { phaseAt } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { calendarOf } from '../../domain/mails.ts';
import { mailDesk, mailSettingsEtag, plannedMails } from '../../service/mails.ts';
import type { MailDesk, PlannedMail } from '../../service/mails.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button, ButtonLink } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { Pager, pageOfList, pageWanted } from '../shared/pager.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { Table } from '../shared/table.tsx';
import type { Column } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const rowsPerPage = 100;

const reasons: Readonly<Record<string, string>> = {
  Permanent: '宛先のアドレスがないか、受け取りを拒まれました',
  Transient: '宛先のサーバーが一時的に受け取りませんでした',
  Undetermined: '宛先に届きませんでした',
  Complaint: '受け取った人が迷惑メールとして報告しました',
  Reject: 'メールの内容が受け付けられませんでした',
  MessageRejected: 'メールが受け付けられませんでした',
};

/** What became of it, and why, in words. */
function outcomeOf({ state, reason }: Pick<Mail, 'state' | 'reason'>): string {
  const why = reason === undefined ? '' : `（${reasons[reason] ?? '送信の処理で誤りが起きました'}）`;
  return state === 'unknown'
    ? '不明（送信の途中で処理が途切れました。届いている場合があります）'
    : `${mailStates[state]}${state === 'sent' ? '' : why}`;
}

/** Those that only a person may send again. */
function needsSomebody({ state }: Pick<Mail, 'state'>): boolean {
  return state === 'failed' || state === 'unknown' || state === 'undelivered';
}

function columnsOf(desk: MailDesk): Column<Mail>[] {
  return [
    { heading: '市町村', isName: true, cell: ({ unit }) => desk.nameOf(unit) },
    { heading: '種類', cell: ({ event }) => mailEvents[event] },
    { heading: '件名', cell: ({ subject }) => subject },
    { heading: '宛先', cell: ({ to }) => to.join('、') },
    { heading: '状況', cell: outcomeOf },
    { heading: '日時', cell: ({ changedAt }) => <DateTime at={new Date(changedAt)} /> },
    { heading: '指示した人', cell: ({ recordedBy }) => recordedBy ?? '（自動）' },
  ];
}

interface ListProps {
  readonly visit: Visit;
  readonly round: Round;
  readonly desk: MailDesk;
  readonly mails: readonly Mail[];
}

function Troubles({ visit, round, desk, mails }: ListProps) {
  const troubled = mails.filter(needsSomebody);
  if (troubled.length === 0) return <></>;
  const maySend = mayDo(visit, 'mails.send');
  const choosing: Column<Mail> = {
    heading: '再送',
    cell: ({ unit, key, event }) => (
      <input
        type="checkbox"
        name="again"
        value={`${unit}#${key}`}
        aria-label={`${desk.nameOf(unit)}の${mailEvents[event]}のメールを再送する`}
      />
    ),
  };
  const table = (
    <Table
      label="届いていない・不明なメールの表"
      rows={troubled}
      columns={[...(maySend ? [choosing] : []), ...columnsOf(desk)]}
    />
  );
  return (
    <section aria-labelledby="troubles">
      <h2 id="troubles">届いていない・不明なメール（{troubled.length}件）</h2>
      <p>
        自動では再送しません。不明なものは、届いているかを市町村に確かめてください。アドレスの誤りは
        <a href={visit.paths.contacts}>連絡先</a>で直してから再送してください。
      </p>
      {maySend ? (
        <form method="post" action={visit.paths.mails(round.id)}>
          <CsrfField visit={visit} />
          {table}
          <div class="button-row">
            <Button name="action" value="again">
              選んだメールを再送する
            </Button>
          </div>
        </form>
      ) : (
        table
      )}
    </section>
  );
}

function eventsOfRound(settings: MailSettings): MailEvent[] {
  return mailKinds.filter((event) => !settings.off?.includes(event));
}

/** Whether any goes out by itself: for a prefecture that prefers its own mail, or stops all of them for a while. */
function Automatic({ visit, round, desk: { settings } }: Omit<ListProps, 'mails'>) {
  const isStopped = settings.automatic === false;
  return (
    <>
      {isStopped && (
        <Notice kind="warning" title="この調査では、自動のメールを全て止めています。">
          <p>止めている間の知らせは、再開したとき、3日前までのものを送ります。</p>
        </Notice>
      )}
      {mayDo(visit, 'mails.send') && (
        <form method="post" action={visit.paths.mails(round.id)}>
          <CsrfField visit={visit} />
          <div class="button-row">
            <Button kind="secondary" name="action" value={isStopped ? 'start' : 'stop'}>
              {isStopped ? '自動のメールを再開する' : '自動のメールを全て止める'}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}

/** Those that go out by themselves. */
const mailKinds = [
  'opened',
  'week',
  'eve',
  'overdue',
  'dueMoved',
  'returned',
  'accepted',
  'onBehalf',
  'answered',
  'published',
] as const satisfies readonly MailEvent[];

function Events({ visit, round, desk }: Omit<ListProps, 'mails'>) {
  const { paths } = visit;
  const maySend = mayDo(visit, 'mails.send');
  const active = eventsOfRound(desk.settings);
  const dates = new Map(calendarOf(round).map(({ event, from }) => [event, new Date(from)]));
  const table = (
    <Table
      label="自動で送るメールの表"
      rows={mailKinds}
      columns={[
        { heading: '種類', isName: true, cell: (event) => mailEvents[event] },
        {
          heading: '送る時',
          cell: (event) => {
            const from = dates.get(event);
            if (from === undefined) return 'その操作の後、数分以内';
            return phaseAt(round, from) === 'closed' ? '送りません（受付終了の後）' : <DateTime at={from} />;
          },
        },
        {
          heading: '自動で送る',
          cell: (event) =>
            maySend ? (
              <input
                type="checkbox"
                name="on"
                value={event}
                checked={active.includes(event)}
                aria-label={`${mailEvents[event]}のメールを自動で送る`}
              />
            ) : active.includes(event) ? (
              '送る'
            ) : (
              '送らない'
            ),
        },
        {
          heading: '文面',
          cell: (event) => (
            <>
              {desk.settings.texts?.[event] === undefined ? '標準' : 'この調査のもの'}
              {maySend && (
                <>
                  {'　'}
                  <a href={paths.mailText(round.id, event)} aria-label={`${mailEvents[event]}の文面を見る・変える`}>
                    見る・変える
                  </a>
                </>
              )}
            </>
          ),
        },
      ]}
    />
  );
  return (
    <section aria-labelledby="events">
      <h2 id="events">自動で送るメール</h2>
      <p>
        期限を延長した回答には、延長後の期限に合わせて送ります。提出済みの回答には催促を送りません。受付を終了した後は、提出できない回答についての催促と期限の知らせを送りません。県が自らのメールで送る場合は、全て止めてください。
      </p>
      <Automatic visit={visit} round={round} desk={desk} />
      {maySend ? (
        <form method="post" action={paths.mails(round.id)}>
          <CsrfField visit={visit} />
          {table}
          <div class="button-row">
            <Button kind="secondary" name="action" value="events">
              自動で送るものを保存する
            </Button>
          </div>
        </form>
      ) : (
        table
      )}
    </section>
  );
}

function Due({ due, desk }: { readonly due: readonly PlannedMail[]; readonly desk: MailDesk }) {
  const without = [
    ...new Set(due.filter(({ to }) => to.length === 0).map(({ municipality }) => municipality)),
  ].toSorted();
  const waiting = due.filter(({ to }) => to.length > 0).length;
  return (
    <>
      {waiting > 0 && <p>まもなく自動で送るメール：{waiting}件</p>}
      {without.length > 0 && (
        <Notice kind="warning" title={`連絡先がないため送れない市町村があります（${without.length}団体）。`}>
          <p>{without.map((each) => desk.nameOf(each)).join('、')}</p>
          <p>3日以内に連絡先を登録すると送ります。</p>
        </Notice>
      )}
    </>
  );
}

const outcomes: Readonly<Record<string, string>> = {
  queued: '送信待ちにしました。数分以内に送ります。',
  none: '送るメールはありませんでした。',
  events: '自動で送るメールを保存しました。',
  stopped: '自動のメールを全て止めました。',
  started: '自動のメールを再開しました。',
  text: '文面を保存しました。',
  usual: '標準の文面に戻しました。',
};

async function mailsPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths, now } = visit;
  const [desk, all] = await Promise.all([mailDesk(service.mailSources, round), service.store.mails(round.id)]);
  const mails = all.toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
  const { shown, page: at, pages } = pageOfList(mails, pageWanted(c.req.query('page')), rowsPerPage);
  const done = outcomes[c.req.query('done') ?? ''];
  return page(
    c,
    { title: 'メール', wide: true },
    <>
      <RoundNav paths={paths} round={round} current="mails" />
      {done !== undefined && <Notice kind="success" title={done} />}
      <h1>メール</h1>
      {!service.mailSite.isSending && (
        <Notice kind="warning" title="このシステムからはメールを送りません。">
          <p>送信元が設定されていません。宛先と文面を写して、県のメールで送ってください。</p>
        </Notice>
      )}
      <p>
        市町村の<a href={paths.contacts}>連絡先</a>
        （主と副）に送ります。協議会についてのメールは、事務局の市町村に送ります。回答の内容は載せません。
      </p>
      <Due due={plannedMails(desk, all, now)} desk={desk} />
      {mayDo(visit, 'mails.send') && (
        <div class="button-row">
          <ButtonLink href={paths.newMail(round.id)}>メールを送る・宛先と文面を写す</ButtonLink>
        </div>
      )}
      <Troubles visit={visit} round={round} desk={desk} mails={mails} />
      <Events visit={visit} round={round} desk={desk} />
      <section aria-labelledby="sent">
        <h2 id="sent">記録（{mails.length}件）</h2>
        {mails.length === 0 ? (
          <p>まだありません。</p>
        ) : (
          <Table rows={shown} columns={columnsOf(desk)} label="メールの表" />
        )}
        <Pager
          page={at}
          pages={pages}
          label="メールのページ"
          hrefOf={(to) => withParameters(paths.mails(round.id), { page: String(to) })}
        />
      </section>
    </>,
  );
}

/** The settings after a press of a button, and what is said of it. */
function changed(
  { automatic, off: before, ...rest }: MailSettings,
  action: string,
  on: readonly string[],
): readonly [MailSettings, string] {
  if (action === 'stop' || action === 'start') {
    const marks = before === undefined ? rest : { ...rest, off: before };
    return action === 'stop' ? [{ ...marks, automatic: false }, 'stopped'] : [marks, 'started'];
  }
  const off = mailKinds.filter((event) => !on.includes(event));
  const stopped = automatic === false ? { ...rest, automatic } : rest;
  return [off.length === 0 ? stopped : { ...stopped, off }, 'events'];
}

async function save(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const back = (done: string): Response => c.redirect(withParameters(paths.mails(round.id), { done }), 303);
  if (post.text('action') === 'again') {
    const again = post.all('again');
    if (again.length === 0) return back('none');
    const queued = await service.requestMails(round, { again }, person.name);
    return queued.ok ? back(queued.value.queued > 0 ? 'queued' : 'none') : refusalPage(c, queued.problem);
  }
  const { settings, ...kept } = await service.store.mailSettings(round.id);
  const [wanted, done] = changed(settings, post.text('action'), post.all('on'));
  const saved = await service.saveMailSettings(round.id, wanted, { ifMatch: mailSettingsEtag(kept) }, person.name);
  return saved.ok ? back(done) : refusalPage(c, saved.problem);
}

export function mailsPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/mails', roundAdmitted('mails.read', mailsPage));
  app.post('/rounds/:round/mails', roundAdmitted('mails.send', save));
}

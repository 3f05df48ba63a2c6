/** Where a link for a colleague (共有) leads: says what was shared, asks for a name, and lets in to that return alone. */

import type { Context, Hono } from 'hono';
import type { OpenTo } from '../../../schemas/open-to.ts';
import { problems } from '../../../schemas/problem.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { ReturnKey } from '../../../schemas/return.ts';
import { longestShareName, shareName } from '../../../schemas/share.ts';
import { mayEnter } from '../../domain/authorisation.ts';
import type { Person } from '../../domain/authorisation.ts';
import { guestId } from '../../domain/sharing.ts';
import { addressOf } from '../../platform/caller.ts';
import type { Shares } from '../../service/shares.ts';
import { sha256 } from '../../storage/seal.ts';
import { shareIdOf } from '../../storage/shares.ts';
import type { SignInAttempts } from '../../storage/sign-in-attempts.ts';
import { closedPage } from '../shared/closed-page.tsx';
import { Button, ButtonLink } from '../shared/button.tsx';
import { Contact } from '../shared/contact.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { LabelledInput, fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import { DateTime } from '../shared/time.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import type { EnteringOptions } from './entering.ts';

interface SharedLinkOptions extends EnteringOptions {
  readonly attempts: Pick<SignInAttempts, 'countAttempt'>;
  readonly openTo: OpenTo;
}

type Answer = Response | Promise<Response>;
type Opened = Extract<Awaited<ReturnType<Shares['openShare']>>, { ok: true }>['value'];

/** In a quarter of an hour: links from one address that are none, and names given at one link. */
const mostAttempts = 30;

function overPage(c: WebContext): Answer {
  return page(
    c,
    { title: '共有のリンクは使えません', status: 410 },
    <>
      <h1>共有のリンクは使えません</h1>
      <p>{problems['share-ended'].title}</p>
    </>,
  );
}

function tooManyPage(c: WebContext): Answer {
  return page(
    c,
    { title: '一時的に受け付けていません', status: 429 },
    <>
      <h1>一時的に受け付けていません</h1>
      <p>リンクが短い時間に何度も開かれました。15分ほど待ってから、もう一度お試しください。</p>
    </>,
  );
}

function Shared({ opened: { share, round, form, unit } }: { readonly opened: Opened }) {
  const sections = form.sections.filter(({ key }) => share.sections?.includes(key) !== false);
  return (
    <SummaryList
      terms={[
        ['調査', round.name],
        ['調査票', `${form.title}（${unit.name}）`],
        [
          '入力する区分',
          share.sections === undefined
            ? 'すべて'
            : sections.map(({ definition }) => numberedLabel(definition)).join('、'),
        ],
        ['共有した人', share.createdBy],
        ['リンクの期限', <DateTime at={new Date(share.expiresAt)} />],
      ]}
    />
  );
}

interface NamePage {
  readonly opened: Opened;
  readonly href: string;
  readonly name: string;
  readonly error?: string | undefined;
}

function namePage(c: WebContext, { opened, href, name, error }: NamePage): Answer {
  const title = '共有された調査票への入力';
  return page(
    c,
    { title, status: error === undefined ? 200 : 422, hasErrors: error !== undefined },
    <>
      <ErrorSummary errors={error === undefined ? [] : [{ href: `#${fieldId('name')}`, message: error }]} />
      <h1>{title}</h1>
      <p>次の調査票の入力を依頼されています。入力した内容の保存ができます。提出は、共有した人が行います。</p>
      <Shared opened={opened} />
      <form method="post" action={href}>
        <LabelledInput
          name="name"
          label="所属とお名前"
          hint={`保存した人として、市町村の担当者と県に表示されます。${longestShareName}文字まで。例：障害福祉課 山田`}
          value={name}
          error={error}
          autocomplete="off"
        />
        <div class="button-row">
          <Button>入力を始める</Button>
        </div>
      </form>
      <p class="hint">
        心当たりがない場合は、入力せずに画面を閉じてください。このリンクを、入力を依頼された人以外に伝えないでください。
      </p>
    </>,
  );
}

/** Who is signed in already stays so: another person would go on with the rights of the first. */
function signedInPage(
  c: WebContext,
  opened: Opened,
  key: ReturnKey,
  { person, csrf }: { person: Person; csrf: string },
): Answer {
  const { paths } = c.get('shell');
  return page(
    c,
    { title: 'サインイン中です' },
    <>
      <h1>サインイン中です</h1>
      <p>
        このブラウザーでは「{person.name}
        」としてサインインしています。共有のリンクから入力するときは、先にサインアウトし、もう一度リンクを開いてください。
      </p>
      <Shared opened={opened} />
      <form method="post" action={paths.signOut}>
        <CsrfField visit={{ csrf }} />
        <div class="button-row">
          <Button kind="secondary">サインアウトする</Button>
          <ButtonLink href={paths.return(key)}>サインインしたまま調査票を開く</ButtonLink>
        </div>
      </form>
    </>,
  );
}

const becameOfTyped = {
  kept: 'いまの入力内容は、まだ保存されていません。24時間預かっています。同じ端末で共有のリンクを開き、同じ名前を入力してから元の画面を開くと表示されますので、もう一度保存してください。',
  'too-large':
    'いまの入力内容は、保存されていません。大きいため、預かることができませんでした。ブラウザーの「戻る」で前の画面に戻り、入力内容を控えてから、もう一度リンクを開いてください。',
} as const;

/**
 * What somebody sees who came by a link and whose session has ended.
 *
 * @param became of what was typed; nothing was where it is absent
 */
export function shareAgainPage(c: WebContext, became: keyof typeof becameOfTyped | undefined): Answer {
  return page(
    c,
    { title: 'もう一度リンクを開いてください', status: 401 },
    <>
      <h1>もう一度リンクを開いてください</h1>
      <p>安全のため、60分間操作がない場合や、入力を始めてから10時間が経過した場合は、入力を終了します。</p>
      {became !== undefined && <p>{becameOfTyped[became]}</p>}
      <p>リンクが分からないときは、リンクを送った担当者にお問い合わせください。</p>
      <Contact shell={c.get('shell')} />
    </>,
  );
}

export function registerSharedLink(app: Hono<WebEnv>, options: SharedLinkOptions): void {
  const { sessions, service, cookies, paths, now, attempts, openTo } = options;

  async function isOften(name: string): Promise<boolean> {
    return (await attempts.countAttempt('share', name)) > mostAttempts;
  }

  /** The return that the link opens, or the page that says why it opens none. */
  async function open(c: WebContext, key: ReturnKey): Promise<Opened | Response> {
    const id = shareIdOf(c.req.query('key') ?? '');
    const opened = await service.shares.openShare(key, id);
    if (opened.ok) return opened.value;
    if (opened.problem.code === 'share-ended') return overPage(c);
    return (await isOften(`from ${addressOf(c.env) ?? ''}`)) ? tooManyPage(c) : failurePage(c, 'notFound');
  }

  async function answer(c: WebContext): Promise<Response> {
    // No page that is opened from here, of ours or of others, is told the address.
    c.header('referrer-policy', 'no-referrer');
    if (!mayEnter(openTo, { role: 'municipality', id: '', name: '', units: [] })) return closedPage(c, undefined);
    const { round = '', form = '', unit = '' } = c.req.param();
    const key = { round, form, unit };
    const opened = await open(c, key);
    if (opened instanceof Response) return opened;
    const before = cookies.session.get(c);
    const session = before === undefined ? undefined : await sessions.session(before);
    if (session !== undefined && !session.hasEnded && session.person.share === undefined)
      return signedInPage(c, opened, key, session);
    const href = paths.shared(key, c.req.query('key') ?? '');
    if (c.req.method !== 'POST') return namePage(c, { opened, href, name: '' });
    const typed = (await postedForm(c)).text('name');
    const name = shareName.safeParse(typed);
    if (!name.success) return namePage(c, { opened, href, name: typed, error: name.error.issues[0]?.message ?? '' });
    const { id, sections } = opened.share;
    if (await isOften(`at ${id}`)) return tooManyPage(c);
    const person: Person = {
      // The same for who comes back, so that what was kept for them is found.
      id: guestId(opened.share, sha256(JSON.stringify([id, name.data]))),
      name: `${name.data}（共有）`,
      role: 'municipality',
      units: [],
      share: { ...key, id, sections },
    };
    if (before !== undefined) await sessions.close(before);
    cookies.session.set(c, (await sessions.open(person, Math.floor(now().getTime() / 1000))).id);
    await service.recordAccess(round, { what: 'shareOpened', actor: person.name, return: { form, unit } });
    return c.redirect(paths.return(key), 303);
  }

  app.on(['GET', 'POST'], '/rounds/:round/returns/:form/:unit/shared', (c: Context<WebEnv>) => answer(c));
}

/** Accounts from a file (年度当初): what would change is shown first, then carried out, with what became of each row. */

import type { Hono } from 'hono';
import type { Problem } from '../../../schemas/problem.ts';
import { problems } from '../../../schemas/problem.ts';
import { accountColumns } from '../../domain/accounts/account.ts';
import { describeAction } from '../../domain/accounts/describe.ts';
import { usernameOf } from '../../domain/accounts/plan.ts';
import type { AppliedFile } from '../../service/accounts/accounts.ts';
import { partSize } from '../../service/accounts/proposal.ts';
import type { FileChange, Proposal } from '../../service/accounts/proposal.ts';
import { withParameters } from '../shared/address.ts';
import { admitted, httpStatusOf } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { AccountsTrail } from './accounts.tsx';
import { FileErrors, TableFile, countedErrors, readTableFile } from './table-file.tsx';

const title = '一覧のファイルで登録・変更する';

function uploadPage(c: WebContext, visit: Visit, problem?: Problem): Response | Promise<Response> {
  const { paths } = visit;
  const errors = problem?.errors ?? [];
  const message =
    problem === undefined
      ? undefined
      : errors.length > 0
        ? countedErrors(errors)
        : (problem.detail ?? problems[problem.code].title);
  return page(
    c,
    { title, status: problem === undefined ? 200 : httpStatusOf(problem), hasErrors: message !== undefined },
    <>
      <AccountsTrail paths={paths} below={title} />
      <ErrorSummary errors={message === undefined ? [] : [{ href: `#${fieldId('file')}`, message }]} />
      <h1>{title}</h1>
      <p>
        <a href={withParameters(paths.accounts, { as: 'csv' })} download>
          利用者の一覧のCSV
        </a>
        を保存し、行を加え、又は直して選んでください。変更点を確かめてから登録します。同じファイルをもう一度登録しても、二重には登録されません。
      </p>
      <p>
        見出しは {accountColumns.join('、')}{' '}
        です。異動した人は「状態」を停止とし、後任の人の行を、「状態」を利用として加えます。
      </p>
      <form method="post" action={paths.accountsImport} enctype="multipart/form-data">
        <CsrfField visit={visit} />
        <TableFile error={message} />
        <label class="choice">
          <input type="checkbox" name="retire" value="yes" /> <span>ファイルにない利用者の利用を停止する</span>
        </label>
        <div class="button-row">
          <Button>変更点を確かめる</Button>
          <a href={paths.accounts}>登録せずに戻る</a>
        </div>
      </form>
      {errors.length > 0 && (
        <FileErrors
          title="登録できない行"
          unchanged="利用者は変更されていません。ファイルを直して、もう一度選んでください。"
          errors={errors.map(({ path, message }) => ({ where: /^rows\.(\d+)/.exec(path)?.[1] ?? '全体', message }))}
        />
      )}
    </>,
  );
}

const kinds = { create: '新規', change: '変更', enable: '再開', retire: '停止' } as const;
const results = { done: '完了', failed: 'できませんでした', left: '次に行います' } as const;

function Changes({ changes }: { readonly changes: readonly FileChange[] }) {
  const hasResults = changes.some(({ result }) => result !== undefined);
  return (
    <Table
      label="変更の表"
      caption={`${changes.length}件`}
      rows={changes}
      columns={[
        { heading: '行', isNumber: true, cell: ({ row }) => row ?? '' },
        { heading: '利用者名', isName: true, cell: ({ action }) => usernameOf(action) },
        { heading: '変更', cell: ({ action }) => kinds[action.kind] },
        { heading: '内容', cell: ({ action }) => describeAction(action) },
        ...(hasResults
          ? [{ heading: '結果', cell: ({ result }: FileChange) => (result === undefined ? '' : results[result]) }]
          : []),
      ]}
    />
  );
}

/** The file itself goes along: what is carried out is read from it anew. */
interface Kept {
  readonly file: string;
  readonly retireMissing: boolean;
  /** With which of its accounts the part begins. */
  readonly from: number;
}

/** @param seen absent where the part is only to be looked at */
function ApplyForm({ visit, kept, seen = '', label }: { visit: Visit; kept: Kept; seen?: string; label: string }) {
  const { paths } = visit;
  return (
    <form method="post" action={paths.accountsImport}>
      <CsrfField visit={visit} />
      <input type="hidden" name="kept" value={kept.file} />
      <input type="hidden" name="retire" value={kept.retireMissing ? 'yes' : ''} />
      <input type="hidden" name="from" value={String(kept.from)} />
      <input type="hidden" name="seen" value={seen} />
      <div class="button-row">
        <Button>{label}</Button>
        <a href={paths.accountsImport}>登録せずに戻る</a>
      </div>
    </form>
  );
}

/** Which part of a long file it is about. */
function Part({ part: { from, to, of } }: Pick<Proposal, 'part'>) {
  if (to - from === of) return <></>;
  return (
    <p>
      ファイルの{of}人を、{partSize}人ずつ{Math.ceil(of / partSize)}回に分けて確かめ、登録します。
      {Math.floor(from / partSize) + 1}回目の{to - from}
      人です。ファイルの行の順ではなく、県の利用者を初めに、ご自身の権限の変更を終わりに行います（ファイルの行の番号は「行」の欄にあります）。
    </p>
  );
}

function NextPart({ visit, kept, next }: { visit: Visit; kept: Kept; next: number | undefined }) {
  if (next === undefined) return <></>;
  return <ApplyForm visit={visit} kept={{ ...kept, from: next }} label="続きの変更点を確かめる" />;
}

const mostNamed = 50;

function proposalPage(
  c: WebContext,
  visit: Visit,
  kept: Kept,
  { proposal, isChanged = false }: { readonly proposal: Proposal; readonly isChanged?: boolean },
): Response | Promise<Response> {
  const { paths } = visit;
  const { changes, unchanged, unnamed, seen, part, next } = proposal;
  const heading = '登録・変更の内容';
  const counts = Object.entries(kinds).map(([kind, label]) => {
    const count = changes.filter(({ action }) => action.kind === kind).length;
    return `${label} ${count}`;
  });
  return page(
    c,
    { title: heading, wide: true, status: isChanged ? 412 : 200 },
    <>
      <AccountsTrail paths={paths} below={heading} />
      {isChanged && (
        <Notice kind="warning" title="確かめた後に、利用者が変更されました。まだ何も行っていません。">
          <p>下の内容を確かめて、もう一度確定してください。</p>
        </Notice>
      )}
      <h1>{heading}</h1>
      <Part part={part} />
      <p>
        {counts.join('、')}、変更なし {unchanged}。まだ何も変更していません。
      </p>
      {unnamed.length > 0 && (
        <p>
          ファイルにない利用中の利用者{unnamed.length}人は、そのままにします：
          {unnamed.slice(0, mostNamed).join('、')}
          {unnamed.length > mostNamed && `、ほか${unnamed.length - mostNamed}人`}
        </p>
      )}
      {changes.length === 0 ? (
        <>
          <p>
            今の利用者と同じ内容です。<a href={paths.accounts}>利用者の一覧に戻る</a>
          </p>
          <NextPart visit={visit} kept={kept} next={next} />
        </>
      ) : (
        <>
          <Changes changes={changes} />
          <ApplyForm visit={visit} kept={kept} seen={seen} label="この内容で登録・変更する" />
        </>
      )}
    </>,
  );
}

async function resultPage(c: WebContext, visit: Visit, kept: Kept, { changes, next }: AppliedFile): Promise<Response> {
  const { service, person, paths } = visit;
  const open = changes.filter(({ result }) => result !== 'done').length;
  const heading = '登録・変更の結果';
  const bytes = Buffer.from(kept.file, 'base64');
  const after = open === 0 ? next : undefined;
  const again = open === 0 ? undefined : await service.accounts.propose(person, bytes, kept);
  return page(
    c,
    { title: heading, wide: true },
    <>
      <AccountsTrail paths={paths} below={heading} />
      {open === 0 ? (
        <Notice
          kind="success"
          title={`${changes.length}件を終えました。${after === undefined ? '' : 'ファイルには続きがあります。'}`}
        />
      ) : (
        <Notice kind="warning" title={`${changes.length - open}件を終え、${open}件が残っています。`}>
          <p>
            続きから行えます。済んだものが二重に行われることはありません。招待のメールには1日の上限があり、達した後は翌日に同じファイルで続けてください。
          </p>
        </Notice>
      )}
      <h1>{heading}</h1>
      <Changes changes={changes} />
      {again?.ok === true && <ApplyForm visit={visit} kept={kept} seen={again.value.seen} label="続きを行う" />}
      <NextPart visit={visit} kept={kept} next={after} />
      <p>
        <a href={paths.accounts}>利用者の一覧に戻る</a>
      </p>
    </>,
  );
}

async function apply(c: WebContext, visit: Visit, kept: Kept, seen: string): Promise<Response> {
  const { service, person } = visit;
  const bytes = Buffer.from(kept.file, 'base64');
  const applied = await service.accounts.apply(person, bytes, { ...kept, seen });
  if (applied.ok) return resultPage(c, visit, kept, applied.value);
  if (applied.problem.code !== 'precondition-failed') return uploadPage(c, visit, applied.problem);
  return proposed(c, visit, kept, true);
}

/** Shows what a part of the file would change. */
async function proposed(c: WebContext, visit: Visit, kept: Kept, isChanged = false): Promise<Response> {
  const bytes = Buffer.from(kept.file, 'base64');
  const proposal = await visit.service.accounts.propose(visit.person, bytes, kept);
  if (!proposal.ok) return uploadPage(c, visit, proposal.problem);
  return proposalPage(c, visit, kept, { proposal: proposal.value, isChanged });
}

async function postImport(c: WebContext, visit: Visit): Promise<Response> {
  const post = await postedForm(c);
  const retireMissing = post.text('retire') === 'yes';
  const keptFile = post.text('kept');
  if (keptFile !== '') {
    const from = /^\d{1,6}$/.test(post.text('from')) ? Number(post.text('from')) : 0;
    const kept = { file: keptFile, retireMissing, from };
    const seen = post.text('seen');
    return seen === '' ? proposed(c, visit, kept) : apply(c, visit, kept, seen);
  }
  const read = await readTableFile(post.file('file'));
  if (typeof read === 'string') return uploadPage(c, visit, { code: 'invalid-accounts', detail: read });
  return proposed(c, visit, { file: Buffer.from(read).toString('base64'), retireMissing, from: 0 });
}

export function accountsImportPages(app: Hono<WebEnv>): void {
  app.get(
    '/accounts/import',
    admitted('accounts.manage', (c, visit) => uploadPage(c, visit)),
  );
  app.post('/accounts/import', admitted('accounts.manage', postImport));
}

/** The contacts (連絡先) of all municipalities: a list, and the spreadsheet that they are kept in as well. */

import { answeringUnits } from '../../../schemas/directory.ts';
import type { Hono } from 'hono';
import { dayInJapan } from '../../../schemas/round.ts';
import { contactColumns, readContacts, writeContacts } from '../../service/contacts.ts';
import type { RowError } from '../../service/contacts.ts';
import { withParameters } from '../shared/address.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId } from '../shared/labelled-controls.tsx';
import { csvFile } from '../shared/csv-file.ts';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { Pager, pageOfList, pageWanted } from '../shared/pager.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { Table } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import { UnitContactView } from '../shared/unit-contact.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FileErrors, TableFile, countedErrors, readTableFile } from './table-file.tsx';

const title = '連絡先';
const rowsPerPage = 100;
function Upload({ visit, message }: { readonly visit: Visit; readonly message: string | undefined }) {
  return (
    <form method="post" action={visit.paths.contacts} enctype="multipart/form-data">
      <CsrfField visit={visit} />
      <p>保存したCSVに記入して読み込むと、記入のある市町村の連絡先が、ファイルの内容に置き換わります。</p>
      <p class="hint">見出し：{contactColumns.join('、')}</p>
      <TableFile error={message} />
      <div class="button-row">
        <Button>読み込む</Button>
      </div>
    </form>
  );
}

async function contactsPage(c: WebContext, visit: Visit, errors: readonly RowError[] = []): Promise<Response> {
  const { service, paths, now } = visit;
  const [today, kept] = await Promise.all([service.store.currentDirectory(), service.store.contacts()]);
  if (today === undefined)
    return page(
      c,
      { title },
      <>
        <h1>{title}</h1>
        <p>名簿がまだ登録されていません。先に名簿を登録してください。</p>
      </>,
    );
  const { directory } = today;
  if (c.req.query('as') === 'csv')
    return csvFile(writeContacts(directory, kept), `連絡先_${dayInJapan(now)}.csv`, 'contacts.csv');
  const contacts = new Map(kept.map((each) => [each.unit, each]));
  const rows = answeringUnits(directory).map((each) => ({ ...each, contact: contacts.get(each.code) }));
  const missing = rows.filter(({ contact }) => contact === undefined).length;
  const wanted = c.req.query('only') === 'missing' ? rows.filter(({ contact }) => contact === undefined) : rows;
  const { shown, page: at, pages } = pageOfList(wanted, pageWanted(c.req.query('page')), rowsPerPage, () => 1);
  const [first] = errors;
  const isWhole = errors.length === 1 && first?.row === 0;
  const message = first && (isWhole ? first.message : countedErrors(errors));
  const changed = c.req.query('changed');
  return page(
    c,
    { title, wide: true, status: message === undefined ? 200 : 422, hasErrors: message !== undefined },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, { label: title }]} />
      {message !== undefined && <ErrorSummary errors={[{ href: `#${fieldId('file')}`, message }]} />}
      {changed !== undefined && /^\d{1,5}$/.test(changed) && (
        <Notice
          kind="success"
          title={
            changed === '0'
              ? 'ファイルの内容は、登録されている連絡先と同じでした。'
              : `${changed}団体の連絡先を登録しました。`
          }
        />
      )}
      <h1>{title}</h1>
      <p>
        調査のお知らせを送り、お尋ねする先です。市町村が自ら登録し、書き換えることもできます。年度が替わっても引き継がれます。協議会については、事務局の市町村の連絡先を使います。
      </p>
      {errors.length > 0 && !isWhole && (
        <FileErrors
          title="読み込めない行"
          unchanged="何も変更されていません。ファイルを直して保存し、もう一度選んでください。"
          errors={errors.map(({ row, message }) => ({ where: row === 0 ? 'ファイル全体' : `${row}行目`, message }))}
        />
      )}
      <Table
        caption={`${wanted.length}団体`}
        rows={shown}
        columns={[
          { heading: '市町村', isName: true, cell: ({ code, name }) => <a href={paths.contact(code)}>{name}</a> },
          { heading: '連絡先', cell: ({ contact }) => <UnitContactView contact={contact} /> },
          {
            heading: '最終保存',
            cell: ({ contact }) => contact !== undefined && <DateTime at={new Date(contact.savedAt)} />,
          },
        ]}
      />
      <Pager
        page={at}
        pages={pages}
        label="連絡先のページ"
        hrefOf={(to) => withParameters(paths.contacts, { only: c.req.query('only'), page: String(to) })}
      />
      <p>
        {c.req.query('only') === 'missing' ? (
          <a href={paths.contacts}>全ての市町村を表示する</a>
        ) : (
          missing > 0 && (
            <a href={withParameters(paths.contacts, { only: 'missing' })}>
              連絡先のない市町村だけを表示する（{missing}団体）
            </a>
          )
        )}
      </p>
      <h2>ファイル</h2>
      <p>
        <a href={withParameters(paths.contacts, { as: 'csv' })} download>
          連絡先をCSVで保存する
        </a>
      </p>
      {mayDo(visit, 'contacts.write') && <Upload visit={visit} message={message} />}
    </>,
  );
}

async function readFile(c: WebContext, visit: Visit): Promise<Response> {
  const { service, person, paths } = visit;
  const bytes = await readTableFile((await postedForm(c)).file('file'));
  if (typeof bytes === 'string') return contactsPage(c, visit, [{ row: 0, message: bytes }]);
  const today = await service.store.currentDirectory();
  if (today === undefined) return contactsPage(c, visit);
  const read = await readContacts(bytes, today.directory);
  if (!read.ok) return contactsPage(c, visit, read.errors);
  const saved = await service.importContacts(read.contacts, person.name);
  if (!saved.ok) return refusalPage(c, saved.problem, { href: paths.contacts, label: `${title}へ戻る` });
  return c.redirect(withParameters(paths.contacts, { changed: String(saved.value) }), 303);
}

export function contactsPages(app: Hono<WebEnv>): void {
  app.get(
    '/contacts',
    admitted('contacts.read', (c, visit) => contactsPage(c, visit)),
  );
  app.post('/contacts', admitted('contacts.write', readFile));
}

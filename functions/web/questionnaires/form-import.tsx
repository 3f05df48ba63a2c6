/** Taking a questionnaire over from its workbook: what is wrong by cell, or the draft that it became. */

import type { Hono } from 'hono';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { readDocument } from '../../../schemas/document/form-document.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { readFormWorkbook, sendFormWorkbook } from '../../service/form-workbook.ts';
import { findForm } from '../../service/forms.ts';
import type { FoundForm } from '../../service/forms.ts';
import { mostFileBytes } from '../../platform/workbook/spreadsheet.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { withParameters } from '../shared/address.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { InlineError } from '../shared/inline-error.tsx';
import { fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { Table } from '../shared/table.tsx';
import { convertedPage, noticedPage } from './converted.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FormTrail, formAdmitted } from './questionnaires.tsx';

interface CellFault {
  readonly cell: string;
  readonly message: string;
}

const title = '調査票を取り込む';

function Faults({ faults }: { readonly faults: readonly CellFault[] }) {
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">直すところ</h2>
      <p>調査票は取り込まれていません。ファイルを直して、もう一度選んでください。</p>
      <Table
        label="直すところの表"
        rows={faults}
        columns={[
          { heading: 'シートとセル', isName: true, cell: ({ cell }) => cell || 'ファイル' },
          { heading: '内容', cell: ({ message }) => message },
        ]}
      />
    </section>
  );
}

interface ImportProps {
  readonly visit: Visit;
  readonly faults: readonly CellFault[];
  readonly wrong?: string;
}

function importPage(c: WebContext, { visit, faults, wrong }: ImportProps): Response | Promise<Response> {
  const { paths } = visit;
  const message = faults.length > 0 ? `ファイルに、直すところが${faults.length}件あります。` : wrong;
  const hasErrors = message !== undefined;
  return page(
    c,
    { title, hasErrors, status: hasErrors ? 422 : 200 },
    <>
      <FormTrail paths={paths} below={title} />
      <ErrorSummary errors={message === undefined ? [] : [{ href: `#${fieldId('file')}`, message }]} />
      <h1>{title}</h1>
      <p>
        <a href={paths.forms}>調査票の一覧</a>
        の各調査票から保存したExcelファイルを直して、取り込んでください。「調査票」シートの「版」を新しい番号（年度など）に変えると、新しい版になります。取り込むと下書きになり、採用するまで調査には使われません。
      </p>
      <p>
        初めて作成するときは、<a href={paths.formGuide}>調査票定義の書き方</a>
        を御覧ください。見本のファイルもあります。
      </p>
      <p>
        ODKやKoboToolboxのXLSForm（「survey」シートのあるExcelファイル）も取り込めます。取り込めないものの一覧を、取り込む前に表示します。
      </p>
      <form method="post" action={paths.formImport} enctype="multipart/form-data">
        <CsrfField visit={visit} />
        <div class={hasErrors ? 'form-group form-group--error' : 'form-group'}>
          <label class="label" for={fieldId('file')}>
            調査票定義のファイル
          </label>
          <p class="hint" id="file-hint">
            Excel（.xlsx）。1MBまで
          </p>
          {message !== undefined && <InlineError id="file-error" message={message} />}
          <input
            class="input"
            type="file"
            id={fieldId('file')}
            name="file"
            accept=".xlsx"
            aria-describedby={hasErrors ? 'file-hint file-error' : 'file-hint'}
            aria-invalid={hasErrors ? 'true' : undefined}
          />
        </div>
        <div class="button-row">
          <Button>取り込む</Button>
          <a href={paths.forms}>取り込まずに戻る</a>
        </div>
      </form>
      {faults.length > 0 && <Faults faults={faults} />}
    </>,
  );
}

interface Written {
  /** The document as JSON. */
  readonly text: string;
  /** Where a path of it stands in the file. */
  readonly cellOf?: (path: string) => string;
}

interface ReplacingProps {
  readonly visit: Visit;
  readonly before: FoundForm;
  readonly written: string;
}

/** Somebody's draft is only replaced by who has seen that it is there. */
async function replacingPage(c: WebContext, { visit, before, written }: ReplacingProps): Promise<Response> {
  const { service, paths } = visit;
  const { form, version, etag = '' } = before;
  const last = (await service.store.formHistory(form, version)).findLast(({ what }) => what === 'saved');
  return page(
    c,
    { title },
    <>
      <FormTrail paths={paths} below={title} />
      <h1>下書きを置き換えますか</h1>
      <p>
        <a href={paths.form(form, version)}>
          {before.title}（{version}年版）
        </a>
        の下書きがすでにあります。置き換えると、その下書きは残りません。
      </p>
      {last !== undefined && (
        <p>
          取り込んだ日時と担当者：
          <DateTime at={new Date(last.at)} />、{last.actor}
        </p>
      )}
      <form method="post" action={paths.formImport}>
        <CsrfField visit={visit} />
        <input type="hidden" name="document" value={written} />
        <input type="hidden" name="etag" value={etag} />
        <div class="button-row">
          <Button>選んだファイルの内容に置き換える</Button>
          <a href={paths.formImport}>置き換えずに戻る</a>
        </div>
      </form>
    </>,
  );
}

async function save(c: WebContext, visit: Visit, { text, cellOf }: Written, seen: string): Promise<Response> {
  const { service, person, paths } = visit;
  const located = ({ path, message }: FieldError): CellFault => ({ cell: cellOf?.(path) ?? '', message });
  const value: Json = JSON.parse(text);
  const read = readDocument(value);
  if (!('document' in read)) return importPage(c, { visit, faults: read.errors.map(located) });
  const { id: form, version } = read.document;
  const found = await findForm(service, person, form, version);
  const before = found.ok ? found.value : undefined;
  // Both come from the same reader, so that what says the same is written the same.
  const isSame = before?.document !== undefined && JSON.stringify(before.document) === JSON.stringify(read.document);
  if (before?.state === 'draft' && !isSame && seen === '') return replacingPage(c, { visit, before, written: text });
  const etag = isSame ? before?.etag : before?.etag && seen;
  const condition = etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag };
  const saved = await service.saveForm({ form, version }, value, condition, person.name);
  if (saved.ok) return c.redirect(withParameters(paths.form(form, version), { done: 'saved' }), 303);
  const { code, detail, errors = [] } = saved.problem;
  if (errors.length > 0) return importPage(c, { visit, faults: errors.map(located) });
  return importPage(c, { visit, faults: [], wrong: detail ?? problems[code].title });
}

async function postImport(c: WebContext, visit: Visit): Promise<Response> {
  const post = await postedForm(c);
  const written = post.text('document');
  if (written !== '') return save(c, visit, { text: written }, post.text('etag'));
  const file = post.file('file');
  if (file === undefined) return importPage(c, { visit, faults: [], wrong: 'ファイルが選ばれていません。' });
  if (file.size > mostFileBytes) return importPage(c, { visit, faults: [], wrong: 'ファイルは1MBまでです。' });
  const read = await readFormWorkbook(visit.service, visit.person, new Uint8Array(await file.arrayBuffer()), file.name);
  if ('errors' in read) return importPage(c, { visit, faults: read.errors });
  if (read.isConverted === true) return convertedPage(c, visit, read.document, read.notices);
  if (read.notices.length > 0) return noticedPage(c, visit, read);
  return save(c, visit, { text: JSON.stringify(read.document), cellOf: read.cellOf }, '');
}

async function download(c: WebContext, visit: Visit, { form, version }: FoundForm): Promise<Response> {
  const sent = await sendFormWorkbook(visit.service, visit.person, { form, version });
  return sent.ok
    ? sent.value
    : refusalPage(c, sent.problem, { href: visit.paths.form(form, version), label: '調査票の画面へ戻る' });
}

export function formImportPages(app: Hono<WebEnv>): void {
  app.get(
    '/forms/import',
    admitted('catalogue.write', (c, visit) => importPage(c, { visit, faults: [] })),
  );
  app.post('/forms/import', admitted('catalogue.write', postImport));
  app.get('/forms/:form/:version/workbook', formAdmitted(download));
}

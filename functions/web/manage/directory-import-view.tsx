/** The pages of taking the directory over from a spreadsheet: choosing the file, and what it would change. */

import type { Directory } from '../../../schemas/directory.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { DateTime } from '../shared/time.tsx';
import { startsOf } from '../../domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../../domain/directory-calendar.ts';
import { directoryChanges } from '../../domain/directory-changes.ts';
import type { AffectedRound } from '../../service/round-directory.ts';
import { DirectoryChanges } from './directory-changes.tsx';
import { AffectedRounds } from './directory-effects.tsx';
import type { RowError } from './directory/directory-csv.ts';
import { packDirectory } from './directory/import.ts';
import type { ReadFrom } from './directory/import.ts';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { LabelledInput, fieldId } from '../shared/labelled-controls.tsx';
import type { Visit, WebContext } from '../shared/visit.ts';
import { FileErrors, TableFile, countedErrors } from './table-file.tsx';

export interface UploadProps {
  readonly visit: Visit;
  readonly directory: Directory | undefined;
  readonly errors: readonly RowError[];
  /** What is wrong with the form itself. */
  readonly wrong?: { readonly field: 'file' | 'validFrom'; readonly message: string } | undefined;
  readonly prefecture: string;
  readonly validFrom: string;
}

export function uploadPage(
  c: WebContext,
  { visit, directory, errors, wrong, prefecture, validFrom }: UploadProps,
): Response | Promise<Response> {
  const { paths } = visit;
  const title = '名簿を取り込む';
  const ofFile = errors.length > 0 ? countedErrors(errors) : wrong?.field === 'file' ? wrong.message : undefined;
  const ofDay = wrong?.field === 'validFrom' ? wrong.message : undefined;
  const linkedErrors = [
    { field: 'file', message: ofFile },
    { field: 'validFrom', message: ofDay },
  ].flatMap(({ field, message }) => (message === undefined ? [] : [{ href: `#${fieldId(field)}`, message }]));
  const hasErrors = linkedErrors.length > 0;
  return page(
    c,
    { title, status: hasErrors ? 422 : 200, hasErrors },
    <>
      <Breadcrumbs
        trail={[{ label: '調査の一覧', href: paths.home }, { label: '名簿', href: paths.directory }, { label: title }]}
      />
      {hasErrors && <ErrorSummary errors={linkedErrors} />}
      <h1>{title}</h1>
      <p>次のいずれかのファイルを選んでください。変更点を確かめてから取り込みます。</p>
      <ul>
        <li>
          このシステムの名簿のCSV
          {directory !== undefined && (
            <>
              （
              <a href={withParameters(paths.directory, { as: 'csv' })} download>
                現在の名簿を保存する
              </a>
              ）
            </>
          )}
          。市町村と協議会の全部が、ファイルの内容に置き換わります。構成市町村と事務局は、コードでも名称でも入力できます。協議会のコードを空欄にすると、自動で付けます。
        </li>
        <li>
          総務省「全国地方公共団体コード」の一覧（Excel 又は
          CSV）。市町村の名称と増減だけを取り込みます。名簿の市町村が一覧にないときは、合併等の後の市町村と、協議会をどうするかを確かめます。
        </li>
        {directory !== undefined && (
          <li>
            市町村の一覧（団体コード、市町村名、区分、福祉事務所の列のある Excel 又は CSV）。協議会は変わりません。
          </li>
        )}
      </ul>
      <form method="post" action={paths.directoryImport} enctype="multipart/form-data">
        <CsrfField visit={visit} />
        <TableFile error={ofFile} />
        {directory === undefined && (
          <LabelledInput
            name="prefecture"
            label="都道府県名"
            hint="総務省の一覧を取り込む場合に入力してください。例：埼玉県"
            value={prefecture}
            class="input--date"
          />
        )}
        <LabelledInput
          name="validFrom"
          label="この名簿が有効になる日"
          hint="今日から有効とする場合は空欄にしてください。例：令和7年4月1日"
          value={validFrom}
          error={ofDay}
          class="input--date"
        />
        <div class="button-row">
          <Button>変更点を確かめる</Button>
          <a href={paths.directory}>取り込まずに戻る</a>
        </div>
      </form>
      {errors.length > 0 && (
        <FileErrors
          title="取り込めない行"
          unchanged="名簿は変更されていません。ファイルを直して、もう一度選んでください。"
          errors={errors.map(({ row, message }) => ({ where: row || '全体', message }))}
        />
      )}
    </>,
  );
}

/** The directory that an import begins from: the one in force on the day from which it is to hold. */
export interface Held {
  readonly calendar: DirectoryCalendar;
  readonly day: string;
  readonly directory: Directory | undefined;
}

/** Which part of the file the proposal comes from, and what in it does not show on the screen. */
function Source({ sheet, hiddenColumns, hidden }: ReadFrom) {
  const named = (sheets: readonly { readonly name: string; readonly isHidden: boolean }[]): string =>
    sheets.map(({ name, isHidden }) => `「${name}」${isHidden ? '（非表示）' : ''}`).join('、');
  return (
    <>
      {sheet !== undefined && (
        <p>
          シート「{sheet.name}」を読み取りました。
          {sheet.leftAside.length > 0 && `読み取らなかったシート：${named(sheet.leftAside)}`}
        </p>
      )}
      {hiddenColumns.length > 0 && <p>非表示の列も読み取りました：{hiddenColumns.join('、')}</p>}
      {hidden.size > 0 && (
        <p>非表示の行も読み取りました（{hidden.size}件）。変更があるものには「非表示の行」と示しています。</p>
      )}
    </>
  );
}

interface ProposalProps {
  readonly visit: Visit;
  readonly held: Held;
  readonly proposal: Directory;
  readonly from: ReadFrom;
  readonly rounds: readonly AffectedRound[];
}

export function proposalPage(
  c: WebContext,
  { visit, held: { calendar, day, directory }, proposal, from, rounds }: ProposalProps,
): Response | Promise<Response> {
  const { paths } = visit;
  const changes = directoryChanges(directory, proposal);
  const title = '取り込む名簿の変更点';
  const isSame = changes.length === 0;
  const later = startsOf(calendar).filter((start) => start.day > day);
  return page(
    c,
    { title, wide: true },
    <>
      <Breadcrumbs
        trail={[{ label: '調査の一覧', href: paths.home }, { label: '名簿', href: paths.directory }, { label: title }]}
      />
      <h1>{title}</h1>
      <p>
        市町村 {proposal.municipalities.length}、協議会 {proposal.councils.length}
        {proposal.units !== undefined && `、その他の回答単位 ${proposal.units.length}`}。名簿はまだ変更されていません。
      </p>
      <Source {...from} />
      <p>
        有効になる日：
        <DateTime at={day} />
      </p>
      {later.length > 0 && (
        <Notice kind="info" title="この日より後に有効になる版は変わりません。">
          <ul>
            {later.map((start) => (
              <li>
                <DateTime at={start.day} />
                からの名簿（第{start.version}版）
              </li>
            ))}
          </ul>
          <p>その版も改める場合は、その日を「この名簿が有効になる日」として、もう一度取り込んでください。</p>
        </Notice>
      )}
      {isSame ? <p>その日に有効な名簿と同じ内容です。</p> : <DirectoryChanges changes={changes} hidden={from.hidden} />}
      {!isSame && <AffectedRounds rounds={rounds} paths={paths} />}
      <form method="post" action={paths.directoryImport}>
        <CsrfField visit={visit} />
        <input type="hidden" name="proposal" value={packDirectory(proposal)} />
        <input type="hidden" name="seen" value={String(calendar.newest)} />
        <div class="button-row">
          {!isSame && <Button>この内容で名簿を更新する</Button>}
          <a href={paths.directoryImport}>取り込まずに戻る</a>
        </div>
      </form>
    </>,
  );
}

/** Filling a return in with Excel: downloading the file, sending it back, what is wrong with it and what was saved. */

import type { FieldError } from '../../../schemas/problem.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { answerAt, questionAt } from '../../domain/question-path.ts';
import type { GivenFile, TakenIn, UnsettledFile } from '../../service/fill-in.ts';
import { answerBlocks, changedOnly } from '../../domain/answer-rows.ts';
import { PagedAnswers } from '../shared/answers-view.tsx';
import { Button, ButtonLink } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledFile, fieldId } from '../shared/labelled-controls.tsx';
import { Notice } from '../shared/notice.tsx';
import { Table } from '../shared/table.tsx';
import type { Column } from '../shared/table.tsx';
import { Both } from './conflict-view.tsx';
import { ClosedNotice, ReadOnlyNotice, Trail, returnTitle } from './frame.tsx';
import { fileHrefOf } from './opened.ts';
import type { Opened } from './opened.ts';

/** Nobody corrects more at once. */
const shownErrors = 200;

/** What came of a file that was sent. */
export type Sent =
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly errors: readonly FieldError[];
      readonly files: readonly GivenFile[];
    }
  /** Somebody saved other answers after the file was made: nothing is replaced without a word. */
  | {
      readonly kind: 'conflict';
      readonly file: UnsettledFile;
      readonly files: readonly GivenFile[];
      /** Some were chosen between, and not all. */
      readonly isUnsettled: boolean;
    }
  | { readonly kind: 'taken'; readonly taken: TakenIn };

function partsOf(cell: string): { sheet: string; place: string } {
  const at = cell.lastIndexOf('!');
  return at < 0 ? { sheet: cell, place: '' } : { sheet: cell.slice(0, at), place: cell.slice(at + 1) };
}

function whereColumns({ form, draft }: Opened): Column<FieldError>[] {
  return [
    { heading: 'シート', cell: ({ cell = '' }) => (cell === '' ? 'ファイル全体' : partsOf(cell).sheet) },
    { heading: 'セル', cell: ({ cell = '' }) => partsOf(cell).place },
    { heading: '設問', cell: ({ path }) => (path === '' ? '' : placeLabel({ form }, draft.answers, path)) },
  ];
}

interface ListProps {
  readonly opened: Opened;
  readonly errors: readonly FieldError[];
}

/** A larger one makes the page too heavy. */
const mostMarkedBytes = 300 * 1024;

/** Posted again with the page's button, as if they had been chosen again. */
function KeptFiles({ files }: { readonly files: readonly GivenFile[] }) {
  return (
    <>
      {files.map(({ name, bytes }) => (
        <>
          <input type="hidden" name="name" value={name} />
          <input type="hidden" name="content" value={Buffer.from(bytes).toString('base64')} />
        </>
      ))}
    </>
  );
}

/** The files with what is wrong marked at its cells, to be mended by who filled them in. */
function MarkedFiles({ opened: { visit, key }, files, errors }: ListProps & { readonly files: readonly GivenFile[] }) {
  const hasErrors = ({ name }: GivenFile): boolean =>
    errors.some(({ cell = '' }) => cell.includes('!') && (files.length === 1 || cell.startsWith(`${name}：`)));
  const marked = files.filter((file) => file.bytes.length <= mostMarkedBytes && hasErrors(file));
  return (
    <>
      {marked.map((file) => (
        <form method="post" action={visit.paths.workbookMarked(key)}>
          <CsrfField visit={visit} />
          <KeptFiles files={[file]} />
          <Button kind="secondary">誤りのセルに印を付けたファイル（{file.name}）をダウンロードする</Button>
        </form>
      ))}
    </>
  );
}

function Errors({ opened, errors, files }: ListProps & { readonly files: readonly GivenFile[] }) {
  return (
    <section aria-labelledby="cell-errors">
      <h2 id="cell-errors">読み取れないセル</h2>
      <p>何も保存されていません。ファイルを直して保存し、もう一度選んでください。</p>
      <Table
        label="読み取れないセルの表"
        rows={errors.slice(0, shownErrors)}
        columns={[...whereColumns(opened), { heading: '誤りの内容', cell: ({ message }) => message }]}
      />
      {errors.length > shownErrors && <p>ほか{errors.length - shownErrors}件</p>}
      <MarkedFiles opened={opened} errors={errors} files={files} />
    </section>
  );
}

/** What a form may bring back of files, which are a third longer in it. */
const mostKeptBytes = 2 * 1024 * 1024;

interface ConflictsProps {
  readonly opened: Opened;
  readonly file: UnsettledFile;
  readonly files: readonly GivenFile[];
}

/** Answers that differ from what the file was made of, and from what it says, each to be chosen as on the pages. */
function Conflicts({ opened, file: { replaced, answers }, files }: ConflictsProps) {
  const { form, draft, visit, key } = opened;
  const isKept = files.reduce((sum, { bytes }) => sum + bytes.length, 0) <= mostKeptBytes;
  const paths = [...new Set(replaced.map(({ path }) => path))];
  return (
    <section aria-labelledby="conflicts">
      <h2 id="conflicts">ファイルの作成後に保存された回答</h2>
      <p>
        次の設問は、ファイルをダウンロードした後に、画面等で別の内容が保存されています。まだ何も保存していません。
        {isKept
          ? '設問ごとに、どちらの内容にするかを選んで取り込んでください。'
          : 'ファイルが大きいため、この画面では選べません。ファイルをダウンロードし直して記入してください。'}
      </p>
      <form method="post" action={visit.paths.workbook(key)}>
        <CsrfField visit={visit} />
        <input type="hidden" name="conflict" value="1" />
        {isKept && <KeptFiles files={files} />}
        {paths.map((path) => {
          const names = path.split('.');
          const section = form.sections.find((each) => each.key === names[0]);
          const { item } = questionAt(form, path);
          if (section === undefined || item === undefined) return <></>;
          const [mine, theirs] = [answers, draft.answers].map((each) => answerAt(form.sections, names, each));
          const where = replaced.find((each) => each.path === path)?.cell;
          return (
            <Both
              each={{ item, path, mine, theirs }}
              opened={opened}
              section={section}
              mineLabel={where === undefined || where === '' ? 'ファイルの内容' : `ファイルの内容（${where}）`}
            />
          );
        })}
        {isKept && (
          <div class="button-row">
            <Button>選んだ内容で取り込む</Button>
            <button class="button button--secondary" name="choice" value="mine" formnovalidate>
              全てファイルの内容で取り込む
            </button>
            <button class="button button--secondary" name="choice" value="theirs" formnovalidate>
              全て保存されている内容を残して取り込む
            </button>
          </div>
        )}
      </form>
    </section>
  );
}

function Notices({ opened, errors }: ListProps) {
  if (errors.length === 0) return <></>;
  return (
    <section aria-labelledby="cell-notices">
      <h2 id="cell-notices">確認してください</h2>
      <Table
        label="読み取りについてのお知らせの表"
        rows={errors}
        columns={[...whereColumns(opened), { heading: '内容', cell: ({ message }) => message }]}
      />
    </section>
  );
}

function Taken({ opened, taken }: { readonly opened: Opened; readonly taken: TakenIn }) {
  const { visit, key, form, names } = opened;
  const { saved, before, view, notices } = taken;
  const sections = form.sections;
  const blocks = changedOnly(answerBlocks({ sections, answers: view.answers, names, compared: before }));
  return (
    <>
      {saved.length === 0 ? (
        <Notice kind="info" title="保存されている回答と違いはありませんでした。">
          <p>ファイルの記入欄は、保存されている回答と同じか、変更されていません。</p>
        </Notice>
      ) : (
        <Notice kind="success" title="ファイルの内容を保存しました。">
          <p>
            まだ提出されていません。内容を確認し、提出してください。続けてExcelで記入する場合は、ファイルをダウンロードし直してください。
          </p>
        </Notice>
      )}
      <div class="button-row">
        <ButtonLink kind="primary" href={visit.paths.check(key)}>
          提出前の確認へ進む
        </ButtonLink>
        <a href={visit.paths.return(key)}>回答する項目に戻る</a>
      </div>
      <Notices opened={opened} errors={notices} />
      {blocks.length > 0 && (
        <section aria-labelledby="saved">
          <h2 id="saved">保存した内容</h2>
          <PagedAnswers
            blocks={blocks}
            fileHref={fileHrefOf(opened)}
            comparedWith="保存前の回答"
            headingLevel={3}
            page={1}
            hrefOf={(to) => `${visit.paths.print(key)}?page=${to}`}
          />
        </section>
      )}
    </>
  );
}

function Upload({ opened, sent }: { readonly opened: Opened; readonly sent: Sent | undefined }) {
  const { visit, key } = opened;
  return (
    <form method="post" action={visit.paths.workbook(key)} enctype="multipart/form-data">
      <CsrfField visit={visit} />
      <LabelledFile
        name="file"
        label="記入したファイル"
        hint="Excel（.xlsx）。1個1MBまで、10個まで一度に選べます。シートを1枚だけ別のブックにしたファイルも、同じファイルを何人かで別々に記入したものも取り込めます。"
        multiple
        error={sent?.kind === 'refused' ? sent.message : undefined}
        accept=".xlsx"
      />
      <Button>取り込む</Button>
    </form>
  );
}

export const workbookTitle = 'Excelで記入する';

export function WorkbookView({ opened, sent }: { readonly opened: Opened; readonly sent?: Sent }) {
  const { visit, key, canEdit } = opened;
  const summary =
    sent?.kind === 'refused'
      ? sent.message
      : sent?.kind === 'conflict'
        ? sent.isUnsettled
          ? '全ての設問で、どちらの内容にするかを選んでください。'
          : 'ファイルの作成後に保存された回答があります。'
        : undefined;
  const summaryAt = sent?.kind === 'conflict' ? (sent.file.replaced[0]?.path ?? '') : fieldId('file');
  return (
    <>
      <Trail opened={opened} below={[{ label: workbookTitle }]} />
      {summary !== undefined && <ErrorSummary errors={[{ href: `#${summaryAt}`, message: summary }]} />}
      <h1>{workbookTitle}</h1>
      <p>{returnTitle(opened)}</p>
      <ReadOnlyNotice opened={opened} />
      <ClosedNotice opened={opened} />
      {sent?.kind === 'taken' && <Taken opened={opened} taken={sent.taken} />}
      {sent?.kind === 'refused' && sent.errors.length > 0 && (
        <Errors opened={opened} errors={sent.errors} files={sent.files} />
      )}
      {sent?.kind === 'conflict' && <Conflicts opened={opened} file={sent.file} files={sent.files} />}
      <h2>1. ファイルをダウンロードする</h2>
      <p>
        保存されている回答と前回の回答が入っています。記入の方法は、ファイルの最初のシート「記入のしかた」を御覧ください。
      </p>
      <p>
        <a href={visit.paths.workbookFile(key)} download>
          記入用のExcelファイルをダウンロードする
        </a>
      </p>
      {canEdit && (
        <>
          <h2>2. 記入したファイルを取り込む</h2>
          <p>
            変更したセルだけを読み取ります。記入されていた回答を消して空欄にしたセルは、その回答が削除されます。誤りがある場合は、何も保存せずに、直すセルの一覧を表示します。
          </p>
          <Upload opened={opened} sent={sent} />
        </>
      )}
    </>
  );
}

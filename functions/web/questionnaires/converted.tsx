/** What is to be looked at before a questionnaire is taken over: notices by cell, what one of another system was read as. */

import type { FormDocument } from '../../../schemas/document/form-document.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext } from '../shared/visit.ts';
import { FormTrail } from './questionnaires.tsx';

const title = 'XLSFormの取込みの確認';
const noticedTitle = '取込みの確認';

/** What is done about what does not map, by the code of its notice; any other is put in another way. */
const done: Readonly<Record<string, string>> = {
  'question-left-out': '取り込みません',
  'empty-group': '取り込みません',
  'not-mapped': '読み取りません',
  'sheet-not-read': '読み取りません',
  'key-made': '識別子を付けました',
  more: '',
};

function Notices({ label, notices }: { readonly label: string; readonly notices: readonly FieldError[] }) {
  return (
    <Table
      label={label}
      caption={`${label}（${notices.length}件）`}
      rows={notices}
      columns={[
        { heading: 'シートとセル', isName: true, cell: ({ cell }) => cell },
        { heading: '内容', cell: ({ message }) => message },
        { heading: '取扱い', cell: ({ code }) => done[code] ?? '置き換えました' },
      ]}
    />
  );
}

interface TakeOverProps {
  readonly visit: Visit;
  readonly document: FormDocument;
  readonly label?: string;
  readonly isOther?: true;
}

function TakeOver({ visit, document, label = 'この内容で取り込む', isOther }: TakeOverProps) {
  const { paths } = visit;
  return (
    <form method="post" action={paths.formImport}>
      <CsrfField visit={visit} />
      <input type="hidden" name="document" value={JSON.stringify(document)} />
      <div class="button-row">
        <Button kind={isOther === true ? 'secondary' : 'primary'}>{label}</Button>
        {isOther === undefined && <a href={paths.formImport}>取り込まずに戻る</a>}
      </div>
    </form>
  );
}

export function convertedPage(
  c: WebContext,
  visit: Visit,
  document: FormDocument,
  notices: readonly FieldError[],
): Response | Promise<Response> {
  const { paths } = visit;
  const lost = notices.filter(({ code }) => code === 'question-left-out');
  const renamed = notices.filter(({ code }) => code === 'key-made');
  const others = notices.filter((each) => !lost.includes(each) && !renamed.includes(each));
  return page(
    c,
    { title, wide: true },
    <>
      <FormTrail paths={paths} below={title} />
      <h1>{title}</h1>
      <p>まだ取り込まれていません。読み取った内容を確かめてください。</p>
      {lost.length > 0 && (
        <Notice kind="warning" title={`取り込めない設問が${lost.length}件あります`}>
          <p>このまま取り込むと、次の設問は調査票に含まれません。</p>
        </Notice>
      )}
      <SummaryList
        terms={[
          ['名称', document.title],
          ['識別子', document.id],
          ['版', document.version],
          ['回答者', '市町村'],
        ]}
      />
      <p>
        識別子と版は「settings」シートの「form_id」と「version」で改められます。文章は1,000字（multilineは4,000字）まで、小数は第2位まで、繰返しは100件（repeat_countがあればその件数）までとしました。文章とファイルは非公表、ほかの設問は公表になります。取り込んだ後に、調査票定義のファイルで改められます。
      </p>
      {lost.length > 0 && <Notices label="取り込めない設問" notices={lost} />}
      {others.length > 0 && <Notices label="読み取れないもの、置き換えたもの" notices={others} />}
      {renamed.length > 0 && (
        <details>
          <summary>名前から付けた識別子（{renamed.length}件）</summary>
          <Notices label="名前から付けた識別子" notices={renamed} />
        </details>
      )}
      <TakeOver visit={visit} document={document} />
    </>,
  );
}

interface Noticed {
  readonly document: FormDocument;
  readonly notices: readonly FieldError[];
  /** What it is where all that is labelled as something lost is that. */
  readonly kept?: FormDocument;
}

/** A workbook of ours in which something is worth a look: what was passed over, or may be the same as before. */
export function noticedPage(c: WebContext, visit: Visit, noticed: Noticed): Response | Promise<Response> {
  const { document, notices, kept } = noticed;
  return page(
    c,
    { title: noticedTitle, wide: true },
    <>
      <FormTrail paths={visit.paths} below={noticedTitle} />
      <h1>{noticedTitle}</h1>
      <p>
        「{document.title}」（{document.version}
        年版）は、まだ取り込まれていません。次の点を確かめてください。直すときは、取り込まずに戻り、ファイルを直して選び直してください。
      </p>
      <Table
        label="確かめる点"
        caption={`確かめる点（${notices.length}件）`}
        rows={notices}
        columns={[
          { heading: 'シートとセル', isName: true, cell: ({ cell }) => cell },
          { heading: '内容', cell: ({ message }) => message },
        ]}
      />
      {kept === undefined ? (
        <TakeOver visit={visit} document={document} />
      ) : (
        <>
          <p>
            ID欄が空欄で、前の版と同じ名称の設問や選択肢があります。前の版と同じものとして取り込むと、前回の回答や集計と比べられます。
          </p>
          <TakeOver visit={visit} document={kept} label="前の版と同じ設問・選択肢として取り込む" />
          <p>別のものとして取り込むと、前回とは比べられません。</p>
          <TakeOver visit={visit} document={document} label="新しい設問・選択肢として取り込む" isOther />
        </>
      )}
    </>,
  );
}

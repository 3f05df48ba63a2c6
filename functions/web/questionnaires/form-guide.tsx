/** How the workbook of a questionnaire (調査票定義) is written, for who writes the first one. */

import type { Hono } from 'hono';
import { endWord, rowWords } from '../../../schemas/kinds/rows.ts';
import { everySheet } from '../../domain/questionnaire/columns.ts';
import { sendSampleWorkbook } from '../../service/form-workbook.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { ButtonLink } from '../shared/button.tsx';
import { page } from '../shared/layout.tsx';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FormTrail } from './questionnaires.tsx';

const title = '調査票定義の書き方';

const expressions: readonly (readonly [text: string, meaning: string])[] = [
  ['問1 = "実施している"', '問1で「実施している」を選んだ場合。選択肢は名称で書きます。'],
  ['問1 in ["実施している", "検討中"]', 'いずれかを選んだ場合。後に続けるときは、全体を括弧で囲みます。'],
  ['list contains(問3, "研修")', '複数選択の問3で「研修」を選んだ場合。'],
  ['問2 >= 10 and 問4 = null', '問2が10以上で、問4が未回答の場合。「又は」はorと書きます。'],
  ['`1-1` > 0', '問の付かない番号や記号の入った番号は「`」（Shift＋@）で囲みます。'],
  ['合計(問5)', '数の表の合計。列の合計は 合計(問5.専従) と書きます。'],
  ['問3 / 問2 * 100', '割合などの計算。足し算は＋、引き算は－、掛け算は＊、割り算は／です。'],
  ['some r in 問5 satisfies r.専従 > r.兼務', '表の行のうち、1つでも当てはまる場合。'],
  ['sum(問6[問6の2 != null].問6の2)', '繰返しの中の数の合計（集計の式など）。件数は count(問6) です。'],
  ['大きく変化(問2)', '前回の回答から大きく変わった場合。前回の回答そのものは previous.問2 です。条件にも使えます。'],
];

function columnsOf({ columns, options }: (typeof rowWords)[number]): string {
  return [...Object.keys(columns), ...(options === undefined ? [] : ['選択肢'])]
    .filter((heading) => heading !== '番号' && heading !== '設問' && heading !== '旧ID')
    .join('、');
}

function guidePage(c: WebContext, { paths }: Visit): Response | Promise<Response> {
  return page(
    c,
    { title, wide: true },
    <>
      <FormTrail paths={paths} below={title} />
      <h1>{title}</h1>
      <p>
        調査票は、Excelファイル（調査票定義）に設問を1行に1つずつ記入して作成します。見本を保存し、行を書き換えて
        <a href={paths.formImport}>取り込んで</a>ください。誤りがあれば、直すセルを表示します。
      </p>
      <div class="button-row">
        <ButtonLink href={paths.sampleWorkbook}>見本のExcelファイルを保存する</ButtonLink>
      </div>
      <h2>シート</h2>
      <Table
        label="シートの表"
        rows={everySheet}
        columns={[
          { heading: 'シート', isName: true, cell: ({ name }) => name },
          { heading: '列', cell: ({ headings }) => headings.join('、') },
        ]}
      />
      <ul>
        <li>列の順序は自由です。「ID」の列は空欄で構いません（自動で付けます）。</li>
        <li>「必須」「期間計」「一覧表」「不明可」「該当なし可」には○を記入します。</li>
        <li>
          「期間計」が○の数は基準日ではなく調査の対象期間の値、「一覧表」が○の設問は報告書の市町村別一覧に載ります。
        </li>
        <li>「公開」は、公表、集計のみ、非公表のいずれかです。空欄は公表（文章とファイルは非公表）です。</li>
        <li>「選択肢」には、選択肢を1行に1つずつ記入するか、シート「選択肢」の一覧の名前を記入します。</li>
        <li>表の「選択肢」には「行：一覧の名前」「列：一覧の名前」を1行に1つずつ記入します。</li>
        <li>次の年の調査票では、「ID」の列を残したまま直すと、前回と比べられます。</li>
      </ul>
      <h2>種類</h2>
      <Table
        label="種類の表"
        rows={[...rowWords]}
        columns={[
          { heading: '種類', isName: true, cell: ({ word }) => word },
          { heading: '使い方', cell: ({ about }) => about },
          { heading: '使える列（番号、設問のほか）', cell: columnsOf },
        ]}
      />
      <p>「{endWord}」の行には、種類だけを記入します。</p>
      <h2>条件と式</h2>
      <Table
        label="条件と式の表"
        rows={expressions}
        columns={[
          { heading: '書き方', isName: true, cell: ([text]) => text },
          { heading: '意味', cell: ([, meaning]) => meaning },
        ]}
      />
    </>,
  );
}

async function download(c: WebContext, { paths }: Visit): Promise<Response> {
  const sent = await sendSampleWorkbook();
  return sent.ok ? sent.value : refusalPage(c, sent.problem, { href: paths.formGuide, label: `${title}へ戻る` });
}

export function formGuidePages(app: Hono<WebEnv>): void {
  app.get('/forms/guide', admitted('prefecture.read', guidePage));
  app.get('/forms/sample', admitted('prefecture.read', download));
}

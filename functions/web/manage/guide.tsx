/** 使い方: the course of the prefecture's year in plain words, with the page for each step. */

import type { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { admitted } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { page } from '../shared/layout.tsx';
import type { Paths } from '../shared/paths.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

interface Step {
  readonly title: string;
  readonly text: Child;
}

function steps(paths: Paths): Step[] {
  return [
    {
      title: '1　4月　担当者と名簿を整える',
      text: (
        <>
          <p>
            市町村と県の利用者は、県（管理者）が「利用者を管理する」で登録し、異動した人を停止します。まとめて登録・変更するときは、一覧のファイルを選び、変更点を確かめてから登録します。
          </p>
          <p>
            <a href={paths.contacts}>連絡先</a>
            は、お知らせのメールを送り、電話でお尋ねする先です。市町村が自ら書き換え、年度が替わっても引き継がれます。
          </p>
          <p>
            <a href={paths.directory}>名簿</a>
            で、市町村の名称変更、協議会の構成市町村と事務局を確かめます。変更は「いつから」を付けて保存し、元の版も残ります。
            合併・分割・市制施行は、協議会をどうするかと合わせて1つの画面で反映し、前の市町村の回答も残ります。
          </p>
          <p>
            前任者の判断は<a href={paths.notes}>引継メモ</a>にあります。
          </p>
          <p>
            期日は<a href={paths.calendar}>年間の予定</a>にあります。
          </p>
        </>
      ),
    },
    {
      title: '2　調査票を用意する',
      text: (
        <p>
          <a href={paths.forms}>調査票</a>
          で、昨年の調査票をExcelで取り出し、直して取り込み、試しに回答してから採用します。項目の識別子を残すと、前年と比べられます。急ぎの数問は
          <a href={paths.home}>調査の一覧</a>の「緊急照会を作る」で作れます。
        </p>
      ),
    },
    {
      title: '3　調査を作成し、公開する',
      text: (
        <>
          <p>
            昨年の調査の「調査の設定」から「この調査をもとに翌年度の調査を作成する」を選ぶと、日付を1年進めた案が入り、依頼文・記入要領・メールの文面も写せます。「公開せずに作成する」と、公開するまで市町村には見えません。
          </p>
          <p>
            受付開始、提出期限の7日前・前日・超過、差戻し等のメールは自動で送られます。調査の「メール」で、文面と宛先を確かめ、送るものを選びます。
          </p>
        </>
      ),
    },
    {
      title: '4　回答を待ち、質問に答える',
      text: (
        <>
          <p>
            調査の「回答の状況」に、未着手・作成中・提出済の件数と、期限を過ぎた団体が出ます。市町村からの質問には「質問」で答え、全市町村に見せることもできます。催促や個別のお知らせは「メール」から送れます。
          </p>
          <p>
            期限の延長、「回答なし」の記録、電話・ファクシミリ等で受けた回答の代理入力は、その回答の画面から、理由を付けて行います。受付の終了と再開は「調査の設定」で行います。
          </p>
        </>
      ),
    },
    {
      title: '5　提出された回答を確認する',
      text: (
        <>
          <p>
            「確認を待っている回答」は、理由のある確認事項や公表される記述などがある「要確認」と「特記事項なし」に分かれています。要確認は1件ずつ「確認済にして次へ」で、特記事項のないものはまとめて確認済にできます。
          </p>
          <p>
            直してほしいときは、項目に理由を付けて差し戻します。誤って確認済にしたときは、公表版を確定するまでは、理由を付けて取り消せます。
          </p>
          <p>
            確認済の回答を訂正するときも差し戻します。訂正を確認済にするまで、集計は前の回答のままです。確認済にした場合の集計の変化は、回答の画面から見られます。
          </p>
        </>
      ),
    },
    {
      title: '6　集計し、公表する',
      text: (
        <p>
          「集計」でいつでも途中の数を、全体でも分類別でも見られます。集計の「分析」では、クロス集計、団体別の順位、人口当たりの数、前回からの変化、経年の推移を表と図で見て、Excelで開けるCSVで保存できます（庁内用）。「出力・公表」で報告書・表・CSVを作り、確かめた出力を公表版に確定します。公表版は変わりません。後から訂正があれば、次の版に正誤表が付きます。
        </p>
      ),
    },
    {
      title: '7　年度末　引き継ぐ',
      text: (
        <p>
          決めたこととその理由を<a href={paths.notes}>引継メモ</a>
          に残します。だれがいつ何をしたかは、調査ごとの「履歴」にあり、Excelで開けるCSVでも保存できます。保存期間を過ぎた調査の回答は、自動で廃棄されます。
        </p>
      ),
    },
  ];
}

const words: readonly (readonly [string, string])[] = [
  ['調査', '1回の照会。例：令和6年度調査'],
  ['調査票', '質問の一そろい。年ごとに版がある'],
  ['版', '提出のたびに残る、書き換えられない控え'],
  ['差戻し・訂正', '県が理由を付けて修正を求めること。確認済の後は「訂正」'],
  ['代理入力・職権訂正', '県が市町村に代わって入力すること。提出された回答を県が改めるときは「職権訂正」'],
  ['回答なし', '回答が見込めないことの記録。対象の数には含める'],
  ['取下げ', '県の確認前に、市町村が提出を戻すこと'],
  ['履歴の番号', '調査の中でできごとに付く通し番号。集計や出力が、いつの時点のものかを示す'],
];

async function guidePage(c: WebContext, { paths }: Visit): Promise<Response> {
  return page(
    c,
    { title: '使い方' },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, { label: '使い方' }]} />
      <h1>使い方</h1>
      <p>県の担当者の1年の流れです。</p>
      {steps(paths).map(({ title, text }) => (
        <section>
          <h2>{title}</h2>
          {text}
        </section>
      ))}
      <h2>ことば</h2>
      <dl class="summary-list">
        {words.map(([word, meaning]) => (
          <div>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>,
  );
}

export function guidePages(app: Hono<WebEnv>): void {
  app.get('/guide', admitted('prefecture.read', guidePage));
}

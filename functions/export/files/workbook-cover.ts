/** The cover of the workbook: what it holds, as of when, and how to read it. */

import type { Round } from '../../../schemas/round.ts';
import { nobodyAnswered } from '../../domain/measures.ts';
import type { SheetCell } from '../../domain/spreadsheet.ts';
import { mostAnswers } from './analysed-forms.ts';
import { clockTimeInJapan, printStatus } from './conditions.ts';
import type { FormWithCounts, DocumentContext } from './formats.ts';

type Row = readonly SheetCell[];

function asOfRows({ referenceDate, asOf = {}, period }: Round, forms: readonly FormWithCounts[]): Row[] {
  const sections = new Map(
    forms.flatMap(({ form }) => form.sections.map(({ id, definition }) => [id, definition.label] as const)),
  );
  return [
    ['基準日', referenceDate],
    ...Object.entries(asOf).map(([section, date]): Row => [`基準日（${sections.get(section) ?? section}）`, date]),
    ['対象期間', `${period.from}～${period.to}`],
  ];
}

function countRows({ forms, audience }: DocumentContext): Row[] {
  const hasAbsent = forms.some(({ counts: { absent = 0 } }) => absent > 0);
  const header = [
    '調査票',
    '対象',
    '収録',
    '確認済',
    ...(audience === 'internal' ? ['提出済（確認中）'] : []),
    ...(hasAbsent ? ['回答なし'] : []),
  ];
  const rows = forms.map(({ form, counts: { expected, submitted, accepted, absent = 0 } }): Row => {
    const counted = audience === 'public' ? [accepted, accepted] : [submitted + accepted, accepted, submitted];
    return [form.title, expected, ...counted, ...(hasAbsent ? [absent] : [])];
  });
  return [header, ...rows];
}

const notes: readonly string[] = [
  '空欄は未回答、「該当なし」は該当しないとの回答です。0は0との回答です。',
  `集計の「${nobodyAnswered}」は、回答した団体がないものです。0は、回答を集計した結果が0のものです。`,
  '選択肢ごとの列は、該当を1、非該当を0で表します。市町村を選ぶ設問は、選ばれた市町村の名称を1つの欄に記載しています（市町村ごとの列は、調査票ごとのCSVにあります）。',
  '見出しの「▼」で絞り込めます。各表の最下行の合計は、絞り込むと表示中の行の合計になります。',
  '識別子、受付番号などの列は折りたたんでいます。列番号の上の「＋」で開きます。',
  'コードは文字列です。先頭の0も含めて6桁です。',
  "Excel用のCSV（.excel.csv）では、開いたときに数式として実行される文字列と、別の値に変わる文字列（先頭が0の数字、12桁以上の数字、日付のように見えるものなど）の先頭に「'」が付きます（画面にも表示されます）。文字列をそのまま収めているのは、このブックです。",
  '日付は西暦（年、年月又は年月日）、日時は日本時間です。',
  '割合は回答の数（母数）に対するもので、小数第2位を四捨五入しています。',
  '行のない表のシートは省いています。1シートに収まらない表は「（1）」「（2）」…に分けています。1欄に収まらない長い文章（32,767文字超）は途中までとし、全文のあるファイルを欄の末尾に記載しています。',
  '回答単位の数え方及び各列の意味は「符号表」を参照してください。',
];

/** In public, where what would tell a unit's answer is left out. */
const emptyFigures = '分類別の集計の空欄は、該当する回答がないもの、又は団体の回答が分かるため公表しないものです。';

function previousRows({ audience, forms, previousNumbers }: DocumentContext): Row[] {
  if (audience === 'public') return [];
  return forms.flatMap(({ form }): Row[] => {
    const previous = previousNumbers.get(form.id);
    return previous === undefined ? [] : [['前回', `${form.title}：${previous.round.name}`]];
  });
}

/** By how their names begin, how the sheets of the analysis are read. */
const analysisSheets = {
  順位: '「順位」のシートは、設問の列で1つの設問に絞り込んで使います。回答のない団体と、全ての団体の値が同じ設問は載せていません。人口は名簿のものです。',
  前回からの変化:
    '「前回からの変化」のシートは、前回と回答が変わった団体だけです。比べられない団体とその理由は、画面の「分析」にあります。合併した団体は、件数などの合計だけを比べています。',
  クロス集計:
    '「クロス集計」のシートは、色の付いた欄で2つの設問（又は設問と分類）を選ぶと表が変わります。選択肢が20を超える設問、市町村を選ぶ設問と一覧の中の設問は、画面の「分析」で選べます。「クロス集計の元データ」は、どの団体がどの選択肢に該当するかの一覧で、表の計算に使います。',
  経年: '「経年」のシートは、設問の意味が変わっていない調査だけの値です。空欄は値のないもので、理由は備考にあります。平均は切り捨て、割合は四捨五入しています。',
};

/** For the prefecture: what the sheets of the analysis hold, and of which forms there are none. */
function analysisNotes({ audience, forms, analysed }: DocumentContext, names: readonly string[]): string[] {
  if (audience === 'public') return [];
  const without = forms.filter(({ form }) => !analysed.has(form.id)).map(({ form }) => form.title);
  return [
    ...Object.entries(analysisSheets).flatMap(([sheet, note]) =>
      names.some((name) => name.startsWith(sheet)) ? [note] : [],
    ),
    ...(without.length === 0
      ? []
      : [
          `団体数と設問数の積が${mostAnswers.toLocaleString('ja')}を超える調査票（${without.join('、')}）の順位、変化、推移などは、この調査の「集計」の画面から開く「分析」にあります。`,
        ]),
  ];
}

export function coverRows(context: DocumentContext, names: readonly string[]): Row[] {
  const { round, directory, asOf, forms, audience, summary } = context;
  const mayBeHeld = audience === 'public' && summary.byClass !== undefined && summary.byClass.length > 0;
  return [
    [round.name],
    ['県', directory.prefecture.name],
    ['区分', printStatus(context)],
    ['時点', `${clockTimeInJapan(asOf.at)}現在（履歴番号 ${asOf.seq}）`],
    ...asOfRows(round, forms),
    ...previousRows(context),
    [],
    ...countRows(context),
    [],
    ['シート', names.join('、')],
    ...[...notes, ...(mayBeHeld ? [emptyFigures] : []), ...analysisNotes(context, names)].map((note): Row => [
      '読み方',
      note,
    ]),
  ];
}

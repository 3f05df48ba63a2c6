/** 注: what a reader has to know to read the numbers. */

import type { FormCounts, Summary, SummaryRow } from '../../../schemas/export.ts';
import { unitNameOf, unitNames } from '../../../schemas/directory.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { extrasOf } from '../../../schemas/forms/catalogue.ts';
import { hasPart } from '../../../schemas/handout.ts';
import type { Handout } from '../../../schemas/handout.ts';
import { asOfDate } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { fewAnswersText, fewestForMedian } from '../few-answers.ts';
import { withheldOption } from '../public-answers.ts';
import type { Audience } from '../summary.ts';
import type { Line, Note } from './document.ts';
import { noFigure, notApplicableInReport, notPublished } from './figures.ts';
import { publicationNote } from './status.ts';
import { chartedLists } from './unit-pages.ts';
import { cutMeans, printDayInJapan } from './words.ts';

const { municipality, council } = unitNames;

/** Who answers the forms: `市町村又は協議会`. */
function unitsOf(forms: readonly Form[]): string {
  return [...new Set(forms.map(({ units }) => unitNameOf(units)))].join('又は');
}

function asOfNote(round: Round, forms: readonly Form[]): string {
  const others = forms.flatMap(({ sections }) =>
    sections.flatMap(({ id, definition }) => {
      const date = asOfDate(round, id);
      return date === round.referenceDate ? [] : [`${numberedLabel(definition)}は${printPartialDate(date)}現在`];
    }),
  );
  const except = others.length === 0 ? '' : `ただし、${others.join('、')}。`;
  const { from, to } = round.period;
  const counted = overPeriodOf(forms);
  return `特に記載のない項目は${printPartialDate(round.referenceDate)}現在。${except}${counted === undefined ? '' : `${counted}は${printPartialDate(from)}から${printPartialDate(to)}までの実績。`}`;
}

/** What the forms call the questions that are counted over the round's period; absent where there are none. */
export function overPeriodOf(forms: readonly Form[]): string | undefined {
  const isCounted = forms.some(({ items }) => [...items.values()].some(({ overPeriod }) => overPeriod));
  return isCounted ? (wordingOf(forms, 'overPeriod') ?? '期間を通じて数える項目') : undefined;
}

export function wordingOf(forms: readonly Form[], text: 'subject' | 'overPeriod' | 'totalsOnly'): string | undefined {
  return forms.map((form) => extrasOf(form).wording?.[text]).find((each) => each !== undefined);
}

function visibilityNote(forms: readonly Form[], audience: Audience, handout: Handout | undefined): string {
  if (audience === 'internal')
    return `提出済み（県で確認中のものを含む）の回答を集計した。${unitsOf(forms)}の名称を付した表及び参考資料3は公表しない。`;
  const hasTotals = forms.some(({ items }) => [...items.values()].some(({ visibility }) => visibility === 'tally'));
  const spelling =
    handout?.spellsKinds === true
      ? `該当する${municipality}の種別を表記している`
      : `該当する${municipality}の種別によらず「${municipality}」と表記している`;
  const totals = `${wordingOf(forms, 'totalsOnly') ?? '一部の項目'}は合計のみを公表し、${spelling}。`;
  return `県が内容を確認した回答を集計した。${hasTotals ? totals : ''}`;
}

/** How the organisation charts come about, and what only a form knows of its ways of counting. */
function formNotes(forms: readonly Form[], handout: Handout | undefined): string[] {
  const charted = hasPart(handout, 'units') ? forms : [];
  const references = new Set(
    charted.flatMap(chartedLists).map(({ reference }) => `「${numberedLabel(reference.definition)}」`),
  );
  const charts = references.size === 0 ? [] : [`組織図は、${[...references].join('及び')}の回答から作成した。`];
  const wording = (asked: readonly Form[], which: 'notes' | 'chartNotes'): string[] =>
    asked.flatMap((form) => extrasOf(form).wording?.[which] ?? []);
  return [...new Set([...charts, ...wording(charted, 'chartNotes'), ...wording(forms, 'notes')])];
}

interface AskedForm {
  readonly form: Form;
  readonly counts: FormCounts;
}

/** `集計した回答は、年次調査票が63市町村中20市町村` */
function countedNote(forms: readonly AskedForm[], audience: Audience): string {
  const counted = forms.map(({ form, counts: { expected, submitted, accepted, correcting, absent = 0 } }) => {
    const returns = audience === 'public' ? accepted : submitted + accepted;
    const notFinal = Object.entries({ 確認中: submitted, 訂正中: correcting }).flatMap(([state, count]) =>
      audience === 'public' || count === 0 ? [] : [`${state}${printCount(count)}`],
    );
    const of = notFinal.length === 0 ? '' : `（うち${notFinal.join('、')}）`;
    const without = absent === 0 ? '' : `（ほかに回答なし${printCount(absent)}）`;
    return `${form.title}が${printCount(expected)}${unitNameOf(form.units)}中${printCount(returns)}${unitNameOf(form.units)}${of}${without}`;
  });
  return counted.length === 0 ? '' : `集計した回答は、${counted.join('、')}である。`;
}

function fewAnswersNote(forms: readonly Form[]): string {
  return `合計のみを公表する項目のうち、回答した${unitsOf(forms)}が１団体のものは、合計がその団体の回答となるため集計値を公表せず、「${fewAnswersText}」と記載した。`;
}

/** Of numbers that are public as totals only. */
function spreadNote(forms: readonly Form[]): string[] {
  const hasTotals = forms.some(({ items }) =>
    [...items.values()].some(({ visibility, kind }) => visibility === 'tally' && kind.figures?.of === 'numbers'),
  );
  if (!hasTotals) return [];
  return [
    `合計のみを公表する項目の最小及び最大は、１団体の回答そのものとなるため公表せず、中央値は回答が${fewestForMedian}件以上のもの（繰返しの中の項目を除く。）に限り公表し、それ以外は「${notPublished}」と記載した。`,
  ];
}

function heldNote(forms: readonly Form[], { asOf, rows }: Summary): Note[] {
  const held = rows.filter((row) => row.asOf !== undefined && row.asOf.seq < asOf.seq);
  const nameOf = ({ form, question, number, label }: SummaryRow): string => {
    const sections = forms.find(({ id }) => id === form)?.sections ?? [];
    const section = sections.find(({ id }) => question.startsWith(`${id}.`));
    const around = section === undefined ? '' : `${numberedLabel(section.definition)}・`;
    return `「${around}${numberedLabel({ number, label })}」`;
  };
  const byDay = Map.groupBy(held, (row) => {
    const title = forms.find(({ id }) => id === row.form)?.title ?? row.form;
    return `・${title}（${printDayInJapan(row.asOf?.at ?? asOf.at)}現在）：`;
  });
  const lines = [...byDay].map(([day, figures]) => `${day}${[...new Set(figures.map(nameOf))].join('、')}`);
  const text =
    '合計のみを公表する項目のうち次のものは、公表済みの版と異なる回答が３団体に満たず、版の差からその団体の回答が分かるため、公表済みの集計値をそのまま記載した。';
  return lines.length === 0 ? [] : [{ text, lines }];
}

function withheldNote({ items, title }: Form): string[] {
  return [...items.values()].flatMap((item: Item) => {
    const withheld = withheldOption(item);
    if (withheld === undefined) return [];
    const options = withheld.options.map((option) => `「${option.label}」`).join('・');
    return [
      `${title}の「${numberedLabel(item.definition)}」のうち${options}としたものは公表せず、公表する件数及び割合にも含めていない。`,
    ];
  });
}

function severalNote(forms: readonly Form[]): string[] {
  const isAsked = forms.some(({ items }) =>
    [...items.values()].some(({ kind: { figures } }) => figures?.of === 'options' && figures.several),
  );
  return isAsked
    ? [
        '「複数回答」とある項目は、当てはまるものを全て選ぶ形式であり、合計は回答数と一致しない。調査結果概要では数の多い順に５位までを記載し、同数の場合は調査票の順とした。該当のない選択肢は記載せず、「その他」の数は参考資料1に記載した。',
      ]
    : [];
}

/** Of means by unit, where there are any: who is behind them depends on who answers. */
function denominatorNote({ rows }: Summary, forms: readonly Form[]): string {
  const isPer = (measure: SummaryRow['measure']): boolean => rows.some((row) => row.measure === measure);
  const isOfCouncils = forms.some(({ units }) => units === 'council');
  const denominators = [
    ...(isPer('perMunicipality')
      ? [`${municipality}当たりは集計した${isOfCouncils ? `${council}を構成する` : ''}${municipality}数`]
      : []),
    ...(isPer('perCouncil') ? [`${council}当たりは集計した${council}数`] : []),
  ];
  return denominators.length === 0 ? '' : `母数は、${denominators.join('、')}である。`;
}

interface FootnoteOptions {
  readonly audience: Audience;
  readonly leavesOut: boolean;
  readonly summary: Summary;
  readonly handout?: Handout | undefined;
}

/** Numbered sentences, some with lines below. */
export function footnotes(
  round: Round,
  asked: readonly AskedForm[],
  { audience, leavesOut, summary, handout }: FootnoteOptions,
): Line[] {
  const forms = asked.map(({ form }) => form);
  const notes: (string | Note)[] = [
    asOfNote(round, forms),
    `${visibilityNote(forms, audience, handout)}${countedNote(asked, audience)}${audience === 'public' ? publicationNote : ''}`,
    ...(audience === 'public' ? forms.flatMap(withheldNote) : []),
    ...(leavesOut ? [fewAnswersNote(forms)] : []),
    ...(audience === 'public' ? spreadNote(forms) : []),
    ...heldNote(forms, summary),
    ...formNotes(forms, handout),
    ...severalNote(forms),
    `平均及び割合は、それぞれ併記した母数により算出し、${cutMeans(forms)}（切り捨てた平均には「約」を付した）、割合は小数第２位を四捨五入した。平均の増減は、記載した値の差である。${denominatorNote(summary, forms)}`,
    `「未回答」は回答のないもの、「-」及び「${notApplicableInReport}」は該当しないもの、「${noFigure}」は集計対象の回答がないもので、いずれも０とは区別し、回答数及び平均に含めていない。`,
  ];
  return notes.flatMap((note, index): Line[] => {
    const { text, lines = [] } = typeof note === 'string' ? { text: note } : note;
    return [{ text: `注${index + 1}　${text}`, indent: 0 }, ...lines.map((line): Line => ({ text: line, indent: 1 }))];
  });
}

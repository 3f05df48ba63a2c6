/**
 * 調査結果報告: the report of a round for one audience. Its order is the one of 埼玉県's:
 * 調査目的, 調査内容 and 調査結果概要, then 参考資料1 (every question), 参考資料2 (every municipality and council) and, for the
 * prefecture alone, 参考資料3.
 */

import { isOfMunicipalities, kindLabels, namesOfUnits, unitNameOf, unitNames } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { licences } from '../../../schemas/export.ts';
import type { AsOf, FormCounts, Licence, QuestionName, Summary } from '../../../schemas/export.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { hasPart } from '../../../schemas/handout.ts';
import type { Handout } from '../../../schemas/handout.ts';
import { extrasOf } from '../../../schemas/forms/catalogue.ts';
import type { Round } from '../../../schemas/round.ts';
import { asOfDate, periodOf } from '../../../schemas/round.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { printPartialDate, shortDate } from '../../../schemas/values/partial-date.ts';
import type { FormComparison } from '../comparison.ts';
import type { Audience } from '../summary.ts';
import { classTables } from './class-tables.ts';
import type { PublishedClass } from './class-tables.ts';
import { comparisonTables } from './comparison-tables.ts';
import { heading, paragraph } from './document.ts';
import type { Bars, Block, ReportHead, PrintedSettings, ReportTable } from './document.ts';
import type { ReportFacts } from './facts.ts';
import { SummaryFigures } from './figures.ts';
import { footnotes, overPeriodOf, wordingOf } from './footnotes.ts';
import { internalFindings } from './internal-findings.ts';
import { overviewHeadings, overviewBlocks } from './overview.ts';
import { questionTables } from './question-tables.ts';
import { statusOf } from './status.ts';
import { isByMunicipality, otherUnitLists, unitList } from './unit-list.ts';
import { chartedLists } from './unit-pages.ts';
import { circledNumber, fillIn, printShare } from './words.ts';

export interface ReportSource {
  readonly round: Round;
  readonly directory: Directory;
  readonly audience: Audience;
  readonly asOf: AsOf;
  readonly forms: readonly { readonly form: Form; readonly counts: FormCounts }[];
  readonly summary: Summary;
  readonly leftOut: readonly QuestionName[];
  readonly byClass?: PublishedClass | undefined;
  readonly comparisons: readonly FormComparison[];
  readonly facts: ReportFacts;
  readonly settings: PrintedSettings;
  readonly licence?: Licence;
}

/** The report around what is told of every single unit. */
export interface Report {
  readonly head: ReportHead;
  readonly before: readonly Block[];
  readonly after: readonly Block[];
  /** The last pages are wider than high. */
  readonly endsWide: boolean;
}

/** The title that all forms have; of a round of several with titles of their own its name. */
function titleOf({ forms, round }: ReportSource): string {
  const titles = new Set(forms.map(({ form }) => form.report?.title));
  const [only] = titles;
  if (only !== undefined && titles.size === 1) return only;
  const [form, ...others] = forms;
  return `${form === undefined || others.length > 0 ? round.name : form.form.title}の集計結果`;
}

function headOf(source: ReportSource): ReportHead {
  const { round, directory, settings } = source;
  const { documentNumber, meeting, date, division } = settings;
  const known = [
    meeting,
    date === undefined ? undefined : printPartialDate(date),
    division ?? directory.prefecture.name,
  ];
  return {
    title: titleOf(source),
    ...(documentNumber === undefined ? {} : { documentNumber }),
    occasion: [round.name, ...known.filter((each) => each !== undefined)],
    status: statusOf(source),
    ...(settings.next === undefined ? {} : { edition: `第${settings.next.edition}版` }),
    ...(source.audience === 'public' && source.licence !== undefined
      ? { licence: `ライセンス：${licences[source.licence].title}` }
      : {}),
  };
}

/** How many were asked and how many of them are counted; in public those that the prefecture accepted, not all that came in. */
function responseTable({ audience, forms }: ReportSource): ReportTable {
  const number = (label: string) => ({ label, isNumber: true });
  if (audience === 'public')
    return {
      kind: 'table',
      caption: '対象及び集計した回答（県が確認済のもの）',
      columns: [{ label: '調査票' }, number('確認済／対象'), number('確認済の割合')],
      rows: forms.map(({ form, counts: { expected, accepted } }) => [
        form.title,
        `${printCount(accepted)}/${printCount(expected)}${unitNameOf(form.units)}`,
        printShare(accepted, expected),
      ]),
    };
  return {
    kind: 'table',
    caption: '対象及び回収率',
    columns: [{ label: '調査票' }, number('対象'), number('提出'), number('うち確認済'), number('回収率')],
    rows: forms.map(({ form, counts: { expected, submitted, accepted } }) => [
      form.title,
      `${printCount(expected)}${unitNameOf(form.units)}`,
      printCount(submitted + accepted),
      printCount(accepted),
      printShare(submitted + accepted, expected),
    ]),
  };
}

function subjectOf(source: ReportSource): string {
  const forms = source.forms.map(({ form }) => form);
  const subject = wordingOf(forms, 'subject');
  return subject === undefined ? forms.map(({ title }) => title).join('・') : fillIn(`{inside}${subject}`, source);
}

function contentBlocks(source: ReportSource): Block[] {
  const { round, directory, forms } = source;
  const asOf = printPartialDate(round.referenceDate);
  const asked = forms.map(({ form }) => form);
  const counted = overPeriodOf(asked);
  const period = counted === undefined ? '' : `（${counted}の対象期間：{period}）`;
  const titles = overviewHeadings(asked).map(({ title }, index) => ({
    text: `${circledNumber(index)} ${fillIn(title, source)}`,
    indent: 1 as const,
  }));
  return [
    paragraph(
      fillIn(`${asOf}現在の${subjectOf(source)}${period}`, {
        round,
        directory,
      }),
    ),
    { kind: 'lines', lines: titles },
    responseTable(source),
  ];
}

function sectionOf(question: string | undefined): string | undefined {
  return question?.split('.')[0];
}

function timeOf(round: Round): (item: Item) => string {
  return ({ id, overPeriod }) =>
    overPeriod ? `対象期間 ${periodOf(round)}、` : `${shortDate(asOfDate(round, sectionOf(id) ?? ''))}現在、`;
}

function appendixTables(
  source: ReportSource,
  figures: SummaryFigures,
  namesOf: (codes: readonly string[]) => string,
): Block[] {
  const { round, audience, forms, comparisons, summary, byClass } = source;
  const words = (text: string, question?: string): string => fillIn(text, source, sectionOf(question));
  const context = { figures, words, timeOf: timeOf(round), ...(audience === 'internal' ? { namesOf } : {}) };
  const titles = new Map(forms.map(({ form }) => [form.id, form.title]));
  const { handout } = source.settings;
  const tables = hasPart(handout, 'tables') ? forms.flatMap(({ form }) => questionTables(form, context)) : [];
  const compared = hasPart(handout, 'comparison')
    ? comparisonTables(comparisons, (form) => titles.get(form) ?? form)
    : [];
  const ofClass =
    byClass !== undefined && hasPart(handout, 'tables')
      ? forms.flatMap(({ form }) => classTables(form, summary, byClass, words))
      : [];
  const blocks = [...tables, ...ofClass, ...compared].filter(
    ({ kind }) => kind !== 'bars' || hasPart(handout, 'charts'),
  );
  return blocks.length === 0 ? [] : [heading('appendix', '参考資料1　設問別集計表'), ...blocks];
}

/** What the report draws of a form, though its tables or charts may be left out of it. */
export function chartsOf(
  source: Pick<ReportSource, 'round' | 'directory' | 'summary' | 'leftOut'>,
  form: Form,
): Bars[] {
  const figures = new SummaryFigures(source.summary, source.leftOut);
  const words = (text: string, question?: string): string => fillIn(text, source, sectionOf(question));
  const blocks = questionTables(form, { figures, words, timeOf: timeOf(source.round) });
  return blocks.filter((block) => block.kind === 'bars');
}

/** Whether something is printed of each return of the form: beside the others, or on pages of its own. */
export function isShownSingly(form: Form, handout: Handout | undefined): boolean {
  if (extrasOf(form).isSideBySide === true) return hasPart(handout, 'list');
  return chartedLists(form).length > 0 && hasPart(handout, 'units');
}

/** Whose lists 参考資料2 has: municipalities and councils, and each kind of the directory by what that calls it. */
function listedKinds(forms: ReportSource['forms'], directory: Directory): string[] {
  const asked = forms.map(({ form }) => form);
  const isUsual = ({ units }: Form): boolean => isOfMunicipalities(units) || units === 'council';
  const usual = asked.filter(isUsual);
  const councils = isByMunicipality(usual) ? [] : [unitNames.council];
  const others = asked.filter((form) => !isUsual(form));
  const labels = kindLabels(directory);
  return [
    ...(usual.length === 0 ? [] : [unitNames.municipality, ...councils]),
    ...new Set(others.map(({ units }) => labels.get(units) ?? unitNameOf(units))),
  ];
}

/** 参考資料2 up to what is told of single returns, on wide pages. */
function listBlocks(
  { directory, audience, facts, forms, round, settings: { handout } }: ReportSource,
  hasFindings: boolean,
): Block[] {
  const listed = unitList(directory, facts, audience, round);
  const others = otherUnitLists(directory, facts, audience, round);
  const lists = hasPart(handout, 'list') ? [...(listed === undefined ? [] : [listed]), ...others] : [];
  const hasPages = forms.some(({ form }) => isShownSingly(form, handout) && facts.returnsOf(form) > 0);
  if (lists.length === 0 && !hasPages) return [];
  const title = heading('appendix', `参考資料2　${listedKinds(forms, directory).join('・')}別一覧`);
  if (lists.length === 0) return [title];
  const wide: Block[] = [
    { kind: 'pagesEnd', orientation: 'portrait' },
    title,
    ...lists.map((list) => ({ ...list, isLandscape: true })),
  ];
  // Where nothing follows there is no page to be turned back for.
  return hasFindings || hasPages ? [...wide, { kind: 'pagesEnd', orientation: 'landscape' }] : wide;
}

/** Headings （１）, （２） … */
function numberedSections(sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[]): Block[] {
  const digits = '０１２３４５６７８９';
  return sections.flatMap(({ title, blocks }, index) => {
    const number = String(index + 1).replaceAll(/\d/gu, (digit) => digits.charAt(Number(digit)));
    return [heading('section', `（${number}）${title}`), ...blocks];
  });
}

const usualProposalsTitle = '課題及び県の対応方針について（案）';

/** Several lines are items, one alone is a paragraph, as officials write them. */
function proposalLines(text: string): string[] {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return lines.map((line) => (/^[・〇○●※（(①-⑳]/u.test(line) ? line : `${lines.length > 1 ? '・' : '　'}${line}`));
}

/** ２: what the prefecture says of the matters (課題) and what it will do (対応方針), in its own lines. */
function proposalBlocks({ proposalsTitle = usualProposalsTitle, proposals = [] }: Handout = {}): Block[] {
  const linesOf = (title: string, text: string | undefined): Block[] => {
    if (text === undefined) return [];
    const lines = proposalLines(text).map((line) => ({ text: line, indent: 1 as const }));
    return [{ kind: 'lines', lines: [{ text: `〇${title}`, indent: 0 }, ...lines] }];
  };
  const sections = proposals.map(({ title, issues, policies }) => ({
    title,
    blocks: [...linesOf('課題', issues), ...linesOf('対応方針', policies)],
  }));
  return sections.length === 0 ? [] : [heading('part', `２ ${proposalsTitle}`), ...numberedSections(sections)];
}

/** The whole report but for the parts that are written while the returns stream by. */
export function reportOf(source: ReportSource): Report {
  const { round, directory, audience, facts, summary, leftOut, settings } = source;
  const forms = source.forms.map(({ form }) => form);
  const figures = new SummaryFigures(summary, leftOut);
  const names = namesOfUnits(directory);
  const namesOf = (codes: readonly string[]): string => codes.map((code) => names.get(code) ?? code).join('、');
  const words = (text: string, question?: string): string => fillIn(text, source, sectionOf(question));
  const { handout } = settings;
  const after = audience === 'internal' && hasPart(handout, 'findings') ? internalFindings(directory, facts) : [];
  const purposes = new Set(forms.flatMap(({ report }) => report?.purpose ?? []));
  const sections = numberedSections([
    ...(purposes.size === 0
      ? []
      : [{ title: '調査目的', blocks: [...purposes].map((purpose) => paragraph(fillIn(purpose, source))) }]),
    { title: '調査内容', blocks: contentBlocks(source) },
    {
      title: '調査結果概要',
      blocks: overviewBlocks(forms, { figures, jointUnits: (form) => facts.jointUnits(form), words }),
    },
  ]);
  const list = listBlocks(source, after.length > 0);
  const errata = settings.next?.errata ?? [];
  const last = list.at(-1);
  return {
    head: headOf(source),
    before: [
      ...(errata.length === 0 ? [] : [heading('part', '正誤表'), ...errata]),
      heading('part', `１ ${subjectOf(source)}について`),
      ...sections,
      heading('section', '注'),
      {
        kind: 'lines',
        lines: footnotes(round, source.forms, {
          audience,
          leavesOut: leftOut.length > 0,
          summary,
          handout,
        }),
      },
      ...proposalBlocks(handout),
      ...appendixTables(source, figures, namesOf),
      ...list,
    ],
    after,
    endsWide: last?.kind === 'table' && last.isLandscape === true,
  };
}

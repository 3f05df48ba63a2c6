/** What only the prefecture reads: disagreements between returns, and facts about councils that may need support. */

import type { Directory } from '../../../schemas/directory.ts';
import type { Round } from '../../../schemas/round.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { monthsOf } from '../comparison.ts';
import { printMean } from '../summary.ts';
import { heading, paragraph } from './document.ts';
import type { Block } from './document.ts';
import type { CouncilFacts, ReportFacts } from './facts.ts';
import { notApplicable } from './figures.ts';
import { periodOf } from './words.ts';

/** Which returns the checks across returns did not read. */
function uncheckedNote(facts: ReportFacts): Block[] {
  const { isRun, checked, unchecked } = facts.across;
  const left = [...(isRun ? [] : checked), ...unchecked]
    .flatMap((form) => (facts.returnsOf(form) === 0 ? [] : [`${form.title} ${printCount(facts.returnsOf(form))}件`]))
    .join('、');
  if (!isRun)
    return [
      paragraph(`この調査では回答間の点検を行っていません${left === '' ? '' : `（点検していない回答：${left}）`}。`),
    ];
  return left === '' ? [] : [paragraph(`次の回答は点検していません：${left}`)];
}

/** Findings as rows: what it is about, and what was found. */
function acrossBlocks(directory: Directory, facts: ReportFacts): Block[] {
  const notes = uncheckedNote(facts);
  return facts.across.isRun ? [acrossTable(directory, facts, notes.length > 0), ...notes] : notes;
}

function acrossTable(directory: Directory, { across }: ReportFacts, leavesOut: boolean): Block {
  const names = new Map([
    ...directory.municipalities.map(({ code, name }): [string, string] => [code, name]),
    ...directory.councils.map(({ id, name }): [string, string] => [id, name]),
  ]);
  const findings = across.find(directory);
  if (findings.length === 0) return paragraph(`${leavesOut ? '点検した回答に' : ''}回答間の不一致はありません。`);
  return {
    kind: 'table',
    caption: '回答間の不一致（確認の要否は県が判断する）',
    columns: [{ label: '回答単位' }, { label: '内容' }],
    rows: findings.map(({ message, returns }) => [
      [...new Set(returns.map(({ unit }) => names.get(unit) ?? unit))].join('、'),
      message,
    ]),
  };
}

/** Fewer plenary meetings than in the round before, over twelve months; both periods are named. */
function fewerMeetings({ round, previous }: ReportFacts, council: string, now: number | undefined): string[] {
  const before = previous.plenaryMeetings.get(council);
  if (before === undefined || now === undefined || previous.period === undefined) return [];
  const months = { before: monthsOf({ period: previous.period }), now: monthsOf(round) };
  if (now * months.before >= before * months.now) return [];
  const printed = (meetings: number, period: Pick<Round, 'period'>): string =>
    `${periodOf(period)} ${printCount(meetings)}回`;
  const change = `${printed(before, { period: previous.period })}→${printed(now, round)}`;
  const yearly = `12か月当たり${printMean(before * 12, months.before)}回→${printMean(now * 12, months.now)}回`;
  return [`全体会の開催回数が前回調査より減少（${change}${months.before === months.now ? '' : `、${yearly}`}）`];
}

/** The facts about one council; none where there is nothing to look at. */
function factsOf(facts: CouncilFacts, fewer: readonly string[]): string[] {
  const { plenaryMeetings, subcommittees, idle, behindPlan } = facts;
  const about: string[] = [];
  if (plenaryMeetings === 0) about.push('全体会の開催なし');
  if (idle.length > 0) about.push(`開催回数0回の会議体：${idle.join('、')}`);
  if (behindPlan.length > 0) about.push(`開催回数が開催計画の半分未満の会議体：${behindPlan.join('、')}`);
  about.push(...fewer);
  if (subcommittees === 0) about.push('専門部会等の設置なし');
  return about;
}

function supportTable(all: ReportFacts): Block {
  const rows = [...all.councils].flatMap(([id, facts]) => {
    const about = factsOf(facts, fewerMeetings(all, id, facts.plenaryMeetings));
    if (about.length === 0) return [];
    const meetings = facts.plenaryMeetings === undefined ? notApplicable : printCount(facts.plenaryMeetings);
    return [[facts.name, meetings, printCount(facts.subcommittees), about.join('\n')]];
  });
  if (rows.length === 0) return paragraph('該当する協議会はありません。');
  return {
    kind: 'table',
    caption: '協議会ごとの事実（回答に基づく。評価を示すものではない）',
    columns: [
      { label: '協議会' },
      { label: '全体会（回）', isNumber: true },
      { label: '専門部会等（数）', isNumber: true },
      { label: '事実' },
    ],
    rows,
  };
}

/** 参考資料3, in internal reports only. */
export function internalFindings(directory: Directory, facts: ReportFacts): Block[] {
  return [
    heading('appendix', '参考資料3　内部検討用資料'),
    heading('section', '回答間の不一致'),
    ...acrossBlocks(directory, facts),
    heading('section', '支援の要否を検討するための資料'),
    supportTable(facts),
  ];
}

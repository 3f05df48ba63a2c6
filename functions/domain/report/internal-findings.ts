/** What only the prefecture reads: disagreements between returns, and facts about councils that may need support. */

import type { Directory } from '../../../schemas/directory.ts';
import { acrossReturns } from '../../../schemas/forms/across-returns.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { heading, paragraph } from './document.ts';
import type { Block } from './document.ts';
import type { CouncilFacts, ReportFacts } from './facts.ts';
import { noFigure } from './figures.ts';

/** Findings as rows: what it is about, and what was found. */
function acrossTable(directory: Directory, facts: ReportFacts): Block {
  const names = new Map([
    ...directory.municipalities.map(({ code, name }): [string, string] => [code, name]),
    ...directory.councils.map(({ id, name }): [string, string] => [id, name]),
  ]);
  const findings = acrossReturns({ directory, ...facts.across });
  if (findings.length === 0) return paragraph('回答間の不一致はありません。');
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

/** The facts about one council; none where there is nothing to look at. */
function factsOf(facts: CouncilFacts, previous: number | undefined): string[] {
  const { plenaryMeetings, subcommittees, idle, behindPlan } = facts;
  const about: string[] = [];
  if (plenaryMeetings === 0) about.push('全体会の開催なし');
  if (idle.length > 0) about.push(`開催回数0回の会議体：${idle.join('、')}`);
  if (behindPlan.length > 0) about.push(`開催回数が開催計画の半分未満の会議体：${behindPlan.join('、')}`);
  if (plenaryMeetings !== undefined && previous !== undefined && plenaryMeetings < previous)
    about.push(`全体会の開催回数が前回調査より減少（${printCount(previous)}回→${printCount(plenaryMeetings)}回）`);
  if (subcommittees === 0) about.push('専門部会等の設置なし');
  return about;
}

function supportTable({ councils, previousPlenaryMeetings }: ReportFacts): Block {
  const rows = [...councils].flatMap(([id, facts]) => {
    const about = factsOf(facts, previousPlenaryMeetings.get(id));
    if (about.length === 0) return [];
    const meetings = facts.plenaryMeetings === undefined ? noFigure : printCount(facts.plenaryMeetings);
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
    acrossTable(directory, facts),
    heading('section', '支援の要否を検討するための資料'),
    supportTable(facts),
  ];
}

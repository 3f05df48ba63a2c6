/** What only the prefecture reads: disagreements between returns, and facts about councils that may need support. */

import { namesOfUnits } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { heading, paragraph } from './document.ts';
import type { Block } from './document.ts';
import type { ReportFacts } from './facts.ts';

function uncheckedNote(facts: ReportFacts): Block[] {
  const { isRun, unchecked } = facts.across;
  const left = unchecked
    .flatMap((form) => (facts.returnsOf(form) === 0 ? [] : [`${form.title} ${printCount(facts.returnsOf(form))}件`]))
    .join('、');
  if (!isRun)
    return [
      paragraph(`この調査では回答間の点検を行っていません${left === '' ? '' : `（点検していない回答：${left}）`}。`),
    ];
  return left === '' ? [] : [paragraph(`次の回答は点検していません：${left}`)];
}

function acrossBlocks(directory: Directory, facts: ReportFacts): Block[] {
  const notes = uncheckedNote(facts);
  return facts.across.isRun ? [acrossTable(directory, facts, notes.length > 0), ...notes] : notes;
}

function acrossTable(directory: Directory, { across }: ReportFacts, leavesOut: boolean): Block {
  const names = namesOfUnits(directory);
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

function factBlocks({ byForm }: ReportFacts): Block[] {
  return [...byForm.values()].flatMap(({ facts }): Block[] => {
    if (facts === undefined) return [];
    const { title, caption, columns, none } = facts;
    const rows = facts.rows();
    return [heading('section', title), rows.length === 0 ? paragraph(none) : { kind: 'table', caption, columns, rows }];
  });
}

/** 参考資料3, in internal reports only; none where the forms of the round have nothing to tell. */
export function internalFindings(directory: Directory, facts: ReportFacts): Block[] {
  const { checked, unchecked } = facts.across;
  const hasChecks = checked.length + unchecked.length > 0;
  const blocks = [
    ...(hasChecks ? [heading('section', '回答間の不一致'), ...acrossBlocks(directory, facts)] : []),
    ...factBlocks(facts),
  ];
  return blocks.length === 0 ? [] : [heading('appendix', '参考資料3　内部検討用資料'), ...blocks];
}

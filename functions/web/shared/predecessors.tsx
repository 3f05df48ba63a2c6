/** What the units answered last time that a unit came after (合併等の前の団体の前回の回答), and what of it can be compared. */

import { lineageRows, summedAnswers } from '../../domain/lineage.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import type { PredecessorReturns } from '../../storage/previous.ts';
import { Table } from './table.tsx';

/** In words, what is compared with them. */
function ruleOf({ kind, units }: PredecessorReturns): string {
  const missing = units.filter(({ version }) => version === undefined).map(({ name }) => name);
  if (kind === 'divided')
    return '前回は分割の前の団体が回答したため、前回との比較はできません。前回の回答を参考に示します。';
  if (kind === 'partly')
    return '前回はこの調査票を照会していない団体があるため、前回との比較はできません。前回の回答を参考に示します。';
  if (missing.length > 0)
    return `${missing.join('、')}の前回の確認済の回答がないため、前回との比較はできません。ほかの団体の前回の回答を参考に示します。`;
  if (kind === 'one') return '前回は、団体コードが変わる前の団体として回答しています。';
  return '足し合わせることのできる数の項目は、合併前の団体の合計を前回の値として比較します。ほかの項目は比較できないため、団体ごとに示します。';
}

interface Props {
  readonly before: PredecessorReturns | undefined;
  readonly names: Names;
}

export function Predecessors({ before, names }: Props) {
  if (before === undefined) return <></>;
  const { round, form, kind, units } = before;
  const answered = units.flatMap(({ name, version }) => (version === undefined ? [] : [{ name, version }]));
  const all = answered.map(({ version }) => version.answers);
  const hasSum = kind === 'merged' && answered.length === units.length;
  const rows = lineageRows(form, all, hasSum ? summedAnswers(form, all) : undefined, names);
  return (
    <details>
      <summary>
        合併等の前の団体の前回（{round.name}）の回答：{units.map(({ name }) => name).join('、')}
      </summary>
      <p>{ruleOf(before)}</p>
      <Table
        label="合併等の前の団体の前回の回答の表"
        rows={rows}
        columns={[
          { heading: '項目', isName: true, cell: ({ label }) => label },
          ...answered.map(({ name }, index) => ({
            heading: name,
            class: 'preserved',
            cell: ({ cells }: (typeof rows)[number]) => cells[index] ?? '',
          })),
          ...(hasSum ? [{ heading: '合計', cell: ({ sum }: (typeof rows)[number]) => sum || '比較不可' }] : []),
        ]}
      />
    </details>
  );
}

/** The returns of units that ended, as a table. */

import { returnStates } from '../../../schemas/return.ts';
import type { FormerReturn } from '../../domain/former-returns.ts';
import { Table } from './table.tsx';

/** What becomes of them, wherever they are listed. */
export const formerReturnsRule =
  '対象でなくなった団体の回答は、そのまま残り、読むことだけができます。提出・確認の対象にならず、集計・出力・公表には数えません。合併等の後の市町村・協議会が、新しく回答します。';

interface Props {
  readonly returns: readonly FormerReturn[];
  readonly hrefOf: (of: FormerReturn) => string;
}

export function FormerReturns({ returns, hrefOf }: Props) {
  return (
    <Table
      label="対象でなくなった団体の回答の表"
      rows={returns}
      columns={[
        { heading: '団体', isName: true, cell: (each) => <a href={hrefOf(each)}>{each.name}</a> },
        { heading: '後の団体', cell: ({ successors }) => successors.join('、') },
        { heading: '調査票', cell: ({ title }) => title },
        { heading: '状態', cell: ({ state }) => returnStates[state] },
      ]}
    />
  );
}

/** Taking a submission back before the prefecture has looked at it. */

import { isAllowed } from '../../domain/authorisation.ts';
import { CsrfField } from '../shared/csrf-field.tsx';
import type { Opened } from './opened.ts';

/** Nothing where it is not possible. */
export function Withdrawal({ opened }: { readonly opened: Opened }) {
  const { visit, key, draft, relation, isOver } = opened;
  if (draft.standing.state !== 'submitted' || !isAllowed(relation, 'return.submit') || isOver) return <></>;
  return (
    <details class="no-print">
      <summary>提出を取り下げる</summary>
      <div>
        <p>
          県が確認済又は差戻しとするまでは取り下げることができます。取り下げて修正した後は、もう一度提出してください。
        </p>
        <form method="post" action={visit.paths.withdrawal(key)}>
          <CsrfField visit={visit} />
          <button class="button button--danger">取り下げる</button>
        </form>
      </div>
    </details>
  );
}

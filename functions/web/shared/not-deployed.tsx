import type { Round } from '../../../schemas/round.ts';
import { problems } from '../../../schemas/problem.ts';
import { Notice } from './notice.tsx';

/** A round that an earlier release does not know how to ask: its returns are kept and come back with the later release. */
export function NotDeployed({ round: { name } }: { readonly round: Pick<Round, 'name'> }) {
  return (
    <Notice kind="warning" title={`「${name}」は、現在表示できません`}>
      <p>{problems['form-not-deployed'].title}保存されている回答は、そのまま残っています。</p>
    </Notice>
  );
}

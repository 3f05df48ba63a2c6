/** What was accepted before a page was led on to, with the way back to it. */

import { returnName } from '../../domain/log.ts';
import { Notice } from '../shared/notice.tsx';
import type { Visit } from '../shared/visit.ts';
import type { RoundView } from './round-view.ts';

interface JustAcceptedProps {
  readonly visit: Visit;
  readonly view: RoundView;
  /** `<form>/<unit>`, as the address has it. */
  readonly named: string | undefined;
  readonly suffix: string;
}

export function JustAccepted({ visit: { paths }, view, named, suffix }: JustAcceptedProps) {
  const unit = view.units.find((each) => named === `${each.form.id}/${each.unit}`);
  if (unit?.standing.state !== 'accepted') return <></>;
  const mayBeUndone = view.state.undoable.has(returnName(unit.form.id, unit.unit));
  return (
    <Notice kind="success" title={`${unit.name}　${unit.form.title}を確認済にしました。`}>
      <p>
        <a href={paths.review({ round: view.round.id, form: unit.form.id, unit: unit.unit }) + suffix}>
          {mayBeUndone ? '見直す・取り消す' : '見直す'}
        </a>
      </p>
    </Notice>
  );
}

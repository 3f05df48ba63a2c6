import { returnStates } from '../../../schemas/return.ts';
import type { ReturnState } from '../../../schemas/return.ts';

interface StateTagProps {
  readonly state: ReturnState;
  /** The prefecture's pages have shorter ones: the others tell a municipality what to do. */
  readonly names?: Readonly<Record<ReturnState, string>>;
}

/** The state of a return in words; colour and border only repeat them. */
export function StateTag({ state, names = returnStates }: StateTagProps) {
  return <strong class={`tag tag--${state}`}>{names[state]}</strong>;
}

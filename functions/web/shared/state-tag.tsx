import { returnStates } from '../../../schemas/return.ts';
import type { ReturnState } from '../../../schemas/return.ts';

/** The state of a return in words; colour and border only repeat them. */
export function StateTag({ state }: { state: ReturnState }) {
  return <strong class={`tag tag--${state}`}>{returnStates[state]}</strong>;
}

/** How far a round or a form has come, as one picture; the numbers stand beside it in words. */

import { returnStates } from '../../../schemas/return.ts';
import type { ReturnState } from '../../../schemas/return.ts';
import { segments } from '../shared/bars.ts';

/** From done to not begun. */
export const statesInOrder = [
  'accepted',
  'submitted',
  'returned',
  'draft',
  'notStarted',
] as const satisfies readonly ReturnState[];

/** Where the page has little room. */
export const shortStates: Readonly<Record<ReturnState, string>> = {
  accepted: '確認済',
  submitted: '提出済',
  returned: '差戻し',
  draft: '作成中',
  notStarted: '未着手',
};

const width = 600;
const height = 24;

interface StateBarProps {
  readonly counts: Readonly<Record<ReturnState, number>>;
  /** What is counted: 年次調査票. */
  readonly label: string;
}

export function StateBar({ counts, label }: StateBarProps) {
  const parts = statesInOrder.map((state): [ReturnState, number] => [state, counts[state]]);
  const whole = parts.reduce((sum, [, count]) => sum + count, 0);
  const words = parts.map(([state, count]) => `${returnStates[state]} ${count}件`).join('、');
  return (
    <svg
      class="state-bar"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}：全${whole}件のうち、${words}`}
    >
      {segments(parts, width).map(({ key, x, width }) => (
        <rect class={`state-bar__${key}`} x={x} y={0} width={width} height={height} />
      ))}
    </svg>
  );
}

export function StateLegend() {
  return (
    <ul class="legend" aria-hidden="true">
      {statesInOrder.map((state) => (
        <li>
          <svg class="legend__mark" viewBox="0 0 16 16">
            <rect class={`state-bar__${state}`} width="16" height="16" />
          </svg>
          {shortStates[state]}
        </li>
      ))}
    </ul>
  );
}

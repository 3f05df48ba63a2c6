/** A bar beside a number: its parts on a scale from 0. */

import { barLength } from './bars.ts';

const width = 200;
const height = 14;

interface BarPart {
  readonly class: string;
  readonly value: number;
}

interface BarProps {
  readonly parts: readonly BarPart[];
  readonly most: number;
  /** Absent where the number stands beside it as text. */
  readonly label?: string;
  readonly class?: string;
}

export function Bar({ parts, most, label, class: name = '' }: BarProps) {
  let x = 0;
  return (
    <svg
      class={`bar ${name}`.trim()}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      {...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label })}
    >
      <rect class="bar__back" x={0} y={0} width={width} height={height} />
      {parts.map(({ class: name, value }) => {
        const length = barLength(value, most, width);
        const from = x;
        x += length;
        return length === 0 ? <></> : <rect class={name} x={from} y={0} width={length} height={height} />;
      })}
    </svg>
  );
}

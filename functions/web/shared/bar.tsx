/** A bar beside a number: its parts on a scale from 0. */

import { barLength } from './bars.ts';

const width = 200;
const height = 14;

interface BarPart {
  readonly class: string;
  readonly value: number;
}

export function Bar({ parts, most, label }: { parts: readonly BarPart[]; most: number; label: string }) {
  let x = 0;
  return (
    <svg class="bar" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
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

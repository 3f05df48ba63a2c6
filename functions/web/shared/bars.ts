/** The geometry of charts, in the units of an SVG's view box. Pure. */

export interface Segment<K extends string> {
  readonly key: K;
  readonly value: number;
  readonly x: number;
  readonly width: number;
}

/** Two decimals are finer than any screen. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Parts of a whole side by side over `width`; nothing for a whole of 0. Parts of 0 are left out. */
export function segments<K extends string>(parts: readonly (readonly [K, number])[], width: number): Segment<K>[] {
  const whole = parts.reduce((sum, [, value]) => sum + value, 0);
  const laid: Segment<K>[] = [];
  let before = 0;
  for (const [key, value] of parts) {
    if (value > 0)
      laid.push({ key, value, x: rounded((before / whole) * width), width: rounded((value / whole) * width) });
    before += value;
  }
  return laid;
}

/** The length of a bar on a scale from 0 to `most`. */
export function barLength(value: number, most: number, width: number): number {
  return most <= 0 ? 0 : rounded((Math.min(Math.max(value, 0), most) / most) * width);
}

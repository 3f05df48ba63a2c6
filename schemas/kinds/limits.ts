import type { EditCheck } from './edit-check.ts';

/** What is usual for a number: one outside is asked about, and stands once a reason is given. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
}

function usual({ min, max }: Limits, print: (value: number) => string): string {
  if (min === undefined) return max === undefined ? '' : `${print(max)}以下`;
  return max === undefined ? `${print(min)}以上` : `${print(min)}から${print(max)}まで`;
}

/** What is said beside a number that has limits, before it is answered. */
function limitsHint({ min, max }: Limits, print: (value: number) => string): string {
  const outside =
    min === undefined
      ? `${print(max ?? 0)}を超える`
      : max === undefined
        ? `${print(min)}を下回る`
        : `${print(min)}から${print(max)}までの範囲を外れる`;
  return `${outside}ときは、理由を伺います。`;
}

/** The traits of a number with limits; none where it has none. */
export function limited(
  limits: Limits,
  print: (value: number) => string,
): { readonly checks?: readonly EditCheck[]; readonly limits?: string } {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limits;
  const expected = usual(limits, print);
  if (expected === '') return {};
  const message = `${expected}の数と見込まれる項目です。数を確認し、正しい場合は理由を記入してください。`;
  const find = (answer: unknown): string[] =>
    typeof answer === 'number' && (answer < min || answer > max) ? [''] : [];
  return {
    checks: [{ name: 'limits', severity: 'askReason', message, find }],
    limits: limitsHint(limits, print),
  };
}

/** How public a question is: never more so than what its being asked, or its value, would tell. */

import type { Draft } from './form-drafts.ts';
import type { Visibility } from './kinds/question.ts';

const levels: Readonly<Record<Visibility, number>> = { open: 0, tally: 1, internal: 2 };

export function strictest(...visibilities: readonly Visibility[]): Visibility {
  return visibilities.reduce((a, b) => (levels[b] > levels[a] ? b : a), 'open');
}

type Told = Pick<Draft, 'visibility'> & {
  readonly kind: Pick<Draft['kind'], 'nesting'>;
  readonly children: readonly Told[];
};

/** How public what an expression reads is: who reads a group as a whole, as its total, reads all that is in it. */
export function visibilityRead({ visibility, kind, children }: Told): Visibility {
  return kind.nesting === 'fields' ? strictest(visibility, ...children.map(visibilityRead)) : visibility;
}

/**
 * A question whose condition reads a Σ or 🔒 question is at least Σ itself, or its presence would tell; what an
 * expression reads may tell more, and the question is as little public as that.
 */
export function resolveVisibility(items: readonly Draft[], inherited: Visibility): boolean {
  let changed = false;
  for (const item of items) {
    const hidden = item.conditions.some(({ on }) => on.visibility !== 'open');
    const read = item.expressions.flatMap(({ reads }) => reads.map(visibilityRead));
    const computed = (item.formula?.reads ?? []).map(visibilityRead);
    const visibility = strictest(item.visibility, inherited, hidden ? 'tally' : 'open', ...read, ...computed);
    changed ||= visibility !== item.visibility;
    item.visibility = visibility;
    changed = resolveVisibility(item.children, visibility) || changed;
  }
  return changed;
}

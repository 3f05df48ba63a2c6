/** Terms with what is said to each. */

import type { Child } from 'hono/jsx';

export type Term = readonly [term: Child, text: Child];

interface SummaryListProps {
  /** Nothing stands for a term that has nothing to say. */
  readonly terms: readonly (Term | undefined)[];
  readonly class?: string;
}

export function SummaryList({ terms, class: name = 'summary-list' }: SummaryListProps) {
  return (
    <dl class={name}>
      {terms.map(
        (each) =>
          each !== undefined && (
            <div>
              <dt>{each[0]}</dt>
              <dd>{each[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

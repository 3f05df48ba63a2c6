/** A computed value: nothing to type. It is that of the answers stored, and follows the fields where the script can. */

import { Grouped } from './about.tsx';
import type { KindProps } from './context.ts';
import { printComputed } from './readers.ts';

export function ComputedField(props: KindProps<'computed'>) {
  const { context, item, path, scope, definition } = props;
  const { unit, places } = definition;
  const value = context.computedAt(path);
  const rule = item.formula && context.pageFormula(item.formula, scope);
  return (
    <Grouped props={props}>
      <output
        class="total"
        id={path}
        tabindex={-1}
        data-unit={unit}
        data-places={places}
        data-formula={rule === undefined ? undefined : JSON.stringify(rule)}
        aria-live="polite"
      >
        {printComputed(typeof value === 'number' ? value : null, unit)}
      </output>
    </Grouped>
  );
}

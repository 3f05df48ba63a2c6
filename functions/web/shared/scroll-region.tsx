/** A box that scrolls a wide table that may have no links in it: reached and scrolled by keyboard. */

import type { Child } from 'hono/jsx';

export function ScrollRegion({ label, children }: { readonly label: string; readonly children: Child }) {
  return (
    <div class="table-scroll" role="region" aria-label={label} tabindex={0}>
      {children}
    </div>
  );
}

/** What the script of a page is told, as part of the page. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Here } from './here.ts';

/** Not shown, and no script: text that the script looks up. As it stands it says no markup. */
export function HereData({ here }: { readonly here: Here }): JSX.Element {
  const text = JSON.stringify(here).replaceAll('&', String.raw`\u0026`).replaceAll('<', String.raw`\u003c`);
  return <template data-here dangerouslySetInnerHTML={{ __html: text }} />;
}

/** The way to the previous and to the next of several, and what stands between them. */

import type { Child } from 'hono/jsx';

interface Way {
  readonly href: string;
  readonly label: string;
}

interface WaysProps {
  readonly label: string;
  readonly previous?: Way | undefined;
  readonly next?: Way | undefined;
  readonly children?: Child;
}

export function Ways({ label, previous, next, children }: WaysProps) {
  return (
    <nav class="pager no-print" aria-label={label}>
      {previous !== undefined && (
        <a href={previous.href} rel="prev">
          {previous.label}
        </a>
      )}
      {children}
      {next !== undefined && (
        <a href={next.href} rel="next">
          {next.label}
        </a>
      )}
    </nav>
  );
}

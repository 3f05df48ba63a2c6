import type { Child } from 'hono/jsx';

type ButtonKind = 'primary' | 'secondary' | 'danger';

interface ButtonProps {
  readonly kind?: ButtonKind;
  readonly name?: string;
  readonly value?: string;
  readonly formaction?: string;
  /** Posts an unfinished form without the browser's own checks. */
  readonly formnovalidate?: boolean;
  readonly form?: string;
  readonly children: Child;
}

export function Button({ kind = 'primary', children, ...attributes }: ButtonProps) {
  return (
    <button type="submit" class={`button button--${kind}`} {...attributes}>
      {children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({
  kind = 'secondary',
  href,
  children,
}: {
  kind?: ButtonKind;
  href: string;
  children: Child;
}) {
  return (
    <a class={`button button--${kind}`} href={href}>
      {children}
    </a>
  );
}

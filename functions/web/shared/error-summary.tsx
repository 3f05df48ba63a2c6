import type { JSX } from 'hono/jsx/jsx-runtime';

export interface LinkedError {
  /** `#id` of the field, or the page and field where it can be corrected. */
  readonly href: string;
  readonly message: string;
}

interface ErrorSummaryProps {
  readonly errors: readonly LinkedError[];
  /** How many more there are than a page can name, and where they are found. */
  readonly more?: { readonly count: number; readonly text: string } | undefined;
}

export function ErrorItem({ href, message }: LinkedError): JSX.Element {
  return (
    <li>
      <a href={href}>{message}</a>
    </li>
  );
}

/** Every error of the page at its top, each a link to its field. Takes the focus, with and without a script. */
export function ErrorSummary({ errors, more }: ErrorSummaryProps): JSX.Element {
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus aria-labelledby="error-summary-title">
      <h2 class="error-summary__title" id="error-summary-title">
        エラー（{errors.length + (more?.count ?? 0)}件）
      </h2>
      <ul class="error-summary__list">
        {errors.map((error) => (
          <ErrorItem {...error} />
        ))}
      </ul>
      {more !== undefined && <p>{more.text}</p>}
    </div>
  );
}

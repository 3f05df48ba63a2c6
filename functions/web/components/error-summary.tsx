import type { JSX } from 'hono/jsx/jsx-runtime';

export interface LinkedError {
  /** `#id` of the field, or the page and field where it can be corrected. */
  readonly href: string;
  readonly message: string;
}

/** Every error of the page at its top, each a link to its field. Takes the focus, with and without a script. */
export function ErrorSummary({ errors }: { errors: readonly LinkedError[] }): JSX.Element {
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus aria-labelledby="error-summary-title">
      <h2 class="error-summary__title" id="error-summary-title">
        エラー（{errors.length}件）
      </h2>
      <ul class="error-summary__list">
        {errors.map(({ href, message }) => (
          <li>
            <a href={href}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

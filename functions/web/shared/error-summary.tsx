export interface LinkedError {
  /** `#id` of the field, or the page and field where it can be corrected. */
  readonly href: string;
  readonly message: string;
}

interface ErrorSummaryProps {
  readonly errors: readonly LinkedError[];
  /** Where those are said that are too many for the summary. */
  readonly rest?: string;
  /** What was asked for has been done all the same, and has the focus. */
  readonly isBeside?: boolean;
}

/** Nobody corrects more at once. */
const mostErrors = 100;

/** The errors of the page at its top, each a link to its field. Takes the focus, with and without a script. */
export function ErrorSummary({
  errors,
  rest = '上のエラーを修正すると表示されます',
  isBeside = false,
}: ErrorSummaryProps) {
  if (errors.length === 0) return <></>;
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus={!isBeside} aria-labelledby="error-summary-title">
      <h2 class="error-summary__title" id="error-summary-title">
        エラー（{errors.length}件）
      </h2>
      <ul class="error-summary__list">
        {errors.slice(0, mostErrors).map(({ href, message }) => (
          <li>
            <a href={href}>{message}</a>
          </li>
        ))}
      </ul>
      {errors.length > mostErrors && (
        <p>
          ほか{errors.length - mostErrors}件は、{rest}。
        </p>
      )}
    </div>
  );
}

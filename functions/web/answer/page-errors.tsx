/** The errors of a page of questions at its top, as far as there is room for them. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import { ErrorItem, ErrorSummary } from '../shared/error-summary.tsx';
import type { LinkedError } from '../shared/error-summary.tsx';
import { bytesOf, fitting } from '../shared/parts.ts';

const mostBytes = 12_000;

/** Every error is said at its question as well. */
export function PageErrors({ errors }: { readonly errors: readonly LinkedError[] }): JSX.Element {
  if (errors.length === 0) return <></>;
  const { shown, more } = fitting(errors, (error) => bytesOf(<ErrorItem {...error} />), mostBytes);
  return (
    <ErrorSummary
      errors={shown}
      more={more === 0 ? undefined : { count: more, text: `ほか${more}件は、各項目に表示しています。` }}
    />
  );
}

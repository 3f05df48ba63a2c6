/** What the pages of a merger, a division or a new city have in common. */

import type { FieldError } from '../../../schemas/problem.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId } from '../shared/labelled-controls.tsx';
import type { Paths } from '../shared/paths.ts';

export function Trail({ paths, title }: { readonly paths: Paths; readonly title: string }) {
  return (
    <Breadcrumbs
      trail={[{ label: '調査の一覧', href: paths.home }, { label: '名簿', href: paths.directory }, { label: title }]}
    />
  );
}

export function Errors({
  errors,
  known,
}: {
  readonly errors: readonly FieldError[];
  readonly known: ReadonlySet<string>;
}) {
  if (errors.length === 0) return <></>;
  return (
    <ErrorSummary
      errors={errors.map(({ path, message }) => ({
        href: known.has(path) ? `#${fieldId(path)}` : '#plan',
        message,
      }))}
    />
  );
}

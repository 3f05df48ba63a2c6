/** A submitted version to keep: printed, as a workbook, as a CSV. */

import type { ReturnKey } from '../../../schemas/return.ts';
import type { Paths } from '../shared/paths.ts';

interface CopyLinksProps {
  readonly paths: Paths;
  readonly returned: ReturnKey;
  readonly version: number;
}

export function CopyLinks({ paths, returned, version }: CopyLinksProps) {
  const of = <span class="visually-hidden">（第{version}版の控え）</span>;
  return (
    <ul class="inline-list no-print">
      <li>
        <a href={paths.printVersion(returned, version)}>印刷{of}</a>
      </li>
      <li>
        <a href={paths.copy(returned, version, 'workbook')}>Excel{of}</a>
      </li>
      <li>
        <a href={paths.copy(returned, version, 'csv')}>CSV{of}</a>
      </li>
    </ul>
  );
}

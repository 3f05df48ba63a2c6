/** A workbook that somebody fills in, before it has sheets. */

import { Workbook } from '@cj-tech-master/excelts';
import type { Style } from '@cj-tech-master/excelts';
import { font } from './workbook-text.ts';

export interface WorkbookProperties {
  readonly author: string;
  readonly at: Date;
}

export const headerStyle = {
  numFmt: '@',
  font: { ...font, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE6E6E6' } },
  alignment: { vertical: 'top', wrapText: true },
} as const satisfies Partial<Style>;

export function newWorkbook({ author, at }: WorkbookProperties): Workbook {
  const workbook = new Workbook();
  workbook.creator = author;
  workbook.lastModifiedBy = author;
  workbook.created = at;
  workbook.modified = at;
  return workbook;
}

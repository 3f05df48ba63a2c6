/** What the export command is told about the report beside its numbers. */

import * as z from 'zod';
import type { ReportSettings } from '../../functions/domain/report/document.ts';

/** As `parseArgs` takes them. */
export const reportOptions = {
  'document-number': { type: 'string' },
  meeting: { type: 'string' },
  date: { type: 'string' },
  division: { type: 'string' },
} as const;

const given = z.object({
  'document-number': z.string().min(1, '--document-number に資料番号を指定してください。').optional(),
  meeting: z.string().min(1, '--meeting に会議の名称を指定してください。').optional(),
  date: z.iso.date('--date は 2025-01-20 のように指定してください。').optional(),
  division: z.string().min(1, '--division に担当課の名称を指定してください。').optional(),
});

/**
 * @param values the options of the command line
 * @throws Error naming the option that is empty, or the date that is none
 */
export function readReportSettings(values: unknown): ReportSettings {
  const parsed = given.safeParse(values);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('\n'));
  const { 'document-number': documentNumber, meeting, date, division } = parsed.data;
  return {
    ...(documentNumber === undefined ? {} : { documentNumber }),
    ...(meeting === undefined ? {} : { meeting }),
    ...(date === undefined ? {} : { date }),
    ...(division === undefined ? {} : { division }),
  };
}

/** What the export command is told about the report beside its numbers; it goes before what the round's settings say. */

import * as z from 'zod';
import { reportSettings } from '../../schemas/report-settings.ts';
import type { ReportSettings } from '../../schemas/report-settings.ts';

/** As `parseArgs` takes them. */
export const reportOptions = {
  'document-number': { type: 'string' },
  meeting: { type: 'string' },
  date: { type: 'string' },
  division: { type: 'string' },
} as const;

const given = z.object({
  'document-number': z.string().optional(),
  meeting: z.string().optional(),
  date: z.string().optional(),
  division: z.string().optional(),
});

export function readReportSettings(values: unknown): ReportSettings {
  const { 'document-number': documentNumber, ...others } = given.parse(values);
  const told = Object.entries({ documentNumber, ...others }).filter(([, text]) => text !== undefined);
  const parsed = reportSettings.safeParse(Object.fromEntries(told));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `--${name === 'documentNumber' ? 'document-number' : name}: ${message}`;
  });
  throw new Error(problems.join('\n'));
}

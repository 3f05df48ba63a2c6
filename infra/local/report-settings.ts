/** What the export command is told about the report beside its numbers; it goes before what the round's settings say. */

import { reportSettings } from '../../schemas/report-settings.ts';
import type { ReportSettings } from '../../schemas/report-settings.ts';

/** As `parseArgs` takes them. */
export const reportOptions = {
  'document-number': { type: 'string' },
  meeting: { type: 'string' },
  date: { type: 'string' },
  division: { type: 'string' },
} as const;

type Values = { readonly [name in keyof typeof reportOptions]?: string | undefined };

export function readReportSettings({ meeting, date, division, ...others }: Values): ReportSettings {
  const told = Object.entries({ documentNumber: others['document-number'], meeting, date, division }).filter(
    ([, text]) => text !== undefined,
  );
  const parsed = reportSettings.safeParse(Object.fromEntries(told));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `--${name === 'documentNumber' ? 'document-number' : name}: ${message}`;
  });
  throw new Error(problems.join('\n'));
}

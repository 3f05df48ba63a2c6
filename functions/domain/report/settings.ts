/** Which settings an export's report has, out of all that were given. */

import type { ReportSettings } from '../../../schemas/report-settings.ts';

interface GivenSettings {
  readonly division?: string | undefined;
  readonly kept: ReportSettings;
  /** What this export alone was told; it goes before everything. */
  readonly told?: ReportSettings | undefined;
}

/** Each setting by itself; the report falls back to the prefecture's name where no division is left. */
export function settingsFor({ division, kept, told = {} }: GivenSettings): ReportSettings {
  return { ...(division === undefined ? {} : { division }), ...kept, ...told };
}

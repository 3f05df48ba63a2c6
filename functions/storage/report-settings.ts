/** What the prefecture says about a round's report: one record per round, beside its definition and not part of it. */

import * as z from 'zod';
import { reportSettings } from '../../schemas/report-settings.ts';
import type { ReportSettings } from '../../schemas/report-settings.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { putOver } from './export-items.ts';
import { accessKey, isRoundId, reportKey } from './keys.ts';
import type { AccessRecord } from './items.ts';
import { readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep } from './transact.ts';

const reportItem = z.object({
  settings: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(reportSettings),
  revision: z.int().positive(),
  operation: z.string(),
});

export interface KeptReportSettings {
  readonly settings: ReportSettings;
  /** Counts the changes; 0 before the first. */
  readonly revision: number;
}

interface ReportSettingsStore {
  /** Nothing said, of revision 0, where nobody has changed them yet. */
  reportSettings(round: string): Promise<KeptReportSettings>;
  /** Replaces them with what `decide` wants, `undefined` for no change, and records who did. Refuses what it refuses. */
  changeReportSettings(
    round: string,
    actor: string,
    decide: (kept: KeptReportSettings) => Outcome<ReportSettings | undefined>,
  ): Promise<Outcome<KeptReportSettings>>;
}

export function createReportSettings(context: StorageContext): ReportSettingsStore {
  const { table, now, randomId } = context;

  async function read(round: string): Promise<z.infer<typeof reportItem> | undefined> {
    return isRoundId(round) ? reportItem.optional().parse(await readItem(context, reportKey(round))) : undefined;
  }

  return {
    reportSettings: async (round) => {
      const { settings = {}, revision = 0 } = (await read(round)) ?? {};
      return { settings, revision };
    },
    changeReportSettings: (round, actor, decide) =>
      transact<KeptReportSettings>(context, async (operation) => {
        const before = await read(round);
        const { settings: kept = {}, revision = 0 } = before ?? {};
        const wanted = decide({ settings: kept, revision });
        if (!wanted.ok) return wanted;
        const settings = wanted.value;
        if (settings === undefined)
          return done<TransactionStep<KeptReportSettings>>({ kind: 'settled', value: { settings: kept, revision } });
        const value = { settings, revision: revision + 1 };
        const item = { ...reportKey(round), settings: JSON.stringify(settings), revision: value.revision, operation };
        const at = now().toISOString();
        const record: AccessRecord = { what: 'reportSettingsChanged', actor, at };
        const writes = [
          before === undefined ? putNew(table, item) : putOver(table, item, before.operation),
          putNew(table, { ...accessKey(round, at, randomId()), record: JSON.stringify(record) }),
        ];
        return done<TransactionStep<KeptReportSettings>>({ kind: 'write', writes, proof: reportKey(round), value });
      }),
  };
}

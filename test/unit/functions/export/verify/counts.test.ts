import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { summarise } from '../../../../../functions/domain/summary.ts';
import type { Audience } from '../../../../../functions/domain/summary.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { verifyCounts } from '../../../../../functions/export/verify/counts.ts';
import { Folder } from '../../../../../functions/export/verify/folder.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import type { ReportingUnit } from '../../../../../schemas/directory.ts';
import type { Summary, SummaryRow } from '../../../../../schemas/export.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import type { Answers } from '../../../../../schemas/return.ts';
import { fixture, round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

const returns = fixture<Record<string, Answers>>('saitama-r6/council-report.json');

/** @param known what is known of a unit: an export knows its members, a verification only its code */
function tallied(known: (unit: ReportingUnit) => ReportingUnit): Tally {
  const tally = new Tally(councilReport2024);
  for (const unit of reportingUnits(saitama, 'council')) {
    const answers = returns[unit.code];
    if (answers !== undefined) tally.add(answers, known(unit));
  }
  return tally;
}

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'yoriai-'));
});
afterEach(() => rm(path, { recursive: true }));

/** What is found in a summary of the councils after a change. */
async function found(audience: Audience, change: (row: SummaryRow) => SummaryRow = (row) => row): Promise<string[]> {
  const asOf = { seq: 1, at: '2024-12-01T00:00:00.000Z' };
  const summary: Summary = summarise([tallied((unit) => unit)], asOf, { round, directory: saitama, audience });
  const name = `${audience}/summary.json`;
  await mkdir(join(path, audience));
  await writeFile(join(path, name), JSON.stringify({ ...summary, rows: summary.rows.map(change) }));
  const folder = new Folder(path, [{ path: name, rows: 1, bytes: 1, sha256: '' }]);
  const counted = tallied((unit) => ({ ...unit, members: [unit.code] }));
  await verifyCounts(folder, `${audience}/`, round.id, [{ id: councilReport2024.id, tallies: { internal: counted, public: counted }, sealed: 0 }]);
  return folder.disagreements.map(({ message }) => message);
}

const isPerMunicipality = ({ measure }: SummaryRow): boolean => measure === 'perMunicipality';
const classes = councilReport2024.measures.flatMap(({ measure }) => (measure.kind === 'class' ? [measure.id] : []));
const isClass = ({ question, value }: SummaryRow): boolean => classes.includes(question) && (value ?? 0) > 0;

describe('the figures of councils', () => {
  it.each(['internal', 'public'] as const)('agree with the returns, %s, though no file names the members', async (audience) => {
    expect(await found(audience)).toEqual([]);
  });

  it('per municipality are the counted sum over one number of municipalities', async () => {
    const wrongValue = await found('internal', (row) => (isPerMunicipality(row) ? { ...row, value: 99 } : row));
    expect(wrongValue).toContainEqual(expect.stringMatching(/perMunicipality の集計が、回答の合計 \d+ を母数 \d+ で割った値と違います/));
    const noBase = await found('public', (row) => (isPerMunicipality(row) ? { ...row, value: null, shown: undefined, base: 0 } : row));
    expect(noBase).toEqual(['council-report の1市町村当たりの集計の母数（市町村数）が一致しません。']);
  });

  it('by class count every return once', async () => {
    const one = (row: SummaryRow): boolean => isClass(row) && row.question === classes[0];
    const more = await found('public', (row) => (one(row) ? { ...row, value: (row.value ?? 0) + 1 } : row));
    expect(more).toEqual([expect.stringMatching(/の区分の合計（\d+）が、集計した回答（37）と一致しません/)]);
    const twice = await found('internal', (row) => (one(row) ? { ...row, units: row.units?.map(() => 'osato') } : row));
    expect(twice).toEqual([expect.stringContaining('の区分の合計（37）が、集計した回答（37）と一致しません')]);
  });
});

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
import type { Summary, SummaryRow } from '../../../../../schemas/export.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import type { Answers } from '../../../../../schemas/return.ts';
import { fixture, round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

const returns = fixture<Record<string, Answers>>('saitama-r6/council-report.json');

function tallied(): Tally {
  const tally = new Tally(councilReport2024);
  for (const unit of reportingUnits(saitama, 'council')) {
    const answers = returns[unit.code];
    if (answers !== undefined) tally.add(answers, unit);
  }
  return tally;
}

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'yoriai-'));
});
afterEach(() => rm(path, { recursive: true }));

const noChange = (summary: Summary): Summary => summary;

/** What is found in a summary of the councils after a change. */
async function found(audience: Audience, change = noChange): Promise<string[]> {
  const asOf = { seq: 1, at: '2024-12-01T00:00:00.000Z' };
  const counted = tallied();
  const name = `${audience}/summary.json`;
  await mkdir(join(path, audience));
  await writeFile(
    join(path, name),
    JSON.stringify(change(summarise([counted], asOf, { round, directory: saitama, audience }))),
  );
  const folder = new Folder(path, [{ path: name, rows: 1, bytes: 1, sha256: '' }]);
  const forms = [{ id: councilReport2024.id, tallies: { internal: counted, public: counted }, sealed: 0 }];
  await verifyCounts(folder, `${audience}/`, round.id, { directory: saitama, forms });
  return folder.disagreements.map(({ message }) => message);
}

function changing(isMeant: (row: SummaryRow) => boolean, change: Partial<SummaryRow>): (summary: Summary) => Summary {
  return (summary) => ({ ...summary, rows: summary.rows.map((row) => (isMeant(row) ? { ...row, ...change } : row)) });
}

const classes = councilReport2024.measures.flatMap(({ measure }) => (measure.kind === 'class' ? [measure.id] : []));

describe('the figures of councils', () => {
  it.each(['internal', 'public'] as const)('agree with the returns and the directory, %s', async (audience) => {
    expect(await found(audience)).toEqual([]);
  });

  it('per municipality are counted over the members of the councils', async () => {
    const isMeant = ({ question, measure }: SummaryRow): boolean =>
      question === 'plenaryMeetings' && measure === 'perMunicipality';
    expect(await found('internal', changing(isMeant, { value: 180 / 62, shown: '約2.9', base: 62 }))).toEqual([
      expect.stringMatching(
        /^council-report plenaryMeetings perMunicipality の集計が回答と違います（集計 2\.9\d*（母数 62）、計算 2\.8\d*（母数 63）/,
      ),
    ]);
  });

  it('by class are those of the members', async () => {
    const isMeant = ({ question, value }: SummaryRow): boolean => question === classes[0] && value === 9;
    expect(await found('public', changing(isMeant, { value: 10 }))).toEqual([
      expect.stringMatching(/の集計が回答と違います（集計 10（母数 37）、計算 9（母数 37）/),
    ]);
  });

  it('that the form has not, and those that are missing', async () => {
    const [first] = councilReport2024.measures;
    const renamed = await found(
      'public',
      changing(({ question }) => question === first?.measure.id, { question: 'another' }),
    );
    expect(renamed).toContainEqual(expect.stringContaining('の集計がありません'));
    expect(renamed).toContainEqual(expect.stringMatching(/^council-report another .* は、調査票にない集計です/));
  });

  it('are of as many councils as have answered, in the round of the manifest', async () => {
    expect(await found('internal', (summary) => ({ ...summary, councils: 36 }))).toEqual([
      '集計した回答単位の数が違います（集計 市町村 0、協議会 36、計算 市町村 0、協議会 37）。',
    ]);
    expect(await found('public', (summary) => ({ ...summary, round: 'R5' }))).toContain(
      `目録の調査（${round.id}）と違います。`,
    );
  });
});

/** The figures of Saitama's councils and municipalities, counted again from the tables of their export. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCounts } from '../../../../../functions/export/verify/counts.ts';
import { readDirectory } from '../../../../../functions/export/verify/directory.ts';
import { Folder } from '../../../../../functions/export/verify/folder.ts';
import { readTables, Recount, withTotals } from '../../../../../functions/export/verify/recount.ts';
import type { Directory } from '../../../../../schemas/directory.ts';
import { summary as summarySchema } from '../../../../../schemas/export.ts';
import type { Summary, SummaryRow } from '../../../../../schemas/export.ts';
import { directory as directorySchema, reportingUnits } from '../../../../../schemas/directory.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { exportFiles } from '../../../../support/export-files.ts';
import { fixture, round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

type Audience = 'internal' | 'public';

/** Every other municipality, with and the councils all of whose members are. */
const inAreas = directorySchema.parse({
  ...saitama,
  classes: [{ id: 'area', label: '圏域' }],
  municipalities: saitama.municipalities.map((each, index) => ({
    ...each,
    classes: { area: index % 2 === 0 ? '東部' : '西部' },
  })),
});
const forms = [municipalSurvey2024, councilReport2024];
const ids = forms.map(({ id }) => id);
let path: string;
let folder: Folder;
let directory: Directory | undefined;
/** Read once: every test recounts from the same tables. */
let tables: Record<Audience, Awaited<ReturnType<typeof readTables>>>;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'yoriai-'));
  const given = forms.map((form) => {
    const returns = fixture<Record<string, Answers>>(`saitama-r6/${form.id}.json`);
    return {
      form,
      returns: reportingUnits(saitama, form.units).map(({ code }, index) => ({
        answers: returns[code] ?? {},
        state: index % 5 === 4 ? ('submitted' as const) : ('accepted' as const),
      })),
    };
  });
  const { files, bytes } = await exportFiles({ round, directory: inAreas, byClass: 'area' }, given);
  for (const [name, content] of bytes) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  folder = new Folder(path, files);
  directory = await readDirectory(folder);
  const internal = await readTables(folder, 'internal/', ids);
  tables = { internal, public: withTotals(await readTables(folder, 'public/', ids), internal) };
}, 60_000);
afterAll(() => rm(path, { recursive: true }));

async function summaryOf(audience: Audience): Promise<Summary> {
  let read: Summary | undefined;
  await folder.reading(`${audience}/summary.json`, async () => {
    read = summarySchema.parse(JSON.parse(await readFile(folder.at(`${audience}/summary.json`), 'utf8')));
  });
  if (read === undefined) throw new Error('no summary');
  return read;
}

/** What is found in a summary after a change. */
async function found(audience: Audience, change: (summary: Summary) => Summary): Promise<string[]> {
  const name = `${audience}/summary.json`;
  const changed = join(path, `changed-${audience}.json`);
  await writeFile(changed, JSON.stringify(change(await summaryOf(audience))));
  const altered = new Folder(path, folder.files, new Map([[name, changed]]));
  await verifyCounts(altered, `${audience}/`, round.id, { directory, tables: tables[audience] });
  return altered.disagreements.filter(({ where }) => where === name).map(({ message }) => message);
}

function changing(isMeant: (row: SummaryRow) => boolean, change: Partial<SummaryRow>): (summary: Summary) => Summary {
  return (summary) => ({ ...summary, rows: summary.rows.map((row) => (isMeant(row) ? { ...row, ...change } : row)) });
}

describe('the figures of an export', () => {
  it.each(['internal', 'public'] as const)('agree with its tables, %s', async (audience) => {
    expect(await found(audience, (summary) => summary)).toEqual([]);
  });

  it.each(['internal', 'public'] as const)(
    'are counted again but for the measures that a form computes, %s',
    async (audience) => {
      const { rows } = await summaryOf(audience);
      const recount = new Recount(tables[audience], directory, rows);
      const measures = new Set(forms.flatMap(({ measures }) => measures.map(({ measure }) => measure.id)));
      const uncounted = rows.filter((row) => recount.figure(row) === undefined);
      // Of a list without entries no table tells the columns.
      expect(uncounted.filter(({ question, base }) => !measures.has(question) && base > 0)).toEqual([]);
      expect(uncounted.length).toBeLessThan(rows.length / 20);
    },
  );

  it('that are others are told: of options, numbers, entries of lists, and of totals that no public table has', async () => {
    for (const question of ['establishment.status', 'consultation.specific', 'bodies.kind', 'issues.raised']) {
      const isMeant = (row: SummaryRow): boolean => row.question === question;
      expect(await found('public', changing(isMeant, { value: 77, base: 78 }))).toContainEqual(
        expect.stringMatching(new RegExp(`${question} .* の集計が回答と違います（集計 77（母数 78）[市町村]*、計算 `)),
      );
    }
  });

  it('by class are counted again over the units of the class', async () => {
    const { byClass = [] } = await summaryOf('internal');
    const ofKinds = byClass.filter((row) => row.class === 'kind');
    expect(new Set(ofKinds.map(({ classValue }) => classValue))).toEqual(new Set(['市', '町', '村', undefined]));
    const isMeant = (row: SummaryRow): boolean =>
      row.question === 'establishment.status' && row.option === 'established' && row.classValue === '町';
    const changed = (summary: Summary): Summary => ({
      ...summary,
      byClass: byClass.map((row) => (isMeant(row) ? { ...row, value: 77 } : row)),
    });
    expect(await found('internal', changed)).toEqual([
      expect.stringMatching(/establishment.status established count kind:町 の集計が回答と違います（集計 77/),
    ]);
  });

  it('by the class that is published are counted again, add up to the whole, and are of three answers where they tell totals only', async () => {
    const { byClass = [] } = await summaryOf('public');
    expect(new Set(byClass.map((row) => row.class))).toEqual(new Set(['area']));
    const of = byClass.find(({ question, classValue }) => question === 'issues.raised' && classValue === '東部');
    const changing = (change: Partial<SummaryRow>) => (summary: Summary) => ({
      ...summary,
      byClass: byClass.map((row) => (row === of ? { ...row, ...change } : row)),
    });
    const name = `issues.raised ${of?.option} count`;
    expect(await found('public', changing({ value: 77 }))).toEqual([
      expect.stringContaining(`${name} area:東部 の集計が回答と違います（集計 77`),
      expect.stringContaining(`${name} の分類別の値の計`),
    ]);
    // An edition has its own files alone.
    const own = folder.files.filter((file) => file.path.startsWith('public/'));
    const edition = new Folder(
      join(path, 'public'),
      own.map((file) => ({ ...file, path: file.path.slice('public/'.length) })),
    );
    const read = await readTables(edition, '', ids);
    expect(read.get('municipal-survey')?.[0]?.records.length).toBeGreaterThan(40);
    await verifyCounts(edition, '', round.id, { tables: read });
    expect(edition.disagreements).toEqual([]);
    expect(await found('public', changing({ base: 2 }))).toContainEqual(
      expect.stringContaining('の回答が3団体に満たないまま公表されています。'),
    );
  });

  it('per municipality are counted over the members of the councils', async () => {
    const isMeant = ({ question, measure }: SummaryRow): boolean =>
      question === 'plenaryMeetings' && measure === 'perMunicipality';
    expect(await found('internal', changing(isMeant, { value: 180 / 62, shown: '約2.9', base: 62 }))).toEqual([
      expect.stringMatching(
        /plenaryMeetings perMunicipality の集計が回答と違います（集計 2\.9\d*（母数 62）、計算 2\.8/,
      ),
    ]);
  });

  it('are of as many councils as have answered, in the round of the manifest', async () => {
    expect(await found('internal', (summary) => ({ ...summary, councils: 36 }))).toEqual([
      '集計した回答単位の数が違います（集計 市町村 63、協議会 36、計算 市町村 63、協議会 37）。',
    ]);
    expect(await found('public', (summary) => ({ ...summary, round: 'R5' }))).toContain(
      `目録の調査（${round.id}）と違います。`,
    );
  });

  it('that an edition before printed are no count of these returns', async () => {
    const isTotal = ({ asOf }: SummaryRow): boolean => asOf !== undefined;
    const held = changing(isTotal, { value: 77, asOf: { seq: 1, at: '2024-11-01T00:00:00.000Z' } });
    expect(await found('public', (summary) => ({ ...held(summary), byClass: [] }))).not.toContainEqual(
      expect.stringContaining('の集計が回答と違います'),
    );
  });
});

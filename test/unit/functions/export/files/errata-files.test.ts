/** The list of corrections of an edition by the rules of every machine file, and what the report of that edition says of them. */

import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Ajv } from 'ajv';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describedTables } from '../../../../../functions/export/files/edition-tables.ts';
import type { EditionWithTables } from '../../../../../functions/export/edition-with-tables.ts';
import { summary } from '../../../../../schemas/export.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { directory, everyQuestion, round } from '../../../../support/every-question.ts';
import { exportFiles } from '../../../../support/export-files.ts';
import type { Exported } from '../../../../support/export-files.ts';
import { ruleBreaks } from '../../../../support/machine-readable.ts';
import { readTable, tableResource } from '../../../../support/read-table.ts';

const profile: unknown = JSON.parse(
  readFileSync(new URL('../../../../fixtures/data-package-profile.json', import.meta.url), 'utf8'),
);
const isPackage = new Ajv({ strict: false }).compile(z.record(z.string(), z.unknown()).parse(profile));
const descriptor = z.looseObject({ resources: z.array(tableResource) });
const codebookRow = z.looseObject({ file: z.string(), column: z.string(), type: z.string(), unit: z.string() });

const publicText = ({ texts }: Exported, path: string): string => texts.get(`public/${path}`) ?? '';

/** The export as the edition that it becomes. */
function published(exported: Exported): EditionWithTables {
  const { asOf, rows, byClass } = summary.parse(JSON.parse(publicText(exported, 'summary.json')));
  const tables = describedTables(JSON.parse(publicText(exported, 'datapackage.json')), async (path) =>
    Readable.from([Buffer.from(publicText(exported, path))]),
  );
  return { edition: 1, asOf, rows, tables, ...(byClass === undefined ? {} : { byClass }) };
}

const exported = (answers: readonly Answers[], last?: EditionWithTables): Promise<Exported> =>
  exportFiles(
    { round, directory },
    [{ form: everyQuestion, returns: answers.map((each) => ({ answers: each, state: 'accepted' })) }],
    undefined,
    last,
  );

const plain = { status: 'established', members: 5, meetings: 3, remarks: '-', term: { from: 2023, to: 2025 } };
const first: Answers = {
  plain,
  bodies: [{ id: 'b', name: '全体会', sessions: [{ id: 's', heldOn: '2024-04', items: [{ id: 'i', body: '議題' }] }] }],
};

describe('the errata of answers of every kind', () => {
  let after: Exported;
  beforeAll(async () => {
    const [changed = {}] = fc.sample(
      answersOf(everyQuestion, { municipalities: ['112011', '113018'], hostile: true }),
      {
        seed: 20_241_129,
        numRuns: 1,
      },
    );
    const before = published(await exported([first, changed]));
    after = await exported(
      [{ ...changed, plain: { members: null, meetings: 0, topics: ['work', 'other'] } }, first, {}],
      before,
    );
  });

  const text = (path: string): string => publicText(after, path);

  it('are in the data package of the edition, obey its rules, and can be read back through their own schema', () => {
    const main: unknown = JSON.parse(text('datapackage.json'));
    expect(isPackage(main), JSON.stringify(isPackage.errors)).toBe(true);
    const errata = descriptor.parse(main).resources.filter(({ path }) => path.startsWith('errata.'));
    expect(errata.map(({ path }) => path)).toEqual(['errata.csv', 'errata.returns.csv']);
    const codebook = z.array(codebookRow).parse(parse(text('codebook.csv'), { columns: true }));
    for (const each of errata) {
      const rows = readTable(text(each.path), each);
      expect(rows.length, each.path).toBeGreaterThan(10);
      expect(ruleBreaks(text(each.path), each, codebook)).toEqual([]);
      // The codebook has a row for every column of every one of them, with its unit where it is a number.
      const columns = codebook.filter(({ file }) => file === each.path);
      expect(columns.map(({ column }) => column)).toEqual(each.schema.fields.map(({ name }) => name));
      expect(columns.filter(({ type, unit }) => ['integer', 'number'].includes(type) && unit === '')).toEqual([]);
    }
  });

  it('are of the public files alone, and of no first edition', async () => {
    const names = (files: Exported['files']): string[] =>
      files.flatMap(({ path }) => (path.includes('errata') && path.endsWith('.csv') ? [path] : []));
    expect(names(after.files)).toEqual(['public/errata.csv', 'public/errata.returns.csv']);
    expect(names((await exported([first])).files)).toEqual([]);
  });

  it('say of every cell the unit of its column, and have cells of lists in lists', () => {
    const rows = z.array(z.record(z.string(), z.string())).parse(parse(text('errata.returns.csv'), { columns: true }));
    expect(rows.find(({ column }) => column === 'plain.meetings')).toMatchObject({
      unit: '112011',
      unitName: '川越市',
      before: '3',
      after: '0',
      valueUnit: '回',
      label: '開催回数',
    });
    expect(rows.find(({ column }) => column === 'plain.members')).toMatchObject({
      before: '5',
      after: '-',
      valueUnit: '人',
    });
    expect(rows.find(({ column }) => column === 'plain.topics.work')).toMatchObject({
      before: '',
      after: '1',
      label: '議題：就労',
    });
    expect(rows).toContainEqual(
      expect.objectContaining({
        change: 'removed',
        table: 'every-question.bodies.sessions.items.csv',
        entry1: 'b',
        entry2: 's',
        entry3: 'i',
        column: '',
      }),
    );
    expect(
      rows
        .filter(({ change, table }) => change === 'added' && table === 'every-question.csv')
        .map(({ unitName }) => unitName),
    ).toEqual(['川口市']);
  });
});

describe('the class that is published', () => {
  const by = async (byClass: string, area: string, last?: EditionWithTables): Promise<Exported> => {
    const municipalities = directory.municipalities.map((each) => ({ ...each, classes: { area } }));
    const classified = { ...directory, classes: [{ id: 'area', label: '圏域' }], municipalities };
    const returns = [{ answers: first, state: 'accepted' as const }];
    return exportFiles({ round, directory: classified, byClass }, [{ form: everyQuestion, returns }], undefined, last);
  };
  const correctedTables = (exported: Exported): Set<unknown> => {
    const rows = parse(publicText(exported, 'errata.returns.csv'), { columns: true });
    return new Set(
      z
        .array(z.looseObject({ table: z.string() }))
        .parse(rows)
        .map(({ table }) => table),
    );
  };

  it('corrects nothing of another one, and its own values', async () => {
    const before = published(await by('kind', '東'));
    expect(correctedTables(await by('area', '東', before))).toEqual(new Set());
    const after = await by('area', '西', published(await by('area', '東')));
    expect(correctedTables(after)).toEqual(new Set(['directory.classes.csv']));
  });
});

describe('a correction', () => {
  it('that changes no figure is in the errata and on the cover of the public report alone', async () => {
    const before = await exported([first]);
    const after = await exported([{ ...first, plain: { ...plain, remarks: '訂正した備考' } }], published(before));
    const report = publicText(after, 'report.html');
    expect(report).toContain(
      '第1版（令和6年11月20日現在）に公表した回答を次のとおり改めた（訂正1件、追加0件、削除0件）。',
    );
    expect(report).toContain('・訂正：川越市（全種類の調査票、1項目）');
    expect(report).not.toContain('集計値の正誤');
    expect(publicText(after, 'report.docx')).toContain('・訂正：川越市（全種類の調査票、1項目）');
    expect(report).toContain('<p class="edition">第2版</p>');
    expect(report).not.toMatch(/errata|\.csv/u);
    for (const told of ['>第2版<', '正誤表']) expect(after.texts.get('internal/report.html')).not.toContain(told);
    expect(publicText(after, 'errata.returns.csv')).toContain('plain.remarks,備考,-,訂正した備考,\r\n');
  });

  it('of what is not public is nowhere', async () => {
    const withHidden = (text: string, cost: number): Answers => ({
      ...first,
      plain: { ...plain, note: text },
      assessment: { cost, why: [text] },
      contact: { person: text },
    });
    const before = await exported([withHidden('前', 5)]);
    const after = await exported([withHidden('後', 6)], published(before));
    expect(before.texts.get('internal/every-question.csv')).not.toBe(after.texts.get('internal/every-question.csv'));
    expect(publicText(after, 'report.html')).toContain('第1版（令和6年11月20日現在）に公表した内容に訂正はない。');
    const lines = ['errata.csv', 'errata.returns.csv'].map((path) => publicText(after, path).split('\r\n').length);
    expect(lines).toEqual([2, 2]);
  });
});

/** The machine files by the rules of others: the Data Package standard, and the government's rules for tables. */

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Directory } from '../../../../../schemas/directory.ts';
import type { Form } from '../../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { directory, everyQuestion, round } from '../../../../support/every-question.ts';
import { exportFiles } from '../../../../support/export-files.ts';
import type { Exported, GivenReturn } from '../../../../support/export-files.ts';
import { ruleBreaks } from '../../../../support/machine-readable.ts';
import { keyOf, readTable, tableResource } from '../../../../support/read-table.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

const profile: unknown = JSON.parse(
  readFileSync(new URL('../../../../fixtures/data-package-profile.json', import.meta.url), 'utf8'),
);
const isPackage = new Ajv({ strict: false }).compile(z.record(z.string(), z.unknown()).parse(profile));
const descriptor = z.looseObject({ resources: z.array(tableResource) });
const codebookRow = z.object({ file: z.string(), column: z.string(), type: z.string(), unit: z.string() });

interface Case {
  readonly name: string;
  readonly directory: Directory;
  readonly given: readonly { readonly form: Form; readonly returns: readonly GivenReturn[] }[];
}

const accepted = (answers: Answers): GivenReturn => ({ answers, state: 'accepted' });

function real(form: Form, file: string): Case['given'][number] {
  return { form, returns: Object.values(fixture<Record<string, Answers>>(file)).map(accepted) };
}

const cases: readonly Case[] = [
  {
    name: 'every kind of question',
    directory,
    given: [
      {
        form: everyQuestion,
        returns: [
          ...fc
            .sample(answersOf(everyQuestion, { municipalities: ['112011', '113018'], hostile: true }), {
              seed: 20_241_129,
              numRuns: 1,
            })
            .map(accepted),
          accepted({
            plain: { members: null, roles: null, since: '2024-04', remarks: '-', term: { from: 2023, to: 2025 } },
            bodies: [{ id: 'b', sessions: [{ id: 's', heldOn: '2024', attendance: 0, items: [{ id: 'i' }] }] }],
          }),
          accepted({}),
        ],
      },
    ],
  },
  {
    name: '埼玉県, 令和6年度',
    directory: saitama,
    given: [
      real(municipalSurvey2024, 'saitama-r6/municipal-survey.json'),
      real(councilReport2024, 'saitama-r6/council-report.json'),
    ],
  },
];

describe.each(cases)('the machine files of $name', ({ directory, given }) => {
  let exported: Exported;
  beforeAll(async () => {
    exported = await exportFiles({ round, directory }, given);
  });

  const text = (path: string): string => exported.texts.get(path) ?? '';
  const packageOf = (audience: string): unknown => JSON.parse(text(`${audience}/datapackage.json`));

  describe.each(['internal', 'public'])('%s', (audience) => {
    it('are a data package by the standard', () => {
      expect(isPackage(packageOf(audience)), JSON.stringify(isPackage.errors)).toBe(true);
    });

    it('can be read back, each through its own schema, with parents that are there', () => {
      const { resources } = descriptor.parse(packageOf(audience));
      const tables = new Map(resources.map((each) => [each.name, readTable(text(`${audience}/${each.path}`), each)]));
      for (const { name, path, schema } of resources) {
        const rows = tables.get(name) ?? [];
        expect(rows.length, path).toBe(exported.files.find((file) => file.path === `${audience}/${path}`)?.rows);
        for (const { fields, reference } of schema.foreignKeys ?? []) {
          const parents = new Set(tables.get(reference.resource)?.map((row) => keyOf(row, reference.fields)));
          expect(rows.filter((row) => !parents.has(keyOf(row, fields)))).toEqual([]);
        }
      }
    });

    it('obey the rules for tables that machines read', () => {
      const codebook = z
        .array(codebookRow)
        .parse(
          parse(text(`${audience}/codebook.csv`), { columns: true }).map((row: unknown) =>
            z.looseObject({}).parse(row),
          ),
        );
      const { resources } = descriptor.parse(packageOf(audience));
      expect(resources.length).toBeGreaterThan(4);
      expect(resources.flatMap((each) => ruleBreaks(text(`${audience}/${each.path}`), each, codebook))).toEqual([]);
    });
  });

  it('name a licence in public only, and the time that they are about', () => {
    expect(packageOf('public')).toMatchObject({
      licenses: [{ name: 'CC-BY-4.0' }],
      temporal: { referenceDate: '2024-09-30', start: '2023-04-01', end: '2024-03-31' },
      contributors: [{ title: '埼玉県' }],
    });
    expect(packageOf('internal')).not.toHaveProperty('licenses');
  });

  it('come with what a catalogue of open data asks for, in public only: as DCAT, and as a text that names every column', () => {
    const dataset = z
      .looseObject({
        'dcat:distribution': z.array(z.looseObject({ 'dcat:downloadURL': z.object({ '@id': z.string() }) })),
      })
      .parse(JSON.parse(text('public/open-data.jsonld')));
    expect(dataset).toMatchObject({
      '@type': 'dcat:Dataset',
      'dct:license': { '@id': 'https://creativecommons.org/licenses/by/4.0/deed.ja' },
      'dct:publisher': { 'foaf:name': { '@value': '埼玉県' } },
      'dct:temporal': { 'dcat:startDate': { '@value': '2023-04-01' }, 'dcat:endDate': { '@value': '2024-03-31' } },
    });
    const { resources } = descriptor.parse(packageOf('public'));
    const addresses = dataset['dcat:distribution'].map((each) => each['dcat:downloadURL']['@id']);
    expect(addresses).toEqual(expect.arrayContaining([...resources.map(({ path }) => path), 'report.html']));
    const lines = text('public/open-data.txt').split('\r\n');
    expect(lines).toContain(
      'ライセンス：クリエイティブ・コモンズ 表示 4.0 国際（https://creativecommons.org/licenses/by/4.0/deed.ja）',
    );
    for (const { path, schema } of resources) {
      expect(
        lines.some((line) => line.startsWith(`ファイル：${path}（`)),
        path,
      ).toBe(true);
      for (const { name } of schema.fields)
        expect(
          lines.some((line) => line.startsWith(`　${name}：`)),
          name,
        ).toBe(true);
    }
    expect(exported.files.some(({ path }) => path.startsWith('internal/open-data'))).toBe(false);
  });
});

describe('the checker of tables', () => {
  const resource = tableResource.parse({
    name: 't',
    path: 't.csv',
    schema: {
      fields: [
        { name: 'unit', type: 'string', missingValues: [''] },
        { name: 'unitName', type: 'string', missingValues: [''] },
        { name: 'count', type: 'integer', missingValues: [''] },
        { name: 'on', type: 'string', constraints: { pattern: String.raw`^\d{4}$` }, missingValues: [''] },
      ],
    },
  });
  const good = 'unit,unitName,count,on\r\n112011,川越市,3,2024\r\n';
  const codebook = [{ file: 't.csv', column: 'count', type: 'integer', unit: '件' }];
  const breaks = (text: string): string[] => ruleBreaks(text, resource, codebook);

  it('finds nothing wrong with a good table', () => {
    expect(breaks(good)).toEqual([]);
  });

  it.each([
    ['a number with its unit', good.replace(',3,', ',3件,')],
    ['a number with a separator', good.replace(',3,', ',"1,234",')],
    ['a year of an era', good.replace('2024', 'R6.9.30')],
    ['a row without a name', good.replace('川越市', '')],
    ['two codes in a cell', good.replace('112011', '112011 113018')],
    ['a header twice', good.replace('unitName', 'unit')],
    ['a header in two lines', good.replace('count', '"co\nunt"')],
    ['a short row', `${good}112011,川越市\r\n`],
    ['a byte order mark', `\uFEFF${good}`],
  ])('finds %s', (_, text) => {
    expect(breaks(text)).not.toEqual([]);
  });

  it('finds a number without a unit', () => {
    expect(ruleBreaks(good, resource, [])).toEqual(['t.csv: count has no unit']);
  });
});

import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { directory, everyQuestion, round } from '../../../../support/every-question.ts';
import { exportFiles } from '../../../../support/export-files.ts';
import type { Exported } from '../../../../support/export-files.ts';

const field = z.looseObject({ name: z.string(), type: z.string(), missingValues: z.array(z.string()) });
const descriptor = z.object({
  $schema: z.string(),
  name: z.string().regex(/^[-a-z0-9._]+$/),
  title: z.string(),
  created: z.string(),
  resources: z.array(
    z.looseObject({
      name: z.string().regex(/^[-a-z0-9._]+$/),
      path: z.string(),
      bytes: z.int(),
      hash: z.string(),
      schema: z.object({
        $schema: z.string(),
        fields: z.array(field),
        primaryKey: z.array(z.string()).optional(),
        foreignKeys: z
          .array(
            z.object({
              fields: z.array(z.string()),
              reference: z.object({ resource: z.string(), fields: z.array(z.string()) }),
            }),
          )
          .optional(),
      }),
    }),
  ),
});

let exported: Exported;
beforeAll(async () => {
  const answers = {
    plain: { members: null, roles: ['yes'] },
    bodies: [{ id: 'b1', sessions: [{ id: 's1', items: [{ id: 'i1', body: '議題' }] }] }],
  };
  exported = await exportFiles({ round, directory }, [
    { form: everyQuestion, returns: [{ answers, state: 'accepted' }] },
  ]);
});

/** The CSV for Excel is the same for people, with headers that explain themselves. */
function isMachineCsv(path: string): boolean {
  return path.endsWith('.csv') && !path.endsWith('.excel.csv');
}

function headerOf(path: string): string[] {
  const [header = []]: string[][] = parse(exported.texts.get(path) ?? '', { to_line: 1 });
  return header;
}

function packageOf(audience: string): z.infer<typeof descriptor> {
  return descriptor.parse(JSON.parse(exported.texts.get(`${audience}/datapackage.json`) ?? ''));
}

describe.each(['internal', 'public'])('the %s data package', (audience) => {
  it('describes every CSV column by column', () => {
    const csvFiles = exported.files
      .map(({ path }) => path)
      .filter((path) => path.startsWith(audience) && isMachineCsv(path));
    const { resources } = packageOf(audience);
    expect(resources.map(({ path }) => `${audience}/${path}`).toSorted()).toEqual(csvFiles.toSorted());
    for (const { path, schema } of resources)
      expect(schema.fields.map(({ name }) => name)).toEqual(headerOf(`${audience}/${path}`));
  });

  it('says how long each file is and what its hash is', () => {
    for (const { path, bytes, hash } of packageOf(audience).resources) {
      const file = exported.files.find((file) => file.path === `${audience}/${path}`);
      expect({ bytes, hash }).toEqual({ bytes: file?.bytes, hash: `sha256:${file?.sha256}` });
    }
  });

  it('names keys that are columns, and parents that are there', () => {
    const { resources } = packageOf(audience);
    const columns = new Map(resources.map(({ name, schema }) => [name, schema.fields.map(({ name }) => name)]));
    const parents = resources.flatMap(({ schema }) => schema.foreignKeys ?? []);
    expect(parents.length).toBeGreaterThan(3);
    for (const { name, schema } of resources) {
      expect(columns.get(name)).toEqual(expect.arrayContaining(schema.primaryKey ?? []));
      for (const { fields, reference } of schema.foreignKeys ?? []) {
        expect(columns.get(name)).toEqual(expect.arrayContaining(fields));
        expect(columns.get(reference.resource)).toEqual(expect.arrayContaining(reference.fields));
        expect(fields).toHaveLength(reference.fields.length);
      }
    }
  });
});

describe('the data package', () => {
  it('leads from the entries of an inner list to the entries around them', () => {
    const items = packageOf('internal').resources.find(
      ({ path }) => path === 'every-question.bodies.sessions.items.csv',
    );
    expect(items?.schema).toMatchObject({
      primaryKey: ['round', 'unit', 'bodies.id', 'bodies.sessions.id', 'id'],
      foreignKeys: [
        {
          fields: ['round', 'unit', 'bodies.id', 'bodies.sessions.id'],
          reference: { resource: 'every-question.bodies.sessions', fields: ['round', 'unit', 'bodies.id', 'id'] },
        },
      ],
    });
  });

  it('declares - as missing only where a question can be answered 該当なし', () => {
    const fields = packageOf('internal').resources.flatMap(({ schema }) => schema.fields);
    const withDash = fields.filter(({ missingValues }) => missingValues.includes('-')).map(({ name }) => name);
    expect(withDash).toEqual([
      'plain.roles.yes',
      'plain.roles.no',
      'plain.members',
      'work.urgency.1',
      'work.urgency.2',
    ]);
  });

  it('types numbers, and options as 0 and 1', () => {
    const [returns] = packageOf('public').resources;
    expect(returns?.schema.fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'plain.meetings', type: 'integer' }),
        expect.objectContaining({ name: 'plain.topics.work', type: 'boolean', trueValues: ['1'], falseValues: ['0'] }),
        expect.objectContaining({ name: 'plain.remarks', type: 'string', missingValues: [''] }),
      ]),
    );
  });
});

describe.each(['internal', 'public'])('the %s codebook', (audience) => {
  it('explains every column of every table', () => {
    const rows: Record<string, string>[] = parse(exported.texts.get(`${audience}/codebook.csv`) ?? '', {
      columns: true,
    });
    const explained = Map.groupBy(rows, (row) => row['file']);
    const tables = exported.files.filter(({ path }) => path.startsWith(`${audience}/`) && isMachineCsv(path));
    expect(tables.some(({ path }) => path.endsWith('/summary.csv'))).toBe(true);
    expect(explained.size).toBe(tables.length);
    for (const { path } of tables)
      expect(explained.get(path.slice(audience.length + 1))?.map((row) => row['column'])).toEqual(headerOf(path));
    expect(rows.filter((row) => row['label'] === '')).toEqual([]);
  });

  it('names the columns as the data package does', () => {
    const rows: Record<string, string>[] = parse(exported.texts.get(`${audience}/codebook.csv`) ?? '', {
      columns: true,
    });
    const titled = packageOf(audience).resources.flatMap(({ path, schema }) =>
      schema.fields.map(({ name, title }) => `${path} ${name} ${String(title)}`),
    );
    expect(rows.map((row) => `${row['file']} ${row['column']} ${row['label']}`).toSorted()).toEqual(titled.toSorted());
  });
});

describe('the codebook', () => {
  it('spells options, visibility, time and the year compared with', () => {
    const rows: Record<string, string>[] = parse(exported.texts.get('internal/codebook.csv') ?? '', { columns: true });
    const row = (column: string): Record<string, string> | undefined => rows.find((row) => row['column'] === column);
    expect(row('assessment.grade')).toMatchObject({ visibility: '集計のみ公表', type: 'option', asOf: '2024-09-30' });
    expect(row('assessment.grade')?.['options']).toContain('good=良い');
    expect(row('contact.person')).toMatchObject({ visibility: '非公表', label: '氏名' });
    expect(row('plain.meetings')).toMatchObject({
      number: '問2の1',
      label: '開催回数',
      asOf: '2023-04/2024-03',
      unit: '回',
    });
    expect(row('plain.members')?.['help']).toBe('令和4年度と比べてください。');
    expect(row('receipt')).toMatchObject({ visibility: '非公表', id: '' });
    expect(row('late')).toMatchObject({
      visibility: '非公表',
      label: '期限後の提出',
      type: 'flag',
      options: '1=該当 | 0=非該当',
    });
    expect(rows.find(({ file, column }) => file === 'summary.csv' && column === 'base')).toMatchObject({
      visibility: '公表',
      label: '母数',
      type: 'integer',
    });
    expect(rows.find(({ file }) => file === 'summary.units.csv')).toMatchObject({ visibility: '非公表' });
    expect(rows.find(({ file, column }) => file === 'directory.csv' && column === 'kind')).toMatchObject({
      visibility: '公表',
      options: 'ward=区 | city=市 | town=町 | village=村 | council=協議会',
    });
  });
});

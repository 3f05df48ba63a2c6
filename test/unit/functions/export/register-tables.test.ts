/** The tables of exports in the catalogue by which Athena finds them. */

import { GlueClient } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewestEdition } from '../../../../functions/domain/publication.ts';
import type { Audience } from '../../../../functions/domain/summary.ts';
import { exportedTables, registerLatest, takeTablesBack } from '../../../../functions/export/register-tables.ts';
import type { TableSchema } from '../../../../functions/export/files/table-schema.ts';
import { textField } from '../../../../functions/export/files/table-schema.ts';
import { parquetPath } from '../../../../functions/export/files/parquet-columns.ts';
import { emulatorAt } from '../../../../functions/storage/emulator.ts';
import { createTableCatalog } from '../../../../functions/storage/table-catalog.ts';
import type { TableCatalog } from '../../../../functions/storage/table-catalog.ts';
import { startGlue } from '../../../support/glue.ts';
import type { Glue } from '../../../support/glue.ts';

let glue: Glue;
let client: GlueClient;
let databases: Readonly<Record<'internal' | 'public', string>>;
let catalog: TableCatalog;
let count = 0;

beforeAll(async () => {
  glue = await startGlue();
  client = new GlueClient({ ...emulatorAt(glue.endpoint), maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await glue.stop();
});
beforeEach(() => {
  count += 1;
  databases = { internal: `internal_${count}`, public: `public_${count}` };
  catalog = createTableCatalog({ bucket: 'bucket', databases, client });
});

const column = (name: string, type: 'integer' | 'string'): TableSchema['fields'][number] => ({
  ...textField(name, `${name}の名称`),
  type,
});
const survey = (fields: TableSchema['fields']): TableSchema => ({
  name: 'survey.bodies',
  title: '調査：会議体',
  form: 'survey',
  fields: [textField('round', '調査'), ...fields],
});
const plain = survey([textField('unit', '団体'), column('members', 'integer')]);

interface Told {
  readonly errors: string[];
  readonly metrics: string[];
}

interface RegisterOptions {
  readonly latest?: string;
  readonly version?: number;
  /** The newest edition, each time that it is asked for. */
  readonly newest?: () => NewestEdition | undefined;
}

/** Registers an export of these tables as the latest of its round, of log number 5. */
async function register(
  round: string,
  exportId: string,
  schemas: readonly TableSchema[],
  { latest = exportId, version = 2024, newest }: RegisterOptions = {},
): Promise<Told> {
  const told: Told = { errors: [], metrics: [] };
  const files = (['internal', 'public'] as const).flatMap((audience) =>
    schemas.map((schema) => ({
      path: `${audience}/${parquetPath(schema, { prefecture: '110001', round })}`,
      rows: 1,
      bytes: 1,
      sha256: '',
      schema,
    })),
  );
  await registerLatest(
    {
      catalog,
      exports: { latestExport: async () => ({ exportId: latest, asOf: { seq: 5, at: '' } }) },
      publications: { newestEdition: async () => newest?.() },
      log: { info: () => undefined, error: (event) => told.errors.push(event) },
      metrics: { count: (metric) => told.metrics.push(metric) },
    },
    { round, exportId },
    exportedTables({ round, exportId, formVersions: { survey: version } }, files),
  );
  return told;
}

function found(
  name: string,
  audience: Audience = 'internal',
): { columns: string[]; partitions: Record<string, string> } | undefined {
  const table = glue.tables.get(`${databases[audience]}.${name}`);
  return (
    table && {
      columns: table.input.StorageDescriptor.Columns.map(({ Name, Type }) => `${Name} ${Type}`),
      partitions: Object.fromEntries(
        [...table.partitions].map(([key, { StorageDescriptor }]) => [key, StorageDescriptor.Location]),
      ),
    }
  );
}

const at = (round: string, exportId: string): string =>
  `s3://bucket/exports/${round}/${exportId}/internal/parquet/survey_bodies/prefecture=110001/round=${round}/form=survey/`;

describe('the tables of an export', () => {
  it('are made with their columns and types, and the round at its folder', async () => {
    expect(await register('R5', 'a', [plain])).toEqual({ errors: [], metrics: [] });
    expect(found('survey_bodies')).toEqual({
      columns: ['unit string', 'members bigint'],
      partitions: { '110001/R5/survey': at('R5', 'a') },
    });
    const input = glue.tables.get(`${databases.internal}.survey_bodies`)?.input;
    expect(input?.PartitionKeys.map(({ Name }) => Name)).toEqual(['prefecture', 'round', 'form']);
    expect(input?.StorageDescriptor.Columns[1]?.Comment).toBe('membersの名称');
  });

  it('are the same when they are registered twice, and move to the folder of the newest export', async () => {
    await register('R5', 'a', [plain]);
    await register('R5', 'a', [plain]);
    await register('R6', 'b', [plain]);
    await register('R5', 'c', [plain]);
    expect(found('survey_bodies')?.partitions).toEqual({
      '110001/R5/survey': at('R5', 'c'),
      '110001/R6/survey': at('R6', 'b'),
    });
  });

  it('get the columns of a later round behind those that there are', async () => {
    await register('R5', 'a', [plain]);
    await register('R6', 'b', [survey([column('added', 'string'), textField('unit', '団体')])]);
    expect(found('survey_bodies')?.columns).toEqual(['unit string', 'members bigint', 'added string']);
    await register('R5', 'c', [plain]);
    expect(found('survey_bodies')?.columns).toHaveLength(3);
  });

  it('go to a table of their version where a column has another type than before', async () => {
    await register('R5', 'a', [plain]);
    const changed = survey([textField('unit', '団体'), column('members', 'string')]);
    await register('R6', 'b', [changed], { version: 2025 });
    await register('R6', 'c', [changed], { version: 2025 });
    expect(found('survey_bodies')?.partitions).toEqual({ '110001/R5/survey': at('R5', 'a') });
    expect(found('survey_bodies_v2025')).toEqual({
      columns: ['unit string', 'members string'],
      partitions: { '110001/R6/survey': at('R6', 'c') },
    });
    await register('R6', 'd', [plain], { version: 2025 });
    expect(found('survey_bodies_v2025')?.partitions).toEqual({});
    expect(found('survey_bodies')?.partitions).toMatchObject({ '110001/R6/survey': at('R6', 'd') });
  });

  it('never share a table with another that has the same name in small letters', async () => {
    await register('R5', 'a', [plain, { ...plain, name: 'survey-bodies' }]);
    expect(found('survey_bodies_v2024')?.columns).toEqual(['unit string', 'members bigint']);
  });

  it('are not touched by an export that is the latest no more', async () => {
    await register('R5', 'b', [plain]);
    await register('R5', 'a', [plain], { latest: 'b' });
    expect(found('survey_bodies')?.partitions).toEqual({ '110001/R5/survey': at('R5', 'b') });
  });

  it('of the public show nothing from before an edition was taken back, until an export that knows of it', async () => {
    const standing = { edition: 1, seq: 4 };
    const takenBack = { edition: 1, seq: 6, isAfterWithdrawal: true } as const;
    await register('R5', 'a', [plain], { newest: () => standing });
    await register('R6', 'a', [plain], { newest: () => standing });
    expect(found('survey_bodies', 'public')?.partitions).toMatchObject({ '110001/R5/survey': expect.anything() });
    const deps = (seq: number) => ({
      catalog,
      exports: { latestExport: async () => ({ exportId: 'a', asOf: { seq, at: '' } }) },
      publications: { newestEdition: async () => takenBack },
    });
    await takeTablesBack(deps(6), 'R5');
    expect(found('survey_bodies', 'public')?.partitions).toHaveProperty('110001/R5/survey');
    await takeTablesBack(deps(5), 'R5');
    const others = ['110001/R6/survey'];
    expect(Object.keys(found('survey_bodies', 'public')?.partitions ?? {})).toEqual(others);
    expect(Object.keys(found('survey_bodies')?.partitions ?? {})).toHaveLength(2);
    // An export from before it that ends after it, and one during which it was taken back.
    await register('R5', 'b', [plain], { newest: () => takenBack });
    expect(Object.keys(found('survey_bodies', 'public')?.partitions ?? {})).toEqual(others);
    let asked = 0;
    await register('R5', 'c', [plain], { newest: () => ((asked += 1) === 1 ? standing : takenBack) });
    expect(Object.keys(found('survey_bodies', 'public')?.partitions ?? {})).toEqual(others);
    expect(found('survey_bodies')?.partitions).toMatchObject({ '110001/R5/survey': at('R5', 'c') });
    await register('R5', 'd', [plain], { newest: () => ({ ...takenBack, seq: 5 }) });
    expect(found('survey_bodies', 'public')?.partitions).toHaveProperty('110001/R5/survey');
  });

  it('are told to operators when they cannot be registered, and mended by the next export', async () => {
    glue.refuse('AccessDeniedException');
    const other = { ...plain, name: 'survey' };
    expect(await register('R5', 'a', [plain, other])).toEqual({
      // After three the catalogue is asked no more.
      errors: Array.from({ length: 3 }, () => 'tables-not-registered'),
      metrics: ['TablesNotRegistered'],
    });
    glue.refuse(undefined);
    await register('R5', 'b', [plain, other]);
    expect(found('survey_bodies')?.partitions).toEqual({ '110001/R5/survey': at('R5', 'b') });
    expect(found('survey')).toBeDefined();
  });
});

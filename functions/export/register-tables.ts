/**
 * Makes the tables of an export known to the catalogue, by which they are counted with SQL: each table with the columns of
 * all rounds, and in it this round at the folder of this export.
 */

import { dirname } from 'node:path';
import type { Manifest } from '../../schemas/export.ts';
import type { Audience } from '../domain/summary.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';
import type { CatalogColumn, CatalogTable, TableCatalog } from '../storage/table-catalog.ts';
import type { ExportDeps } from './deps.ts';
import type { WrittenFile } from './files/formats.ts';
import { catalogColumns, parquetTableName, partitionOfPath } from './files/parquet-columns.ts';

export interface ExportedTable {
  readonly audience: Audience;
  readonly table: CatalogTable;
  readonly values: readonly string[];
  readonly folder: string;
  /** Of the form that it is about. */
  readonly version: number | undefined;
}

/** After so many it is the catalogue that fails, and the next table would be waited for in vain. */
const enoughFailures = 3;

const audiences = ['internal', 'public'] as const;

/** The tables among the files of an export, by the schemas with which they were written. */
export function exportedTables(
  { round, exportId, formVersions = {} }: Pick<Manifest, 'round' | 'exportId' | 'formVersions'>,
  files: readonly WrittenFile[],
): ExportedTable[] {
  return files.flatMap(({ path, schema }): ExportedTable[] => {
    const audience = audiences.find((each) => path.startsWith(`${each}/parquet/`));
    if (audience === undefined || schema === undefined) return [];
    const folders = partitionOfPath(path);
    return [
      {
        audience,
        table: {
          name: parquetTableName(schema),
          label: schema.title,
          source: schema.name,
          columns: catalogColumns(schema),
          folders: folders.map(([name]) => name),
        },
        values: folders.map(([, value]) => value),
        folder: `${exportFileKey(round, exportId, dirname(path))}/`,
        version: schema.form === undefined ? undefined : formVersions[schema.form],
      },
    ];
  });
}

/** The columns of both, where none of them would change its type; those that there are stay in front. */
function joined(before: CatalogTable, now: CatalogTable): readonly CatalogColumn[] | undefined {
  const types = new Map(before.columns.map(({ name, type }) => [name, type]));
  const isSame = before.source === now.source && before.folders.join() === now.folders.join();
  if (!isSame || now.columns.some(({ name, type }) => (types.get(name) ?? type) !== type)) return undefined;
  return [...before.columns, ...now.columns.filter(({ name }) => !types.has(name))];
}

/** The names under which a table may be found: where a column has another type than in the rounds before, another table. */
function* namesFor(name: string, version: number | undefined): Generator<string> {
  yield name;
  const versioned = version === undefined ? name : `${name}_v${version}`;
  if (versioned !== name) yield versioned;
  for (let number = 2; number < 10; number += 1) yield `${versioned}_${number}`;
}

/** Makes or extends the table that an exported one belongs to, and gives it. */
async function tableFor(catalog: TableCatalog, { audience, table, version }: ExportedTable): Promise<CatalogTable> {
  for (const name of namesFor(table.name, version)) {
    const before = await catalog.table(audience, name);
    if (before === undefined) {
      const made = { ...table, name };
      await catalog.createTable(audience, made);
      return made;
    }
    const columns = joined(before, table);
    if (columns === undefined) continue;
    const extended = { ...before, columns };
    if (columns.length > before.columns.length) await catalog.updateTable(audience, extended);
    return extended;
  }
  throw new Error(`no name for ${table.name}`);
}

/**
 * Registers the tables of an export; twice is the same as once. What the round had in other tables goes: it is there no more.
 *
 * @throws AggregateError when any of them could not be registered; the others are
 */
async function registerTables(catalog: TableCatalog, round: string, tables: readonly ExportedTable[]): Promise<void> {
  const failures: unknown[] = [];
  for (const audience of audiences) {
    const names = new Set<string>();
    for (const each of tables.filter((table) => table.audience === audience)) {
      if (failures.length >= enoughFailures) break;
      try {
        const table = await tableFor(catalog, each);
        names.add(table.name);
        await catalog.putPartition(audience, table, each);
      } catch (error) {
        failures.push(error);
      }
    }
    // Not after a failure: what is there may be better than nothing.
    if (failures.length === 0) await catalog.removeRound(audience, round, names);
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} tables not registered`);
}

/**
 * Registers an export that has become the latest of its round. It is complete by now: what fails here is told to operators,
 * and the next export mends it.
 */
export async function registerLatest(
  {
    catalog,
    exports,
    log,
    metrics,
  }: Pick<ExportDeps, 'catalog' | 'log' | 'metrics'> & {
    readonly exports: Pick<ExportDeps['exports'], 'latestExport'>;
  },
  { round, exportId }: { readonly round: string; readonly exportId: string },
  tables: readonly ExportedTable[],
): Promise<void> {
  if (catalog === undefined) return;
  try {
    if ((await exports.latestExport(round))?.exportId !== exportId) return;
    await registerTables(catalog, round, tables);
    log.info('tables-registered', { round, exportId, tables: tables.length });
  } catch (error) {
    const causes: unknown[] = error instanceof AggregateError ? error.errors : [error];
    for (const cause of causes) log.error('tables-not-registered', cause, { round, exportId });
    metrics.count('TablesNotRegistered');
  }
}

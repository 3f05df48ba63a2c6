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

interface LatestOfRound {
  readonly exports: Pick<ExportDeps['exports'], 'latestExport'>;
  readonly publications: Pick<ExportDeps['publications'], 'newestEdition'>;
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

/** Whether an edition was taken back since the latest export: that one may have the same fault. */
async function isFromBeforeWithdrawal({ exports, publications }: LatestOfRound, round: string): Promise<boolean> {
  const [latest, newest] = await Promise.all([exports.latestExport(round), publications.newestEdition(round)]);
  return newest?.isAfterWithdrawal === true && (latest?.asOf.seq ?? 0) < newest.seq;
}

/** The public tables of a round show nothing from before an edition was taken back; the next export fills them. */
export async function takeTablesBack(
  { catalog, ...of }: LatestOfRound & { readonly catalog?: Pick<TableCatalog, 'removeRound'> | undefined },
  round: string,
): Promise<void> {
  if (catalog !== undefined && (await isFromBeforeWithdrawal(of, round))) await catalog.removeRound('public', round);
}

/**
 * Registers an export that has become the latest of its round. It is complete by now: what fails here is told to operators,
 * and the next export mends it.
 */
export async function registerLatest(
  deps: LatestOfRound & Pick<ExportDeps, 'catalog' | 'log' | 'metrics'>,
  { round, exportId }: { readonly round: string; readonly exportId: string },
  tables: readonly ExportedTable[],
): Promise<void> {
  const { catalog, exports, log, metrics } = deps;
  if (catalog === undefined) return;
  try {
    if ((await exports.latestExport(round))?.exportId !== exportId) return;
    const isHeld = await isFromBeforeWithdrawal(deps, round);
    await registerTables(catalog, round, isHeld ? tables.filter(({ audience }) => audience === 'internal') : tables);
    // Taken back meanwhile, and perhaps before there was anything here to take away.
    await takeTablesBack(deps, round);
    log.info('tables-registered', { round, exportId, tables: tables.length });
  } catch (error) {
    const causes: unknown[] = error instanceof AggregateError ? error.errors : [error];
    for (const cause of causes) log.error('tables-not-registered', cause, { round, exportId });
    metrics.count('TablesNotRegistered');
  }
}

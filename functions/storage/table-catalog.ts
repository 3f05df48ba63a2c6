/** The catalogue of tables (AWS Glue), by which Athena finds the Parquet of exports: the only words that we need of it. */

import type { GlueClient, PartitionInput, StorageDescriptor, TableInput } from '@aws-sdk/client-glue';
import type { Audience } from '../domain/summary.ts';

export interface CatalogColumn {
  readonly name: string;
  readonly type: 'string' | 'bigint' | 'double' | 'boolean' | 'timestamp';
  /** What it is called for people; absent where it was read and had none. */
  readonly label?: string | undefined;
}

export interface CatalogTable {
  readonly name: string;
  readonly label?: string | undefined;
  /** The machine table that it holds, of which there is one: `yearly-report.sites`. */
  readonly source?: string | undefined;
  readonly columns: readonly CatalogColumn[];
  /** What the folders say, outermost first. */
  readonly folders: readonly string[];
}

interface CatalogPartition {
  /** Of the folders, in their order. */
  readonly values: readonly string[];
  /** The key of its folder in the bucket. */
  readonly folder: string;
}

export interface TableCatalog {
  table(audience: Audience, name: string): Promise<CatalogTable | undefined>;
  createTable(audience: Audience, table: CatalogTable): Promise<void>;
  /** Its columns become these. */
  updateTable(audience: Audience, table: CatalogTable): Promise<void>;
  /** Makes it, or moves it to this folder. */
  putPartition(audience: Audience, table: CatalogTable, partition: CatalogPartition): Promise<void>;
  /** Removes what a round has in all tables but these. */
  removeRound(audience: Audience, round: string, except?: ReadonlySet<string>): Promise<void>;
}

const sourceParameter = 'yoriai.source';
/** Bytes that Glue keeps of the text of a column, and of a table. */
const textOfColumn = 255;
const textOfTable = 2048;
const partitionsAtOnce = 25;
/** In milliseconds: whoever waits for the catalogue has done its work. */
const patience = { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** As much of a text as fits, whole characters. */
function cut(text: string, bytes: number): string {
  let cutText = '';
  let length = 0;
  for (const character of text.replaceAll(/\s+/g, ' ')) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    cutText += character;
  }
  return cutText;
}

const types: ReadonlySet<string> = new Set<CatalogColumn['type']>([
  'string',
  'bigint',
  'double',
  'boolean',
  'timestamp',
]);

function isColumnType(type: string | undefined): type is CatalogColumn['type'] {
  return type !== undefined && types.has(type);
}

interface CatalogOptions {
  readonly bucket: string;
  readonly databases: Readonly<Record<Audience, string>>;
  /** Replaces the client in tests. */
  readonly client?: Pick<GlueClient, 'send'>;
}

export function createTableCatalog({ bucket, databases, client }: CatalogOptions): TableCatalog {
  let kept = client;
  // Loaded at the end of an export: nothing else that the function does needs it.
  const glue = async () => {
    const sdk = await import('@aws-sdk/client-glue');
    const send: Pick<GlueClient, 'send'> = (kept ??= new sdk.GlueClient({ requestHandler: patience }));
    return { sdk, send };
  };

  const storage = ({ columns }: CatalogTable, folder: string): StorageDescriptor => ({
    Columns: columns.map(({ name, type, label }) => ({
      Name: name,
      Type: type,
      ...(label === undefined ? {} : { Comment: cut(label, textOfColumn) }),
    })),
    Location: `s3://${bucket}/${folder}`,
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
  });
  const inputOf = (table: CatalogTable): TableInput => ({
    Name: table.name,
    ...(table.label === undefined ? {} : { Description: cut(table.label, textOfTable) }),
    TableType: 'EXTERNAL_TABLE',
    Parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      ...(table.source === undefined ? {} : { [sourceParameter]: table.source }),
    },
    PartitionKeys: table.folders.map((name) => ({ Name: name, Type: 'string' })),
    // Every partition has a folder of its own; this one is not read.
    StorageDescriptor: storage(table, 'exports/'),
  });

  async function tablesOf(database: string): Promise<{ name: string; folders: readonly string[] }[]> {
    const { sdk, send } = await glue();
    const found: { name: string; folders: readonly string[] }[] = [];
    let NextToken: string | undefined;
    do {
      const page = await send.send(new sdk.GetTablesCommand({ DatabaseName: database, NextToken }));
      for (const { Name, PartitionKeys = [] } of page.TableList ?? [])
        if (Name !== undefined) found.push({ name: Name, folders: PartitionKeys.flatMap((key) => key.Name ?? []) });
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return found;
  }

  async function partitionsOf(database: string, table: string, round: string): Promise<string[][]> {
    const { sdk, send } = await glue();
    const found: string[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await send.send(
        new sdk.GetPartitionsCommand({
          DatabaseName: database,
          TableName: table,
          Expression: `round = '${round}'`,
          ExcludeColumnSchema: true,
          NextToken,
        }),
      );
      found.push(...(page.Partitions ?? []).flatMap(({ Values }) => (Values === undefined ? [] : [Values])));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return found;
  }

  return {
    table: async (audience, name) => {
      const { sdk, send } = await glue();
      try {
        const { Table } = await send.send(new sdk.GetTableCommand({ DatabaseName: databases[audience], Name: name }));
        return {
          name,
          label: Table?.Description,
          source: Table?.Parameters?.[sourceParameter],
          folders: (Table?.PartitionKeys ?? []).flatMap((key) => key.Name ?? []),
          columns: (Table?.StorageDescriptor?.Columns ?? []).flatMap(({ Name, Type, Comment }) =>
            Name !== undefined && isColumnType(Type) ? [{ name: Name, type: Type, label: Comment }] : [],
          ),
        };
      } catch (error) {
        if (error instanceof sdk.EntityNotFoundException) return undefined;
        throw error;
      }
    },
    createTable: async (audience, table) => {
      const { sdk, send } = await glue();
      await send.send(new sdk.CreateTableCommand({ DatabaseName: databases[audience], TableInput: inputOf(table) }));
    },
    updateTable: async (audience, table) => {
      const { sdk, send } = await glue();
      await send.send(
        new sdk.UpdateTableCommand({
          DatabaseName: databases[audience],
          TableInput: inputOf(table),
          SkipArchive: true,
        }),
      );
    },
    putPartition: async (audience, table, { values, folder }) => {
      const { sdk, send } = await glue();
      const of = { DatabaseName: databases[audience], TableName: table.name };
      const PartitionInput: PartitionInput = { Values: [...values], StorageDescriptor: storage(table, folder) };
      try {
        await send.send(new sdk.CreatePartitionCommand({ ...of, PartitionInput }));
      } catch (error) {
        if (!(error instanceof sdk.AlreadyExistsException)) throw error;
        await send.send(new sdk.UpdatePartitionCommand({ ...of, PartitionValueList: [...values], PartitionInput }));
      }
    },
    removeRound: async (audience, round, except = new Set()) => {
      const { sdk, send } = await glue();
      const database = databases[audience];
      for (const { name, folders } of await tablesOf(database)) {
        if (except.has(name) || !folders.includes('round')) continue;
        const values = await partitionsOf(database, name, round);
        for (let from = 0; from < values.length; from += partitionsAtOnce)
          await send.send(
            new sdk.BatchDeletePartitionCommand({
              DatabaseName: database,
              TableName: name,
              PartitionsToDelete: values.slice(from, from + partitionsAtOnce).map((Values) => ({ Values })),
            }),
          );
      }
    },
  };
}

/** The catalogue that a function is told of, if it is told of one. */
export function catalogOf(environment: {
  readonly BUCKET_NAME: string;
  readonly INTERNAL_DATABASE?: string | undefined;
  readonly PUBLIC_DATABASE?: string | undefined;
}): TableCatalog | undefined {
  const { BUCKET_NAME: bucket, INTERNAL_DATABASE: internal, PUBLIC_DATABASE } = environment;
  if (internal === undefined || PUBLIC_DATABASE === undefined) return undefined;
  return createTableCatalog({ bucket, databases: { internal, public: PUBLIC_DATABASE } });
}

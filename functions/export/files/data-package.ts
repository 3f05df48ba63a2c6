/** `datapackage.json`: every machine CSV of the export described as a Frictionless Data Package 2.0. */

import { licences } from '../../../schemas/export.ts';
import { firstDay, lastDay } from '../../../schemas/values/partial-date.ts';
import { printStatus } from './conditions.ts';
import type { DocumentContext, WrittenFile } from './formats.ts';
import type { TableSchema } from './table-schema.ts';

const profiles = 'https://datapackage.org/profiles/2.0';

function resourceOf(
  { path, bytes, sha256, parquet }: WrittenFile,
  { name, title, isInternal: _isInternal, form: _form, ...schema }: TableSchema,
): object {
  return {
    name,
    title,
    path,
    type: 'table',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes,
    hash: `sha256:${sha256}`,
    ...(parquet === undefined ? {} : { parquet: parquet.path }),
    dialect: {
      $schema: `${profiles}/tabledialect.json`,
      delimiter: ',',
      lineTerminator: '\r\n',
      quoteChar: '"',
      doubleQuote: true,
      header: true,
    },
    schema: { $schema: `${profiles}/tableschema.json`, ...schema },
  };
}

/** Written last: it describes the files before it. `temporal`, `unit` and `parquet` are properties that the
 * standard leaves free. */
export async function dataPackage(context: DocumentContext): Promise<WrittenFile> {
  const { folder, round, directory, audience, asOf, licence, files } = context;
  const descriptor = {
    $schema: `${profiles}/datapackage.json`,
    name: `yoriai-${round.id}-${audience}`.toLowerCase(),
    title: `${directory.prefecture.name} ${round.name}`,
    description: printStatus(context),
    version: String(asOf.seq),
    created: asOf.at,
    contributors: [{ title: directory.prefecture.name, roles: ['publisher'] }],
    // What is internal is under no licence.
    ...(audience === 'public' ? { licenses: [{ name: licence, ...licences[licence] }] } : {}),
    temporal: { referenceDate: round.referenceDate, start: firstDay(round.period.from), end: lastDay(round.period.to) },
    resources: files.flatMap((file) => (file.schema === undefined ? [] : [resourceOf(file, file.schema)])),
  };
  return folder.write('datapackage.json', 1, `${JSON.stringify(descriptor, null, 1)}\n`);
}

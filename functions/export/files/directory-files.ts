/**
 * `directory.csv` and `directory.members.csv`: the reporting units that the export was counted with, and the municipalities
 * behind each council, so that whoever has the files can join councils to municipalities and count again what is counted
 * per municipality.
 */

import { municipalityKinds, unitNames } from '../../../schemas/directory.ts';
import { writeTable } from './csv.ts';
import type { DocumentContext, WrittenFile } from './formats.ts';
import { textField } from './table-schema.ts';
import type { TableSchema } from './table-schema.ts';

export const directoryPath = 'directory.csv';
export const membersPath = 'directory.members.csv';
export const councilKind = 'council';

const kinds = { ...municipalityKinds, [councilKind]: unitNames.council };

const unitsSchema: TableSchema = {
  name: 'directory',
  title: '名簿',
  fields: [
    textField('unit', '回答単位のコード'),
    textField('unitName', '回答単位の名称'),
    { ...textField('kind', '種別'), categories: Object.entries(kinds).map(([value, label]) => ({ value, label })) },
  ],
  primaryKey: ['unit'],
};

const membersSchema: TableSchema = {
  name: 'directory.members',
  title: '名簿：協議会の構成市町村',
  fields: [
    textField('unit', '協議会の識別子'),
    textField('unitName', '協議会の名称'),
    textField('member', '構成市町村の団体コード'),
    textField('memberName', '構成市町村の名称'),
  ],
  primaryKey: ['unit', 'member'],
  foreignKeys: [
    { fields: ['unit'], reference: { resource: unitsSchema.name, fields: ['unit'] } },
    { fields: ['member'], reference: { resource: unitsSchema.name, fields: ['unit'] } },
  ],
};

type DirectoryContext = Pick<DocumentContext, 'folder' | 'directory'>;

export function directoryUnits({ folder, directory }: DirectoryContext): Promise<WrittenFile> {
  const { municipalities, councils } = directory;
  return writeTable(folder, unitsSchema, [
    ...municipalities.map(({ code, name, kind }) => [code, name, kind]),
    ...councils.map(({ id, name }) => [id, name, councilKind]),
  ]);
}

export function directoryMembers({ folder, directory }: DirectoryContext): Promise<WrittenFile> {
  const { municipalities, councils } = directory;
  const names = new Map(municipalities.map(({ code, name }) => [code, name]));
  const rows = councils.flatMap(({ id, name, members }) =>
    members.map((code) => [id, name, code, names.get(code) ?? '']),
  );
  return writeTable(folder, membersSchema, rows);
}

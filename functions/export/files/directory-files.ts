/**
 * `directory.csv` and `directory.members.csv`: the reporting units that the export was counted with, and the municipalities
 * behind each council, so that whoever has the files can join councils to municipalities and count again what is counted
 * per municipality.
 */

import { municipalityKinds, reportingUnits, unitNames } from '../../../schemas/directory.ts';
import { classesOf } from '../../../schemas/unit-classes.ts';
import type { DirectoryContext, WrittenFile } from './formats.ts';
import { writeTable } from './table-files.ts';
import { textField } from './table-schema.ts';
import type { TableSchema } from './table-schema.ts';

export const directoryPath = 'directory.csv';
export const membersPath = 'directory.members.csv';
export const classesPath = 'directory.classes.csv';
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

const classesSchema: TableSchema = {
  name: 'directory.classes',
  title: '名簿：分類',
  fields: [
    textField('unit', '回答単位のコード'),
    textField('unitName', '回答単位の名称'),
    textField('class', '分類の識別子'),
    textField('classLabel', '分類'),
    textField('classValue', '分類の値'),
  ],
  primaryKey: ['unit', 'class'],
  foreignKeys: [{ fields: ['unit'], reference: { resource: unitsSchema.name, fields: ['unit'] } }],
  isInternal: true,
};

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

/** `directory.classes.csv`: by which values the figures are told apart, those that follow from a council's members too. */
export async function directoryClasses({
  folder,
  directory,
  audience,
}: DirectoryContext): Promise<WrittenFile | undefined> {
  if (audience === 'public') return undefined;
  const units = [...reportingUnits(directory, 'municipality'), ...reportingUnits(directory, 'council')];
  const rows = units.flatMap((unit) =>
    classesOf(directory).flatMap(({ id, label, valueOf }) => {
      const value = valueOf(unit);
      return value === undefined ? [] : [[unit.code, unit.name, id, label, value]];
    }),
  );
  return writeTable(folder, classesSchema, rows);
}

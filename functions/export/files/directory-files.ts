/**
 * `directory.csv` and `directory.members.csv`: the reporting units that the export was counted with, and the municipalities
 * behind each council, so that whoever has the files can join councils to municipalities and count again what is counted
 * per municipality.
 */

import { municipalityKinds, reportingUnits, unitNames } from '../../../schemas/directory.ts';
import type { Directory, OtherUnit } from '../../../schemas/directory.ts';
import { classesOf } from '../../../schemas/unit-classes.ts';
import { withoutCheckDigit } from '../../../schemas/values/municipality-code.ts';
import type { Audience } from '../../domain/summary.ts';
import type { DirectoryContext, WrittenFile } from './formats.ts';
import { writeTable } from './table-files.ts';
import { textField } from './table-schema.ts';
import type { TableSchema } from './table-schema.ts';

export const directoryPath = 'directory.csv';
export const membersPath = 'directory.members.csv';
export const classesPath = 'directory.classes.csv';
export const councilKind = 'council';

/** Units of other kinds are told where a form asks their kind. */
function otherUnits({ directory, forms }: Pick<DirectoryContext, 'directory' | 'forms'>): readonly OtherUnit[] {
  return (directory.units ?? []).filter(({ kind }) => forms.some(({ form }) => form.units === kind));
}

/** Of a municipality, as catalogues of open data and the Ministry's statistics have it; other units have none. */
const fiveDigits = (name: string, title: string) => ({
  ...textField(name, title),
  description: '全国地方公共団体コードから検査数字（6桁目）を除いた5桁。市町村でない回答単位では空。',
});

function unitsSchemaOf(directory: Directory, units: readonly OtherUnit[]): TableSchema {
  const others = (directory.kinds ?? []).filter(({ id }) => units.some(({ kind }) => kind === id));
  const kinds = [
    ...Object.entries(municipalityKinds),
    [councilKind, unitNames.council] as const,
    ...others.map(({ id, label }) => [id, label] as const),
  ];
  return {
    name: 'directory',
    title: '名簿',
    fields: [
      textField('unit', '回答単位のコード'),
      textField('unitName', '回答単位の名称'),
      { ...textField('kind', '種別'), categories: kinds.map(([value, label]) => ({ value, label })) },
      fiveDigits('unit5', '団体コード（5桁）'),
    ],
    primaryKey: ['unit'],
  };
}

const membersSchema: TableSchema = {
  name: 'directory.members',
  title: '名簿：協議会の構成市町村（他の回答単位では所在する市町村）',
  fields: [
    textField('unit', '協議会の識別子'),
    textField('unitName', '協議会の名称'),
    textField('member', '構成市町村の団体コード'),
    textField('memberName', '構成市町村の名称'),
    fiveDigits('member5', '構成市町村の団体コード（5桁）'),
  ],
  primaryKey: ['unit', 'member'],
  foreignKeys: [
    { fields: ['unit'], reference: { resource: 'directory', fields: ['unit'] } },
    { fields: ['member'], reference: { resource: 'directory', fields: ['unit'] } },
  ],
};

const classesSchema = (audience: Audience): TableSchema => ({
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
  foreignKeys: [{ fields: ['unit'], reference: { resource: 'directory', fields: ['unit'] } }],
  ...(audience === 'internal' ? { isInternal: true } : {}),
});

export function directoryUnits({ folder, ...context }: DirectoryContext): Promise<WrittenFile> {
  const { directory } = context;
  const { municipalities, councils } = directory;
  const units = otherUnits(context);
  return writeTable(folder, unitsSchemaOf(directory, units), [
    ...municipalities.map(({ code, name, kind }) => [code, name, kind, withoutCheckDigit(code)]),
    ...councils.map(({ id, name }) => [id, name, councilKind, '']),
    ...units.map(({ code, name, kind }) => [code, name, kind, '']),
  ]);
}

export function directoryMembers({ folder, ...context }: DirectoryContext): Promise<WrittenFile> {
  const { municipalities, councils } = context.directory;
  const names = new Map(municipalities.map(({ code, name }) => [code, name]));
  const rows = [
    ...councils.map(({ id, name, members }) => ({ id, name, members })),
    ...otherUnits(context).map(({ code: id, name, municipality }) => ({
      id,
      name,
      members: municipality === undefined ? [] : [municipality],
    })),
  ].flatMap(({ id, name, members }) =>
    members.map((code) => [id, name, code, names.get(code) ?? '', withoutCheckDigit(code)]),
  );
  return writeTable(folder, membersSchema, rows);
}

/**
 * `directory.classes.csv`: by which values the figures are told apart, those that follow from a council's members too. Public
 * files have the class that is published, where one is.
 */
export async function directoryClasses(context: DirectoryContext): Promise<WrittenFile | undefined> {
  const { folder, directory, audience, byClass } = context;
  const classes = audience === 'internal' ? classesOf(directory) : [byClass?.by ?? []].flat();
  if (audience === 'public' && classes.length === 0) return undefined;
  const kinds = ['municipality', 'council', ...new Set(otherUnits(context).map(({ kind }) => kind))];
  const units = kinds.flatMap((kind) => reportingUnits(directory, kind));
  const rows = units.flatMap((unit) =>
    classes.flatMap(({ id, label, valueOf }) => {
      const value = valueOf(unit);
      return value === undefined ? [] : [[unit.code, unit.name, id, label, value]];
    }),
  );
  return writeTable(folder, classesSchema(audience), rows);
}

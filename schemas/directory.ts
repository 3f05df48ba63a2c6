/** The directory (名簿): the reporting units of a prefecture, with the members and the lead of each council. */

import * as z from 'zod';
import { checkClasses, classDefinitions, classValues, population } from './directory-classes.ts';
import { checkKinds, kindDefinitions, otherUnitCode, unitKind } from './directory-kinds.ts';
import { span, spanFaults, successors } from './directory-spans.ts';
import { municipalityCode, prefectureCode, prefectureOf } from './values/municipality-code.ts';
import { invisibleNameText, isStorable, unstorableText } from './values/text.ts';

/** Kinds of municipality in the order in which sources spell them: 区市町村. */
export const municipalityKinds = { ward: '区', city: '市', town: '町', village: '村' } as const;

const kindCodes = ['ward', 'city', 'town', 'village'] as const;
export type MunicipalityKind = (typeof kindCodes)[number];

/** The kind that people write as 区, 市, 町 or 村. */
export function kindNamed(text: string): MunicipalityKind | undefined {
  return kindCodes.find((kind) => municipalityKinds[kind] === text);
}

const name = z.lazy(() =>
  z
    .string()
    .trim()
    .min(1, { error: '名称を入力してください。' })
    .max(100)
    .refine(isStorable, { error: unstorableText }),
);

/** What is said of a unit beside who it is. */
const description = {
  /** 略称, where the name is too long for a table. */
  shortName: name.optional(),
  classes: classValues.optional(),
};

const municipality = z.lazy(() =>
  z.strictObject({
    code: municipalityCode,
    name,
    kind: z.enum(kindCodes),
    /** 福祉事務所設置自治体; cities and special wards are, by law. */
    welfareOffice: z.boolean().optional(),
    ...description,
    population: population.optional(),
    ...span,
    successors: successors(municipalityCode),
  }),
);

const councilId = z.string().regex(/^(?!\d{6}$)[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, {
  error: '協議会の識別子は半角英数字とハイフン（64文字以内、6桁の数字のみは不可）で指定してください。',
});

export function isCouncilId(text: string): boolean {
  return councilId.safeParse(text).success;
}

const council = z.lazy(() =>
  z.strictObject({
    id: councilId,
    name,
    members: z
      .array(municipalityCode)
      .min(1, { error: '構成市町村を1つ以上指定してください。' })
      // No prefecture has as many municipalities.
      .max(200, { error: '構成市町村は200までです。' }),
    /** The municipality that answers for the council (事務局). */
    lead: municipalityCode,
    /** The ward of a designated city (行政区) whose council this is. */
    ward: z.string().min(1).max(100).refine(isStorable, { error: unstorableText }).optional(),
    ...description,
    ...span,
    successors: successors(councilId),
  }),
);

/** A unit of a kind that the prefecture has added. */
const otherUnit = z.strictObject({
  kind: unitKind,
  code: otherUnitCode,
  name,
  /** Where it is; it answers for the unit, unless that answers itself. */
  municipality: z.optional(municipalityCode),
  /** With accounts of its own. */
  answersItself: z.literal(true).optional(),
  ...description,
  ...span,
  successors: successors(otherUnitCode),
});

/** As it is kept: names were once stored that are refused now. */
export const storedDirectory = z.lazy(() =>
  z
    .strictObject({
      prefecture: z.strictObject({ code: prefectureCode, name }),
      municipalities: z
        .array(municipality)
        .min(1, { error: '市町村が1つもありません。' })
        .max(2000, { error: '市町村は2,000までです。' }),
      councils: z.array(council).max(5000, { error: '協議会は5,000までです。' }),
      classes: classDefinitions.optional(),
      kinds: kindDefinitions.optional(),
      units: z.array(otherUnit).max(10_000, { error: '回答単位は10,000までです。' }).optional(),
      /** From which day the directory holds; absent, it holds for any day. */
      validFrom: z.iso.date().optional(),
    })
    .check(({ value, issues }) => {
      const report = (path: (string | number)[], code: string, message: string): void => {
        issues.push({ code: 'custom', path, message, input: value, params: { code } });
      };
      const codes = new Set<string>();
      value.municipalities.forEach(({ code }, index) => {
        if (prefectureOf(code) !== prefectureOf(value.prefecture.code))
          report(
            ['municipalities', index, 'code'],
            'other-prefecture',
            `団体コード ${code} は${value.prefecture.name}のコードではありません。`,
          );
        if (codes.has(code))
          report(['municipalities', index, 'code'], 'duplicate', `団体コード ${code} が重複しています。`);
        codes.add(code);
      });
      const councils = new Set<string>();
      value.councils.forEach((each, index) => {
        if (councils.has(each.id))
          report(['councils', index, 'id'], 'duplicate', `協議会 ${each.id} が重複しています。`);
        councils.add(each.id);
        each.members.forEach((member, at) => {
          if (!codes.has(member))
            report(
              ['councils', index, 'members', at],
              'unknown-member',
              `協議会「${each.name}」の構成市町村 ${member} は名簿にありません。`,
            );
          if (each.members.indexOf(member) !== at)
            report(['councils', index, 'members', at], 'duplicate', `構成市町村 ${member} が重複しています。`);
        });
        if (!each.members.includes(each.lead))
          report(
            ['councils', index, 'lead'],
            'lead-not-member',
            `協議会「${each.name}」の事務局 ${each.lead} は構成市町村に含まれていません。`,
          );
      });
      spanFaults(value, report);
      const { municipalities, councils: joined, classes = [], kinds = [], units = [] } = value;
      checkClasses(classes, { municipalities, councils: joined, units }, report);
      checkKinds({ kinds, units, municipalities, councils: joined }, report);
    }),
);

/** What a unit is called where there is little room. */
export function shortNameOf({
  name,
  shortName = name,
}: {
  readonly name: string;
  readonly shortName?: string | undefined;
}): string {
  return shortName;
}

/** The document of `GET` and `PUT /api/directory`. Refused whole if any code, member, lead or name is wrong. */
export const directory = storedDirectory.check(({ value, issues }) => {
  const see = (path: (string | number)[], text: string | undefined): void => {
    const message = text === undefined ? undefined : invisibleNameText(text);
    if (message !== undefined)
      issues.push({ code: 'custom', path, message, input: value, params: { code: 'invisible-character' } });
  };
  see(['prefecture', 'name'], value.prefecture.name);
  value.municipalities.forEach((each, index) => {
    see(['municipalities', index, 'name'], each.name);
    see(['municipalities', index, 'shortName'], each.shortName);
  });
  value.councils.forEach((each, index) => {
    see(['councils', index, 'name'], each.name);
    see(['councils', index, 'shortName'], each.shortName);
    see(['councils', index, 'ward'], each.ward);
  });
  value.units?.forEach((each, index) => {
    see(['units', index, 'name'], each.name);
    see(['units', index, 'shortName'], each.shortName);
  });
  value.kinds?.forEach(({ label }, index) => see(['kinds', index, 'label'], label));
  value.classes?.forEach(({ label, values = [] }, index) => {
    see(['classes', index, 'label'], label);
    values.forEach((each, at) => see(['classes', index, 'values', at], each));
  });
});

export type Directory = z.infer<typeof directory>;
export type Municipality = z.infer<typeof municipality>;
export type Council = z.infer<typeof council>;
export type OtherUnit = z.infer<typeof otherUnit>;

/** What one unit of a kind is called where it is counted. */
export const unitNames = { municipality: '市町村', council: '協議会', welfareOffice: '市町村' } as const;

/** Which units of a directory a form is for: one of those that every directory has, or of its own kinds. */
export type UnitKind = string;

function isUsualKind(kind: UnitKind): kind is keyof typeof unitNames {
  return Object.hasOwn(unitNames, kind);
}

/** Whether the units of a kind are municipalities. */
export function isOfMunicipalities(kind: UnitKind): boolean {
  return isUsualKind(kind) && kind !== 'council';
}

/** Of a kind that a prefecture has added, of which texts are made without the directory, as of any. */
export function unitNameOf(kind: UnitKind): string {
  return isUsualKind(kind) ? unitNames[kind] : '団体';
}

/** What the kinds that a form may name are called, by their ids. */
export function kindLabels(directory: Pick<Directory, 'kinds'> | undefined): ReadonlyMap<UnitKind, string> {
  return new Map([
    ['municipality', unitNames.municipality],
    ['council', unitNames.council],
    ['welfareOffice', '福祉事務所設置市町村'],
    ...(directory?.kinds ?? []).map(({ id, label }) => [id, label] as const),
  ]);
}

export interface ReportingUnit {
  readonly code: string;
  readonly name: string;
  /** Of the municipality, where it is one. */
  readonly kind: MunicipalityKind | null;
  /** The municipalities behind the unit: itself, the council's members, or the one that another unit is in. */
  readonly members: readonly string[];
  /** Who edits the unit's return: a municipality, or the unit itself. */
  readonly editor: string;
}

export function hasWelfareOffice(municipality: Municipality): boolean {
  return municipality.welfareOffice ?? (municipality.kind === 'city' || municipality.kind === 'ward');
}

function unitsOf(directory: Directory, kind: UnitKind): ReportingUnit[] {
  if (kind === 'council')
    return directory.councils.map(({ id, name, members, lead }) => ({
      code: id,
      name,
      kind: null,
      members,
      editor: lead,
    }));
  if (!isUsualKind(kind))
    return (directory.units ?? [])
      .filter((each) => each.kind === kind)
      .map(({ code, name, municipality, answersItself }) => ({
        code,
        name,
        kind: null,
        members: municipality === undefined ? [] : [municipality],
        editor: answersItself === true ? code : (municipality ?? code),
      }));
  return directory.municipalities
    .filter((municipality) => kind === 'municipality' || hasWelfareOffice(municipality))
    .map(({ code, name, kind }) => ({ code, name, kind, members: [code], editor: code }));
}

/** A directory never changes; who looks for a unit among 1,700 finds them ready. */
const found = new WeakMap<Directory, Map<UnitKind, ReadonlyMap<string, ReportingUnit>>>();

/** The units expected to answer by their codes, in the directory's order. */
export function unitsByCode(directory: Directory, kind: UnitKind): ReadonlyMap<string, ReportingUnit> {
  const kinds = found.get(directory) ?? new Map<UnitKind, ReadonlyMap<string, ReportingUnit>>();
  const units = kinds.get(kind) ?? new Map(unitsOf(directory, kind).map((unit) => [unit.code, unit]));
  found.set(directory, kinds.set(kind, units));
  return units;
}

/** Who has accounts and a contact of its own: a municipality, or another unit that answers itself. */
export interface AnsweringUnit {
  readonly code: string;
  readonly name: string;
}

export function answeringUnits({
  municipalities,
  units = [],
}: Pick<Directory, 'municipalities' | 'units'>): AnsweringUnit[] {
  return [...municipalities, ...units.filter(({ answersItself }) => answersItself === true)];
}

/** What everybody in it is called, by code. */
export function namesOfUnits({ municipalities, councils, units = [] }: Directory): ReadonlyMap<string, string> {
  return new Map([
    ...municipalities.map(({ code, name }) => [code, name] as const),
    ...councils.map(({ id, name }) => [id, name] as const),
    ...units.map(({ code, name }) => [code, name] as const),
  ]);
}

/** The kinds of the municipalities by their codes. */
export function kindsOfUnits({ municipalities }: Directory): ReadonlyMap<string, MunicipalityKind> {
  return new Map(municipalities.map(({ code, kind }) => [code, kind]));
}

export function reportingUnits(directory: Directory, kind: UnitKind): ReportingUnit[] {
  return [...unitsByCode(directory, kind).values()];
}

/** What rules know of a unit besides its code: the kind of the municipality, if it is one, and who is behind it. */
export function placeOfUnit(
  directory: Directory,
  kind: UnitKind,
  code: string,
): { readonly kind: MunicipalityKind | null; readonly members: readonly string[] } {
  const { members = [code] } = unitsByCode(directory, kind).get(code) ?? {};
  return { kind: directory.municipalities.find((each) => each.code === code)?.kind ?? null, members };
}

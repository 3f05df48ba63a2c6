/** One unit of the directory put in, changed or taken out, by a form. Pure. */

import { directory as directorySchema, kindNamed, municipalityKinds } from '../../schemas/directory.ts';
import type { Council, Directory, Municipality, OtherUnit } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';
import { readDay } from './directory-calendar.ts';
import { descriptionFields, descriptionKeys, readDescription } from './directory-description.ts';
import type { Description, DescriptionFields } from './directory-description.ts';
import { firstCharacters } from '../../schemas/values/text.ts';
import { normaliseWidth } from '../../schemas/values/width.ts';
import { ambiguous, codeAmong, codeIn, codesIn, namesAmong, shownName, splitNames } from './directory-names.ts';
import type { NamedUnit } from './directory-names.ts';

const editedLists = ['municipality', 'council', 'unit'] as const;

/** What is edited, as an address and a form name it: `municipality/112038`, `council/new`. */
export interface Edited {
  /** `unit`: of a kind that the prefecture has added. */
  readonly list: (typeof editedLists)[number];
  /** Code or id as it was; `new` for one to be added. */
  readonly id: string;
}

export const newOne = 'new';

export function readEdited(text: string | undefined): Edited | undefined {
  const [name, id, ...rest] = (text ?? '').split('/');
  const list = editedLists.find((each) => each === name);
  return list === undefined || id === undefined || id === '' || rest.length > 0 ? undefined : { list, id };
}

export const editKeys = [
  'id',
  'name',
  /** 区, 市, 町 or 村; of another unit the id of its kind. */
  'kind',
  /** `設置`, `未設置`, or empty for what the kind says. */
  'welfareOffice',
  /** Codes or names, separated by spaces, commas or line breaks. Of another unit, the one that it is in. */
  'members',
  'lead',
  'ward',
  /** Of another unit, `itself` where it answers itself. */
  'answering',
  'validFrom',
  'validTo',
  /** Of its own list, by code or name. */
  'successors',
  ...descriptionKeys,
] as const;

/** Each class of the directory has a field too. */
export type EditFields = Readonly<Record<(typeof editKeys)[number], string>> & DescriptionFields;

export type EditedDirectory =
  | { readonly ok: true; readonly directory: Directory }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

type Unit = Municipality | Council | OtherUnit;

/** The units of a list, each under its code or id. */
function namedUnits(directory: Directory, list: Edited['list']): readonly NamedUnit[] {
  if (list === 'council') return directory.councils.map(({ id, name, validTo }) => ({ code: id, name, validTo }));
  return list === 'unit' ? (directory.units ?? []) : directory.municipalities;
}

/** Names of offices have spaces in them. */
function splitSuccessors(text: string, list: Edited['list']): string[] {
  if (list === 'municipality') return splitNames(text);
  return text
    .split(/[、，,;；\n]+/u)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function successorsOf(directory: Directory, list: Edited['list'], text: string): string[] {
  const units = namedUnits(directory, list);
  const codeOf = (name: string): string =>
    list === 'municipality' ? codeIn(directory, name) : (codeAmong(units, name) ?? name);
  return splitSuccessors(text, list).map(codeOf);
}

/** Names of municipalities that nobody has, or several; of a code the check of the directory tells. */
export function unclearNames(directory: Directory, { list }: Edited, fields: EditFields): FieldError[] {
  const { members, lead, successors } = fields;
  const typed = [
    ...splitNames(members).map((name) => ({ path: 'members', name })),
    { path: 'lead', name: lead },
    ...(list === 'municipality' ? splitNames(successors).map((name) => ({ path: 'successors', name })) : []),
  ];
  const names = namesAmong(directory.municipalities);
  const unknown = typed.filter(({ name }) => names.calledSo(name).length === 0 && /\D/.test(codeIn(directory, name)));
  return [
    ...ambiguous(directory, typed),
    ...unknown.map(({ path, name }) => ({
      path,
      code: 'unknown-name',
      message: `「${firstCharacters(name, 100)}」は名簿にありません。名簿にある名称又はコードを入力してください。`,
    })),
  ];
}

export function asCodes(directory: Directory, { list }: Edited, fields: EditFields): EditFields {
  const after = { ...fields, successors: successorsOf(directory, list, fields.successors).join('、') };
  if (list === 'municipality') return { ...after, id: codeIn(directory, fields.id) };
  const lead = fields.lead === '' ? '' : codeIn(directory, fields.lead);
  return { ...after, id: normaliseWidth(fields.id), members: codesIn(directory, fields.members).join('、'), lead };
}

function put<T>(list: readonly T[], at: number, value: T): T[] {
  return at < 0 ? [...list, value] : list.with(at, value);
}

function fieldOf(path: readonly PropertyKey[]): string {
  const [list, , key, part] = path;
  if (list === 'classes') return 'name';
  if (key === 'code') return 'id';
  if (key === 'municipality') return 'members';
  if (key === 'classes') return `class.${String(part)}`;
  return typeof key === 'string' ? key : 'name';
}

function checked(candidate: Directory): EditedDirectory {
  const parsed = directorySchema.safeParse(candidate);
  if (parsed.success) return { ok: true, directory: parsed.data };
  const errors = parsed.error.issues.map(({ path, code, message }) => ({ path: fieldOf(path), code, message }));
  // A name that nobody has is no code either, which says less.
  const isUnknown = new Set(errors.flatMap(({ path, code }) => (code === 'custom' ? [path] : [])));
  return { ok: false, errors: errors.filter(({ path, code }) => code !== 'invalid_format' || !isUnknown.has(path)) };
}

type Dates = Pick<Unit, 'validFrom' | 'validTo' | 'successors'>;

const dayLabels = { validFrom: '有効開始', validTo: '有効終了' } as const;

function readDates(
  directory: Directory,
  list: Edited['list'],
  fields: EditFields,
): { readonly dates: Dates; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  const day = (path: keyof typeof dayLabels): Partial<Record<typeof path, string>> => {
    const typed = fields[path];
    const read = readDay(typed);
    if (typed !== '' && read === undefined)
      errors.push({ path, code: 'not-a-day', message: `「${dayLabels[path]}」は年月日で入力してください。` });
    return read === undefined ? {} : { [path]: read };
  };
  const successors = successorsOf(directory, list, fields.successors);
  const dates = { ...day('validFrom'), ...day('validTo'), ...(successors.length === 0 ? {} : { successors }) };
  return { dates, errors };
}

function municipalityOf(fields: EditFields, kind: Municipality['kind']): Municipality {
  const { id: code, name, welfareOffice } = fields;
  return { code, name, kind, ...(welfareOffice === '' ? {} : { welfareOffice: welfareOffice === '設置' }) };
}

function councilOf(directory: Directory, { id, name, members, lead, ward }: EditFields): Council {
  return {
    id,
    name,
    members: codesIn(directory, members),
    lead: codeIn(directory, lead),
    ...(ward === '' ? {} : { ward }),
  };
}

function otherUnitOf(directory: Directory, { id: code, name, kind, members, answering }: EditFields): OtherUnit {
  return {
    kind,
    code,
    name,
    ...(members === '' ? {} : { municipality: codeIn(directory, members) }),
    ...(answering === 'itself' ? { answersItself: true } : {}),
  };
}

/** A code that ended comes back as the unit that had it, so that its earlier returns stay its own. */
function endedUnder(directory: Directory, { list, id }: Edited, code: string): FieldError[] {
  const ended = id === newOne ? namedUnits(directory, list).find((each) => each.code === code) : undefined;
  if (ended?.validTo === undefined) return [];
  const message = `コード ${code} は、${printPartialDate(ended.validTo)}で終わる「${ended.name}」のものです。再び有効にする場合は、「${ended.name}」を編集し、「${dayLabels.validFrom}」を再開する日に改め、「${dayLabels.validTo}」と「後の団体」を空欄にしてください。`;
  return [{ path: 'id', code: 'ended-code', message }];
}

export function applyEdit(directory: Directory, edited: Edited, fields: EditFields): EditedDirectory {
  const { list, id } = edited;
  const { description, errors: described } = readDescription(directory.classes, fields);
  const { dates, errors: dated } = readDates(directory, list, fields);
  const code = list === 'municipality' ? codeIn(directory, fields.id) : normaliseWidth(fields.id);
  const errors = [...described, ...dated, ...endedUnder(directory, edited, code)];
  if (errors.length > 0) return { ok: false, errors };
  const { population: _ofMunicipalities, ...named }: Description = description;
  if (list === 'council') {
    const at = directory.councils.findIndex((each) => each.id === id);
    const council = { ...councilOf(directory, { ...fields, id: code }), ...named, ...dates };
    return checked({ ...directory, councils: put(directory.councils, at, council) });
  }
  if (fields.kind === '') {
    const message = `「${list === 'unit' ? '種類' : '区分'}」を選んでください。`;
    return { ok: false, errors: [{ path: 'kind', code: 'required', message }] };
  }
  if (list === 'unit') {
    const { units = [] } = directory;
    const at = units.findIndex((each) => each.code === id);
    const unit = { ...otherUnitOf(directory, { ...fields, id: code }), ...named, ...dates };
    return checked({ ...directory, units: put(units, at, unit) });
  }
  const kind = kindNamed(fields.kind);
  if (kind === undefined)
    return { ok: false, errors: [{ path: 'kind', code: 'required', message: '「区分」を選んでください。' }] };
  const at = directory.municipalities.findIndex((each) => each.code === id);
  const municipality = { ...municipalityOf({ ...fields, id: code }, kind), ...description, ...dates };
  return checked({ ...directory, municipalities: put(directory.municipalities, at, municipality) });
}

/** Refused while another unit still names the municipality. */
export function removeFrom(directory: Directory, { list, id }: Edited): EditedDirectory {
  if (list === 'council')
    return checked({ ...directory, councils: directory.councils.filter((each) => each.id !== id) });
  if (list === 'municipality')
    return checked({ ...directory, municipalities: directory.municipalities.filter(({ code }) => code !== id) });
  const { units, ...rest } = directory;
  const kept = units?.filter(({ code }) => code !== id) ?? [];
  return checked(kept.length === 0 ? rest : { ...rest, units: kept });
}

function ownFields(directory: Directory, list: Edited['list'], id: string): [Partial<EditFields>, Unit] | undefined {
  const { municipalities, councils, units = [] } = directory;
  const names = new Map(municipalities.map((each) => [each.code, each]));
  const nameOf = (code: string): string => {
    const named = names.get(code);
    return named === undefined ? code : shownName(municipalities, named);
  };
  if (list === 'council') {
    const council = councils.find((each) => each.id === id);
    if (council === undefined) return undefined;
    const { members, lead, ward = '' } = council;
    return [{ members: members.map(nameOf).join('、'), lead: nameOf(lead), ward }, council];
  }
  if (list === 'unit') {
    const unit = units.find(({ code }) => code === id);
    if (unit === undefined) return undefined;
    const { kind, municipality, answersItself } = unit;
    const members = municipality === undefined ? '' : nameOf(municipality);
    return [{ kind, members, answering: answersItself === true ? 'itself' : '' }, unit];
  }
  const municipality = names.get(id);
  if (municipality === undefined) return undefined;
  const { welfareOffice, kind } = municipality;
  const office = welfareOffice === undefined ? '' : welfareOffice ? '設置' : '未設置';
  return [{ kind: municipalityKinds[kind], welfareOffice: office }, municipality];
}

function dateFields(directory: Directory, list: Edited['list'], { validFrom, validTo, successors = [] }: Dates) {
  const units = namedUnits(directory, list);
  const nameOf = (code: string): string => {
    const named = units.find((each) => each.code === code);
    return named === undefined ? code : shownName(units, named);
  };
  return {
    validFrom: validFrom === undefined ? '' : printPartialDate(validFrom),
    validTo: validTo === undefined ? '' : printPartialDate(validTo),
    successors: successors.map(nameOf).join('、'),
  };
}

const empty = {
  id: '',
  name: '',
  kind: '',
  welfareOffice: '',
  members: '',
  lead: '',
  ward: '',
  answering: '',
} as const;

export function editFieldsOf(directory: Directory, { list, id }: Edited): EditFields | undefined {
  const { classes } = directory;
  if (id === newOne) return { ...empty, ...dateFields(directory, list, {}), ...descriptionFields(classes) };
  const found = ownFields(directory, list, id);
  if (found === undefined) return undefined;
  const [own, unit] = found;
  const dates = dateFields(directory, list, unit);
  return { ...empty, id, name: unit.name, ...own, ...dates, ...descriptionFields(classes, unit) };
}

/** One municipality or council of the directory put in, changed or taken out, by a form. Pure. */

import { directory as directorySchema, kindNamed, municipalityKinds } from '../../schemas/directory.ts';
import type { Council, Directory, Municipality } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { descriptionFields, descriptionKeys, readDescription } from './directory-description.ts';
import type { DescriptionFields } from './directory-description.ts';
import { prefectureOf, readMunicipalityCode } from '../../schemas/values/municipality-code.ts';

/** What is edited, as an address and a form name it: `municipality/112038`, `council/new`. */
export interface Edited {
  readonly list: 'municipality' | 'council';
  /** Code or id as it was; `new` for one to be added. */
  readonly id: string;
}

export const newOne = 'new';

export function readEdited(text: string | undefined): Edited | undefined {
  const [list, id, ...rest] = (text ?? '').split('/');
  if ((list !== 'municipality' && list !== 'council') || id === undefined || id === '' || rest.length > 0)
    return undefined;
  return { list, id };
}

export const editKeys = [
  'id',
  'name',
  /** 区, 市, 町 or 村. */
  'kind',
  /** `設置`, `未設置`, or empty for what the kind says. */
  'welfareOffice',
  /** Codes or names, separated by spaces, commas or line breaks. */
  'members',
  'lead',
  'ward',
  ...descriptionKeys,
] as const;

/** Each class of the directory has a field too. */
export type EditFields = Readonly<Record<(typeof editKeys)[number], string>> & DescriptionFields;

export type EditedDirectory =
  | { readonly ok: true; readonly directory: Directory }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Of those that have one name, who has not ended: a merged city often keeps the name of one before it. */
function calledIn({ municipalities }: Directory, name: string): Municipality[] {
  const called = municipalities.filter((each) => each.name === name);
  const standing = called.filter(({ validTo }) => validTo === undefined);
  return standing.length === 0 ? called : standing;
}

/** As a form shows a municipality: by its name, and with its code where another one has the same. */
function shownName(directory: Directory, { name, code }: Municipality): string {
  const [only, ...others] = calledIn(directory, name);
  return others.length === 0 && only?.code === code ? name : `${name}（${code}）`;
}

function codeIn(directory: Directory, text: string): string {
  const named = directory.municipalities.find((each) => shownName(directory, each) === text);
  if (named !== undefined) return named.code;
  const reading = readMunicipalityCode(text, prefectureOf(directory.prefecture.code));
  return reading.ok ? reading.value : text;
}

function splitMembers(members: string): string[] {
  return members.split(/[\s、，,;；]+/u).filter((each) => each !== '');
}

function membersIn(directory: Directory, members: string): string[] {
  return splitMembers(members).map((each) => codeIn(directory, each));
}

/** Municipalities by their names or codes, as one text; what is none is told where the directory is checked. */
export function readMunicipalities(
  directory: Directory,
  text: string,
  path: string,
): { readonly codes: string[]; readonly errors: FieldError[] } {
  const names = splitMembers(text);
  return {
    codes: [...new Set(membersIn(directory, text))],
    errors: ambiguous(
      directory,
      names.map((name) => ({ path, name })),
    ),
  };
}

export function ambiguousNames(directory: Directory, { members, lead }: EditFields): FieldError[] {
  return ambiguous(directory, [
    ...splitMembers(members).map((name) => ({ path: 'members', name })),
    { path: 'lead', name: lead },
  ]);
}

function ambiguous(
  directory: Directory,
  typed: readonly { readonly path: string; readonly name: string }[],
): FieldError[] {
  return typed.flatMap(({ path, name }) => {
    const called = calledIn(directory, name);
    if (called.length < 2) return [];
    const choices = called.map((each) => `「${shownName(directory, each)}」`).join('、');
    return [
      {
        path,
        code: 'ambiguous-name',
        message: `「${name}」は名簿に${called.length}件あります。${choices}のいずれかを入力してください。`,
      },
    ];
  });
}

export function asCodes(directory: Directory, { list }: Edited, fields: EditFields): EditFields {
  if (list === 'municipality') return { ...fields, id: codeIn(directory, fields.id) };
  const lead = fields.lead === '' ? '' : codeIn(directory, fields.lead);
  return { ...fields, members: membersIn(directory, fields.members).join('、'), lead };
}

function put<T>(list: readonly T[], at: number, value: T): T[] {
  return at < 0 ? [...list, value] : list.with(at, value);
}

function fieldOf(path: readonly PropertyKey[]): string {
  const [list, , key, part] = path;
  if (list === 'classes') return 'name';
  if (key === 'code') return 'id';
  if (key === 'classes') return `class.${String(part)}`;
  return typeof key === 'string' ? key : 'name';
}

function checked(candidate: Directory): EditedDirectory {
  const parsed = directorySchema.safeParse(candidate);
  if (parsed.success) return { ok: true, directory: parsed.data };
  return {
    ok: false,
    errors: parsed.error.issues.map(({ path, code, message }) => ({ path: fieldOf(path), code, message })),
  };
}

function municipalityOf(fields: EditFields, kind: Municipality['kind']): Municipality {
  const { id: code, name, welfareOffice } = fields;
  return { code, name, kind, ...(welfareOffice === '' ? {} : { welfareOffice: welfareOffice === '設置' }) };
}

function councilOf(directory: Directory, { id, name, members, lead, ward }: EditFields): Council {
  return {
    id,
    name,
    members: membersIn(directory, members),
    lead: codeIn(directory, lead),
    ...(ward === '' ? {} : { ward }),
  };
}

/** What a form does not show stays as it was. */
function datesOf<T extends Municipality | Council>(
  unit: T | undefined,
): Partial<Pick<T, 'validFrom' | 'validTo' | 'successors'>> {
  if (unit === undefined) return {};
  const { validFrom, validTo, successors } = unit;
  return {
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(successors === undefined ? {} : { successors }),
  };
}

export function applyEdit(directory: Directory, edited: Edited, fields: EditFields): EditedDirectory {
  const { description, errors } = readDescription(directory.classes, fields);
  if (errors.length > 0) return { ok: false, errors };
  if (edited.list === 'council') {
    const at = directory.councils.findIndex(({ id }) => id === edited.id);
    const { population: _ofMunicipalities, ...described } = description;
    const council = { ...councilOf(directory, fields), ...described, ...datesOf(directory.councils[at]) };
    return checked({ ...directory, councils: put(directory.councils, at, council) });
  }
  const kind = kindNamed(fields.kind);
  if (kind === undefined)
    return { ok: false, errors: [{ path: 'kind', code: 'required', message: '「区分」を選んでください。' }] };
  const at = directory.municipalities.findIndex(({ code }) => code === edited.id);
  const code = codeIn(directory, fields.id);
  return checked({
    ...directory,
    municipalities: put(directory.municipalities, at, {
      ...municipalityOf({ ...fields, id: code }, kind),
      ...description,
      ...datesOf(directory.municipalities[at]),
    }),
  });
}

/** Refused while a council still names the municipality. */
export function removeFrom(directory: Directory, { list, id }: Edited): EditedDirectory {
  return checked(
    list === 'council'
      ? { ...directory, councils: directory.councils.filter((each) => each.id !== id) }
      : { ...directory, municipalities: directory.municipalities.filter(({ code }) => code !== id) },
  );
}

export function editFieldsOf(directory: Directory, { list, id }: Edited): EditFields | undefined {
  const { municipalities, councils, classes } = directory;
  const described = descriptionFields(classes);
  const empty = { id: '', name: '', kind: '', welfareOffice: '', members: '', lead: '', ward: '', ...described };
  if (id === newOne) return empty;
  const names = new Map(municipalities.map((each) => [each.code, shownName(directory, each)]));
  const nameOf = (code: string): string => names.get(code) ?? code;
  if (list === 'council') {
    const council = councils.find((each) => each.id === id);
    if (council === undefined) return undefined;
    const { name, members, lead, ward = '' } = council;
    const own = { id, name, members: members.map(nameOf).join('、'), lead: nameOf(lead), ward };
    return { ...empty, ...descriptionFields(classes, council), ...own };
  }
  const municipality = municipalities.find(({ code }) => code === id);
  if (municipality === undefined) return undefined;
  const { welfareOffice, name, kind } = municipality;
  const office = welfareOffice === undefined ? '' : welfareOffice ? '設置' : '未設置';
  const own = { id, name, kind: municipalityKinds[kind], welfareOffice: office };
  return { ...empty, ...descriptionFields(classes, municipality), ...own };
}

/** Municipalities of a directory as people write them in a field: by name, or by code. Pure. */

import type { Directory } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { prefectureOf, readMunicipalityCode } from '../../schemas/values/municipality-code.ts';

/** Whoever a list of the directory has: a municipality, a council by its id, or another unit. */
export interface NamedUnit {
  readonly code: string;
  readonly name: string;
  readonly validTo?: string | undefined;
}

/** Of those that have one name, who has not ended: a merged city often keeps the name of one before it. */
function calledIn(units: readonly NamedUnit[], name: string): NamedUnit[] {
  const called = units.filter((each) => each.name === name);
  const standing = called.filter(({ validTo }) => validTo === undefined);
  return standing.length === 0 ? called : standing;
}

/** As a form shows a unit: by its name, and with its code where another one has the same. */
export function shownName(units: readonly NamedUnit[], { name, code }: NamedUnit): string {
  const [only, ...others] = calledIn(units, name);
  return others.length === 0 && only?.code === code ? name : `${name}（${code}）`;
}

/** The code of whoever is written as a form shows it; none where nobody is, or several are. */
export function codeAmong(units: readonly NamedUnit[], text: string): string | undefined {
  const [only, ...others] = calledIn(units, text);
  if (only !== undefined && others.length === 0) return only.code;
  return units.find(({ name, code }) => text === code || text === `${name}（${code}）`)?.code;
}

export function codeIn({ municipalities, prefecture }: Directory, text: string): string {
  const named = codeAmong(municipalities, text);
  if (named !== undefined) return named;
  const reading = readMunicipalityCode(text, prefectureOf(prefecture.code));
  return reading.ok ? reading.value : text;
}

export function splitNames(text: string): string[] {
  return text.split(/[\s、，,;；]+/u).filter((each) => each !== '');
}

export function codesIn(directory: Directory, text: string): string[] {
  return splitNames(text).map((each) => codeIn(directory, each));
}

/** Municipalities by their names or codes, as one text; what is none is told where the directory is checked. */
export function readMunicipalities(
  directory: Directory,
  text: string,
  path: string,
): { readonly codes: string[]; readonly errors: FieldError[] } {
  const names = splitNames(text);
  return {
    codes: [...new Set(codesIn(directory, text))],
    errors: ambiguous(
      directory,
      names.map((name) => ({ path, name })),
    ),
  };
}

export function ambiguous(
  { municipalities }: Directory,
  typed: readonly { readonly path: string; readonly name: string }[],
): FieldError[] {
  return typed.flatMap(({ path, name }) => {
    const called = calledIn(municipalities, name);
    if (called.length < 2) return [];
    const choices = called.map((each) => `「${shownName(municipalities, each)}」`).join('、');
    return [
      {
        path,
        code: 'ambiguous-name',
        message: `「${name}」は名簿に${called.length}件あります。${choices}のいずれかを入力してください。`,
      },
    ];
  });
}

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
function standingOf(called: readonly NamedUnit[]): readonly NamedUnit[] {
  const standing = called.filter(({ validTo }) => validTo === undefined);
  return standing.length === 0 ? called : standing;
}

export interface UnitNames {
  calledSo(name: string): readonly NamedUnit[];
  /** As a form shows a unit: by its name, and with its code where another one has the same. */
  shown(unit: NamedUnit): string;
  /** The code of whoever is written as a form shows it; none where nobody is, or several are. */
  codeOf(text: string): string | undefined;
}

/** Units by how people write them, for many names at once. */
export function namesAmong(units: readonly NamedUnit[]): UnitNames {
  const byName = Map.groupBy(units, ({ name }) => name);
  const byCode = new Map(units.toReversed().map((each) => [each.code, each]));
  const calledSo = (name: string): readonly NamedUnit[] => standingOf(byName.get(name) ?? []);
  return {
    calledSo,
    shown: ({ name, code }) => {
      const [only, ...others] = calledSo(name);
      return others.length === 0 && only?.code === code ? name : `${name}（${code}）`;
    },
    codeOf: (text) => {
      const [only, ...others] = calledSo(text);
      if (only !== undefined && others.length === 0) return only.code;
      if (byCode.has(text)) return text;
      const { name, code } = /^(?<name>.*)（(?<code>[^（）]*)）$/s.exec(text)?.groups ?? {};
      return code !== undefined && byCode.get(code)?.name === name ? code : undefined;
    },
  };
}

export function shownName(units: readonly NamedUnit[], unit: NamedUnit): string {
  return namesAmong(units).shown(unit);
}

export function codeAmong(units: readonly NamedUnit[], text: string): string | undefined {
  return namesAmong(units).codeOf(text);
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
  const names = namesAmong(municipalities);
  return typed.flatMap(({ path, name }) => {
    const called = names.calledSo(name);
    if (called.length < 2) return [];
    const choices = called.map((each) => `「${names.shown(each)}」`).join('、');
    return [
      {
        path,
        code: 'ambiguous-name',
        message: `「${name}」は名簿に${called.length}件あります。${choices}のいずれかを入力してください。`,
      },
    ];
  });
}

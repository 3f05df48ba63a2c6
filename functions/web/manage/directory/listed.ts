/**
 * A list of municipalities beside the directory: who is in it by another name, who is new, and who is no longer in it. Nobody is
 * taken out by a list: who comes after those that are missing is asked.
 */

import * as z from 'zod';
import { municipalityKinds } from '../../../../schemas/directory.ts';
import type { Directory, Municipality } from '../../../../schemas/directory.ts';
import { endedUnits, standingOn } from '../../../../schemas/directory-on-day.ts';
import type { FieldError } from '../../../../schemas/problem.ts';
import { printPartialDate } from '../../../../schemas/values/partial-date.ts';
import { readMunicipalities } from '../../../domain/directory-names.ts';
import type { PostedForm } from '../../shared/posted-form.ts';
import type { ReadDirectory, RowError } from './directory-csv.ts';
import type { WaitingPlan } from './reorganisation-plan.ts';

export interface ListedMunicipality extends Pick<Municipality, 'code' | 'name' | 'kind' | 'welfareOffice'> {
  readonly row: number;
}

/** What a list says that a directory does not. */
export interface ListedChanges {
  readonly gone: readonly Municipality[];
  readonly begun: readonly Municipality[];
  readonly changed: readonly Municipality[];
}

interface Compared extends ListedChanges {
  /** With the list's names and kinds, in its order; units that are not in force on the day follow. */
  readonly municipalities: readonly Municipality[];
  readonly rows: readonly number[];
  readonly errors: readonly RowError[];
}

function compareListed(current: Directory, day: string, listed: readonly ListedMunicipality[]): Compared {
  const standing = new Map(standingOn(current, day).municipalities.map((each) => [each.code, each]));
  const known = new Set(current.municipalities.map(({ code }) => code));
  const ended = endedUnits(current);
  const codes = new Set(listed.map(({ code }) => code));
  const over = listed.map(({ row: _row, ...each }): Municipality => {
    const before = standing.get(each.code);
    if (before === undefined) return each;
    const { welfareOffice = before.welfareOffice } = each;
    return { ...before, ...each, ...(welfareOffice === undefined ? {} : { welfareOffice }) };
  });
  const others = current.municipalities.filter(({ code }) => !standing.has(code));
  return {
    gone: [...standing.values()].filter(({ code }) => !codes.has(code)),
    begun: over.filter(({ code }) => !known.has(code)),
    changed: over.filter(({ code, name, kind }) => {
      const before = standing.get(code);
      return before !== undefined && (before.name !== name || before.kind !== kind);
    }),
    municipalities: [...over.filter(({ code }) => !known.has(code) || standing.has(code)), ...others],
    rows: [...listed.map(({ row }) => row), ...others.map(() => 0)],
    errors: listed.flatMap(({ row, code, name }) => {
      const end = ended.get(code);
      if (standing.has(code) || end === undefined) return [];
      const message = `「${name}」（${code}）は、名簿では${printPartialDate(end.validTo)}で終わっています。この日の一覧かどうかを確かめてください。`;
      return [{ row, message }];
    }),
  };
}

/** What a list is read into. */
export interface ListedIn {
  readonly current: Directory | undefined;
  /** From which day it holds. */
  readonly day: string;
  /** The name of the prefecture, where there is no directory yet. */
  readonly prefecture: string;
}

/** The directory with what a list of its municipalities says; everything else stays as it is. */
export function listedOver(
  current: Directory,
  day: string,
  listed: readonly ListedMunicipality[],
  errors: readonly RowError[],
): ReadDirectory {
  const compared = compareListed(current, day, listed);
  return {
    candidate: { ...current, municipalities: compared.municipalities },
    errors: [...errors, ...compared.errors],
    rows: { municipalities: compared.rows, councils: [] },
    ...(compared.gone.length === 0 ? {} : { listed: compared }),
  };
}

const municipality = z.custom<Municipality>((value) => typeof value === 'object' && value !== null);
const waiting = z.strictObject({
  day: z.iso.date(),
  gone: z.array(z.string()),
  begun: z.array(municipality),
  changed: z.array(municipality),
});
/** What a list says, as it waits in the form that asks who comes after whom. */
export type WaitingList = z.infer<typeof waiting>;

export function packList(list: WaitingList): string {
  return JSON.stringify(list);
}

export function unpackList(text: string): WaitingList | undefined {
  try {
    return waiting.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The name of the field that asks who comes after a municipality. */
export function afterField(code: string): string {
  return `after.${code}`;
}

function stem({ name }: Pick<Municipality, 'name'>): string {
  return Object.values(municipalityKinds).some((kind) => name.endsWith(kind)) ? name.slice(0, -1) : name;
}

/** Whom the list suggests: one of the same name and another kind, or the only new one. */
export function suggestedAfter(gone: Municipality, begun: readonly Municipality[]): string {
  const [only, ...others] = begun;
  const same = begun.find((each) => stem(each) === stem(gone));
  return same?.name ?? (others.length === 0 ? (only?.name ?? '') : '');
}

/** The plan that follows from who was said to come after whom. */
export function planOfList(
  { day, gone, begun, changed }: WaitingList,
  standing: Directory,
  text: PostedForm['text'],
): { readonly plan: WaitingPlan; readonly errors: readonly FieldError[] } {
  const left = new Set(gone);
  const after: Directory = {
    ...standing,
    municipalities: [...standing.municipalities.filter(({ code }) => !left.has(code)), ...begun],
  };
  const known = new Set(after.municipalities.map(({ code }) => code));
  const names = new Map(standing.municipalities.map(({ code, name }) => [code, name]));
  const errors: FieldError[] = [];
  const ended = gone.map((code): [string, string[]] => {
    const path = afterField(code);
    const read = readMunicipalities(after, text(path), path);
    errors.push(...read.errors);
    const name = names.get(code) ?? code;
    if (read.codes.length === 0)
      errors.push({ path, code: 'required', message: `「${name}」の後の市町村を入力してください。` });
    for (const each of read.codes)
      if (!known.has(each))
        errors.push({
          path,
          code: 'unknown-successor',
          message: `「${name}」の後の市町村「${each}」は、この一覧にありません。`,
        });
    return [code, read.codes];
  });
  return { plan: { day, ended, begun, changed }, errors };
}

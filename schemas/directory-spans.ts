/** From when until when the units of a directory are in force (有効開始・終了), and who comes after those that ended. */

import * as z from 'zod';
import { printPartialDate } from './values/partial-date.ts';

/** Fields of every unit; both days are in force themselves. Absent: since ever, or with no end known. */
export const span = {
  validFrom: z.iso.date().optional(),
  validTo: z.iso.date().optional(),
};

/** Who answers instead of a unit that ended: the units that it was merged into or divided between. */
export function successors<T extends z.core.$ZodType<string>>(code: T) {
  return z.array(code).min(1, { error: '合併等の後の団体がありません。' }).max(50).optional();
}

export interface Spanned {
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
}

interface Ending extends Spanned {
  readonly successors?: readonly string[] | undefined;
}

interface SpannedDirectory {
  readonly municipalities: readonly (Ending & { readonly code: string; readonly name: string })[];
  readonly councils: readonly (Ending & {
    readonly id: string;
    readonly name: string;
    readonly members: readonly string[];
  })[];
  readonly units?: readonly (Ending & { readonly code: string; readonly name: string })[] | undefined;
}

export function standsOn({ validFrom, validTo }: Spanned, day: string): boolean {
  return (validFrom === undefined || validFrom <= day) && (validTo === undefined || day <= validTo);
}

type Report = (path: (string | number)[], code: string, message: string) => void;

function endingFaults<T extends Ending & { readonly name: string }>(
  list: keyof SpannedDirectory,
  units: readonly T[],
  idOf: (unit: T) => string,
  report: Report,
): void {
  const known = new Map(units.map((unit) => [idOf(unit), unit]));
  units.forEach(({ name, validFrom, validTo, successors: after = [] }, index) => {
    if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
      report([list, index, 'validTo'], 'ends-before-start', `「${name}」の有効終了が、有効開始より前です。`);
    if (validTo === undefined && after.length > 0)
      report([list, index, 'successors'], 'not-ended', `「${name}」に後の団体がありますが、有効終了の日がありません。`);
    after.forEach((code, at) => {
      const successor = known.get(code);
      const path = [list, index, 'successors', at];
      if (successor === undefined)
        report(path, 'unknown-successor', `「${name}」の後の団体 ${code} は名簿にありません。`);
      else if (validTo !== undefined && successor.validTo !== undefined && successor.validTo <= validTo)
        report(
          path,
          'successor-ended',
          `「${name}」の後の団体「${successor.name}」は、その時にはもう有効ではありません。`,
        );
      if (after.indexOf(code) !== at) report(path, 'duplicate', `「${name}」の後の団体 ${code} が重複しています。`);
    });
  });
}

/** What in a directory contradicts the days of its units: whoever is in force afterwards, a council outlives none of its members. */
export function spanFaults({ municipalities, councils, units = [] }: SpannedDirectory, report: Report): void {
  endingFaults('municipalities', municipalities, ({ code }) => code, report);
  endingFaults('councils', councils, ({ id }) => id, report);
  endingFaults('units', units, ({ code }) => code, report);
  const known = new Map(municipalities.map((each) => [each.code, each]));
  councils.forEach(({ name, members, validTo }, index) => {
    members.forEach((code, at) => {
      const member = known.get(code);
      const end = member?.validTo;
      if (end !== undefined && (validTo === undefined || validTo > end))
        report(
          ['councils', index, 'members', at],
          'member-ended',
          `協議会「${name}」の構成市町村「${member?.name}」は${printPartialDate(end)}までです。合併等の後の市町村に改めるか、協議会の有効終了を同じ日までにしてください。`,
        );
    });
  });
}

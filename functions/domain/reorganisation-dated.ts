/** A reorganisation in every version that it holds in: the one in force on its day, and those planned for later. Pure. */

import type { Directory } from '../../schemas/directory.ts';
import { standingOn } from '../../schemas/directory-on-day.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';
import { reorganise, touchedCouncils } from './reorganisation.ts';
import type { Reorganisation } from './reorganisation.ts';
import type { ChangedVersion, HeldDirectory } from './directory-dated-edit.ts';

type ReorganisedVersions =
  | { readonly ok: true; readonly versions: readonly ChangedVersion[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** @param later the versions with a first day after that of the plan */
export function reorganiseFrom(
  inForce: Directory,
  later: readonly HeldDirectory[],
  plan: Reorganisation,
): ReorganisedVersions {
  const versions: ChangedVersion[] = [];
  const errors: FieldError[] = [];
  for (const { day, directory } of [{ day: plan.day, directory: inForce }, ...later]) {
    const made = reorganise(directory, plan);
    // What is said of the first is not said again of each later one.
    if (!made.ok && day === plan.day) return made;
    if (made.ok) versions.push({ day, before: directory, after: { ...made.directory, validFrom: day } });
    else
      errors.push(
        ...made.errors.map(({ message, ...error }) => ({
          ...error,
          message: `${printPartialDate(day)}からの名簿：${message}`,
        })),
      );
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, versions };
}

export interface CouncilQuestion {
  readonly id: string;
  readonly name: string;
  /** As it would be if it went on: the names of its members, and of who may answer for it. */
  readonly members: readonly string[];
  readonly leads: readonly { readonly code: string; readonly name: string }[];
  /** Its members were merged wholly into what other councils have too: it has to be chosen what becomes of it. */
  readonly isDoubled: boolean;
}

/** What is to be asked about the councils of a plan, and into which others they may be merged. */
export function councilQuestions(
  directory: Directory,
  plan: Pick<Reorganisation, 'day' | 'ended' | 'begun'>,
): { readonly questions: readonly CouncilQuestion[]; readonly targets: readonly { id: string; name: string }[] } {
  const names = new Map([...directory.municipalities, ...plan.begun].map(({ code, name }) => [code, name]));
  const nameOf = (code: string): string => names.get(code) ?? code;
  const replaced = (codes: readonly string[]): string[] => [
    ...new Set(codes.flatMap((code) => plan.ended.get(code) ?? [code])),
  ];
  const touched = touchedCouncils(directory, plan);
  const spelt = (members: readonly string[]): string => replaced(members).toSorted().join(' ');
  const standing = standingOn(directory, plan.day).councils;
  const alike = Map.groupBy(
    [...new Set([...standing, ...touched])].filter(({ ward }) => ward === undefined),
    ({ members }) => spelt(members),
  );
  return {
    questions: touched.map(({ id, name, members, lead, ward }) => {
      const leads = replaced([lead]);
      return {
        id,
        name,
        members: replaced(members).map(nameOf),
        leads: leads.map((code) => ({ code, name: nameOf(code) })),
        isDoubled: ward === undefined && (alike.get(spelt(members))?.length ?? 0) > 1,
      };
    }),
    targets: standing.map(({ id, name }) => ({ id, name })),
  };
}

/** Who may answer for the council that begins: all that come after who ended. */
export function leadsOfNew(plan: Pick<Reorganisation, 'ended'>): readonly string[] {
  return [...new Set([...plan.ended.values()].flat())];
}

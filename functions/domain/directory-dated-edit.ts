/**
 * An edit that holds from a day: made in the version in force on that day, and in those that come into force later only
 * where the officer says so. In each version only the fields that the officer changed are changed. Pure.
 */

import type { Directory } from '../../schemas/directory.ts';
import { isCouncilId } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';
import { isClassField } from './directory-description.ts';
import { unclearNames, applyEdit, asCodes, editFieldsOf, editKeys, newOne, removeFrom } from './directory-edits.ts';
import { councilIdFor } from './reorganisation.ts';
import type { Edited, EditedDirectory, EditFields } from './directory-edits.ts';

export interface HeldDirectory {
  readonly day: string;
  readonly version: number;
  readonly directory: Directory;
}

/** In which versions an edit is made. */
export interface Dates {
  readonly day: string;
  readonly inForce: Directory;
  readonly later: readonly HeldDirectory[];
  /** Whether the edit is to be made in the later version with a first day; absent where nothing was chosen. */
  readonly isWanted: (day: string) => boolean | undefined;
}

export interface DatedEdit extends Dates {
  readonly edited: Edited;
  readonly shown: Directory;
  /** As typed; none to take the unit out. */
  readonly typed: EditFields | undefined;
}

/** A version to be saved. */
export interface ChangedVersion {
  /** From which day it holds. */
  readonly day: string;
  readonly before: Directory;
  readonly after: Directory;
}

export type DatedEditResult =
  /** None where everything stands as typed already. */
  | { readonly ok: true; readonly versions: readonly ChangedVersion[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** The name of the question whether the edit is to be made in a later version too. */
export function alsoIn(day: string): string {
  return `also.${day}`;
}

function merged(own: EditFields, shown: EditFields | undefined, typed: EditFields): EditFields {
  const fields: { -readonly [Key in keyof EditFields]: EditFields[Key] } = { ...own };
  for (const key of [...editKeys, ...Object.keys(typed).filter(isClassField)])
    if (typed[key] !== shown?.[key]) fields[key] = typed[key] ?? '';
  return fields;
}

/** @param mayExist a new unit may be there already: it is in a version that somebody planned */
function editIn(directory: Directory, { edited, shown, typed }: DatedEdit, mayExist: boolean): EditedDirectory {
  if (typed === undefined) return removeFrom(directory, edited);
  const isNew = edited.id === newOne;
  // Names of municipalities may be others in another version; their codes are not.
  const wanted = asCodes(shown, edited, typed);
  const unit = isNew ? { ...edited, id: wanted.id } : edited;
  const own = editFieldsOf(directory, unit);
  if (own === undefined) return applyEdit(directory, edited, wanted);
  const before = isNew ? undefined : editFieldsOf(shown, unit);
  const fields = merged(asCodes(directory, unit, own), before && asCodes(shown, unit, before), wanted);
  const made = applyEdit(directory, unit, fields);
  // The same new one once more is a second press of the button; another one under its code is refused.
  const isTaken = isNew && !mayExist && made.ok && !sameAnswers(made.directory, directory);
  return isTaken ? applyEdit(directory, edited, wanted) : made;
}

/** A new council without an identifier gets one; that of its name where a first press of the button has made it. */
function identified({ edited, shown, inForce, typed, ...edit }: DatedEdit): DatedEdit {
  const same = { ...edit, edited, shown, inForce, typed };
  if (typed === undefined || edited.list !== 'council' || edited.id !== newOne || typed.id !== '') return same;
  const known = inForce.councils.find(({ name }) => name === typed.name)?.id;
  const lead = asCodes(shown, edited, typed).lead;
  // Without who answers it is refused anyway, for that.
  const id = known ?? councilIdFor(inForce, lead === '' ? newOne : lead);
  return { ...same, typed: { ...typed, id: isCouncilId(id) ? id : councilIdFor(inForce, newOne) } };
}

/** @param editIn the edit in one version: the one in force on the day, or a later one */
export function editDated(
  { day, inForce, later, isWanted }: Dates,
  editIn: (directory: Directory, isLater: boolean) => EditedDirectory,
): DatedEditResult {
  const made = editIn(inForce, false);
  if (!made.ok) return made;
  const errors: FieldError[] = [];
  const changed = (from: string, before: Directory, after: Directory): ChangedVersion => ({
    day: from,
    before,
    after: { ...after, validFrom: from },
  });
  const versions = sameAnswers(made.directory, inForce) ? [] : [changed(day, inForce, made.directory)];
  for (const { day: from, directory } of later) {
    const also = editIn(directory, true);
    if (also.ok && sameAnswers(also.directory, directory)) continue;
    const [wanted, path] = [isWanted(from), alsoIn(from)];
    const when = `${printPartialDate(from)}からの名簿`;
    if (wanted === undefined)
      errors.push({ path, code: 'required', message: `${when}にも同じ変更を加えるかどうかを選んでください。` });
    else if (wanted && also.ok) versions.push(changed(from, directory, also.directory));
    else if (wanted && !also.ok)
      errors.push(...also.errors.map(({ code, message }) => ({ path, code, message: `${when}：${message}` })));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, versions };
}

export function makeEdit(asked: DatedEdit): DatedEditResult {
  const edit = identified(asked);
  const { shown, typed } = edit;
  const unclear = typed === undefined ? [] : unclearNames(shown, edit.edited, typed);
  if (unclear.length > 0) return { ok: false, errors: unclear };
  return editDated(edit, (directory, isLater) => editIn(directory, edit, isLater));
}

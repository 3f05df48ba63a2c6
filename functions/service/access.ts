/** Finds what a path names and asks the authorisation table. Refusals are logged in the round they concern. */

import { askedUnits } from '../../schemas/asked-units.ts';
import { answeringUnits, unitsByCode } from '../../schemas/directory.ts';
import type { Directory, AnsweringUnit, ReportingUnit } from '../../schemas/directory.ts';
import { formerUnit, wholeOf } from '../../schemas/directory-on-day.ts';
import type { Form } from '../../schemas/form.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import {
  asReader,
  isAllowed,
  isSharedWith,
  maySeeRound,
  relationTo,
  relationToMunicipality,
  standingOf,
} from '../domain/authorisation.ts';
import type { Action, Person, Relation } from '../domain/authorisation.ts';
import { goneRound } from '../domain/disposal.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { formOf } from '../../schemas/round-forms.ts';
import type { Service } from './service.ts';

export interface FoundReturn {
  readonly round: Round;
  readonly form: Form;
  readonly unit: ReportingUnit;
  readonly key: ReturnKey;
  readonly relation: Relation;
  /** Keys of the sections that a guest may see; all when absent. */
  readonly sections?: readonly string[] | undefined;
}

/** What does not exist is 404 for the prefecture; a municipality is not told what exists. */
function absent(person: Person): ReturnType<typeof refused> {
  return refused(person.role === 'prefecture' ? 'not-found' : 'forbidden');
}

/** A round that is not there: gone, which everyone who signs in may know, or never heard of. */
async function absentRound({ store }: Service, person: Person, id: string): Promise<ReturnType<typeof refused>> {
  const disposal = await store.disposal(id);
  if (disposal === undefined) return absent(person);
  // A round that was removed may have been a draft, of which a municipality knows nothing.
  const isToldBy = disposal.removedBy === undefined || person.role === 'prefecture';
  return isToldBy ? goneRound(disposal) : refused('round-removed');
}

export async function findRound(service: Service, person: Person, id: string): Promise<Outcome<Round>> {
  const round = await service.store.round(id);
  if (round === undefined) return absentRound(service, person, id);
  return maySeeRound(person, round) ? done(round) : absent(person);
}

/** A municipality of today's directory, or another unit that answers itself, if the person may do that with it. */
export async function findMunicipality(
  { store }: Service,
  person: Person,
  action: Action,
  code: string,
): Promise<Outcome<AnsweringUnit>> {
  const today = await store.currentDirectory();
  const found = today && answeringUnits(today.directory).find((each) => each.code === code);
  if (found === undefined) return absent(person);
  return isAllowed(relationToMunicipality(person, code), action) ? done(found) : refused('forbidden');
}

/**
 * The relation by today's directory; for a unit that is gone by today, by the directory of the round.
 *
 * @param directories today's, if there is one, before the round's
 */
export function relationIn(directories: readonly Directory[], person: Person, form: Form, unit: string): Relation {
  const all = [...directories, ...directories.map(wholeOf)];
  const directory = all.find((each) => unitsByCode(each, form.units).has(unit));
  return directory === undefined ? standingOf(person) : relationTo(person, form, unit, directory, directories[0]);
}

type Params = Readonly<Record<string, string>>;

interface NamedReturn {
  readonly key: ReturnKey;
  readonly read: Promise<readonly [Round | undefined, { readonly directory: Directory } | undefined]>;
}

/**
 * Asks for a return and for all that says who may have it, at once: with what else is asked for in the same turn, such as
 * whether the person was signed out meanwhile, it is one request.
 *
 * @param idempotencyKey of a submission
 */
export function nameReturn(
  { store }: Service,
  { round = '', form = '', unit = '' }: Params,
  idempotencyKey?: string,
): NamedReturn {
  const key = { round, form, unit };
  store.readAhead(key, idempotencyKey);
  const read = Promise.all([store.round(round), store.currentDirectory()]);
  // Where the person may not enter, nobody comes for it.
  read.catch(() => undefined);
  return { key, read };
}

interface Finding {
  readonly named?: NamedReturn | undefined;
  /** On the pages of a return, the prefecture's officer answers it while it is entered there for the unit. */
  readonly isAnswering?: boolean;
}

async function relationOnPages({ returns }: Service, key: ReturnKey, own: Relation): Promise<Relation> {
  if (!isAllowed(own, 'return.onBehalf')) return own;
  const read = await returns.readDraft(key);
  return read.ok && read.value.standing.proxy !== undefined ? 'proxy' : own;
}

/** The return that a path names, if the person may do that with it. */
export async function findReturn(
  service: Service,
  person: Person,
  action: Action,
  params: Params,
  { named: { key, read } = nameReturn(service, params), isAnswering = false }: Finding = {},
): Promise<Outcome<FoundReturn>> {
  const { section, path } = params;
  const { round: roundId, form: formId, unit: code } = key;
  const [round, current] = await read;
  if (round === undefined) return absentRound(service, person, roundId);
  if (!maySeeRound(person, round)) return absent(person);
  const form = formOf(service.forms, round, formId);
  const pinned = await service.store.directoryOfRound(round);
  const directories = [...(current === undefined ? [] : [current.directory]), pinned];
  const isKnown = form !== undefined && directories.some((each) => unitsByCode(each, form.units).has(code));
  const refuse = async (refusal: ReturnType<typeof refused>): Promise<Outcome<FoundReturn>> => {
    // What nobody was asked is text of whoever called, which the log does not repeat.
    await recordRefusal(service, round.id, person.name, action, refusal.problem.code, isKnown ? key : undefined);
    return refusal;
  };
  // Asked by the round, and unknown to a release that is older than it: nothing that the person did.
  if (form === undefined)
    return refuse(Object.hasOwn(round.forms, formId) ? refused('form-not-deployed') : absent(person));
  const asked = askedUnits(pinned, round, form).get(code);
  const unit = asked ?? formerUnit(pinned, form.units, code);
  if (unit === undefined) return refuse(absent(person));
  const { share } = person;
  if (share !== undefined) {
    if (!isSharedWith(share, key, section ?? path?.split('.')[0])) return refuse(refused('forbidden'));
    const open = await service.shares.openShare(key, share.id);
    if (!open.ok) return refuse(refused('share-ended'));
  }
  const own = share === undefined ? relationIn(directories, person, form, code) : 'guest';
  const relation = isAnswering ? await relationOnPages(service, key, own) : own;
  if (!isAllowed(relation, action)) return refuse(refused('forbidden'));
  const found = { round, form: form.knowing({ unit }), unit, key, sections: share?.sections };
  if (asked !== undefined) return done({ ...found, relation });
  const reading = asReader(relation);
  return isAllowed(reading, action) ? done({ ...found, relation: reading }) : refuse(refused('unit-ended'));
}

/** The log of a round tells who wanted to do what and was refused; of which return, where one was asked for. */
export async function recordRefusal(
  service: Service,
  round: string,
  actor: string,
  action: Action,
  code: ProblemCode = 'forbidden',
  key?: ReturnKey,
): Promise<void> {
  await service.recordAccess(round, {
    what: 'refused',
    actor,
    ...(key === undefined ? {} : { return: { form: key.form, unit: key.unit } }),
    code,
    action,
  });
}

/** The log also tells who, other than its editors, looked at a return. */
export async function recordView(
  service: Service,
  { name }: Person,
  { round, form, unit }: ReturnKey,
  version?: number,
): Promise<void> {
  await service.recordAccess(round, {
    what: 'viewed',
    actor: name,
    return: { form, unit },
    ...(version === undefined ? { path: 'draft' } : { version }),
  });
}

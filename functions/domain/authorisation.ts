/**
 * Who may do what: the one table. A person acts as the prefecture or as municipalities; what a municipality may do with
 * a return depends on its relation to the unit, by today's directory.
 */

import type { Directory, UnitKind } from '../../schemas/directory.ts';
import { unitsByCode } from '../../schemas/directory.ts';
import { successorsIn } from '../../schemas/directory-on-day.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import type { RoundDefinition } from '../../schemas/round.ts';

export type Rank = 'admin' | 'reader';

export interface Person {
  /** Stable identifier from the token's subject. */
  readonly id: string;
  /** What the log shows. */
  readonly name: string;
  readonly role: 'prefecture' | 'municipality';
  /** Of the prefecture's people, who manages its accounts (管理者) or reads alone (閲覧); none for those in charge (担当). */
  readonly rank?: Rank | undefined;
  /** The municipalities a person acts for; empty for the prefecture. */
  readonly units: readonly string[];
  /** Municipalities that a person acts for with one form alone, as a division (課) that answers no other. */
  readonly divisions?: readonly Division[] | undefined;
  /** The one return that a colleague came for by a link, without an account. */
  readonly share?: SharedWith | undefined;
}

interface Division {
  readonly unit: string;
  readonly form: string;
}

export interface SharedWith extends ReturnKey {
  readonly id: string;
  /** Keys of the sections that were shared; all when absent. */
  readonly sections?: readonly string[] | undefined;
}

/**
 * `admin`, `prefecture` and `reader`: the prefecture's people, each of whom may do what the next lower may; `editor`: the unit itself or the council's lead; `member`: a municipality of the council; `guest`: a colleague with whom
 * the editor shared it; `proxy`: the prefecture's officer on the pages of a return while it is entered there for the unit
 * (代理入力); `stranger`: any other.
 */
export type Relation = Rank | 'prefecture' | 'editor' | 'member' | 'guest' | 'proxy' | 'stranger';

/** The ranks of the prefecture from the lowest; the table names the lowest that may. */
const ranks: readonly Relation[] = ['reader', 'prefecture', 'admin'];

const table = {
  'catalogue.read': ['reader', 'editor', 'member', 'stranger'],
  'catalogue.write': ['prefecture'],
  'directory.read': ['reader', 'editor', 'member', 'stranger'],
  'directory.write': ['prefecture'],
  'contacts.read': ['reader', 'editor'],
  'contacts.write': ['prefecture', 'editor'],
  'rounds.read': ['reader', 'editor', 'member', 'stranger'],
  'rounds.write': ['prefecture'],
  'tracker.read': ['reader', 'editor', 'member', 'stranger'],
  'prefecture.read': ['reader'],
  'return.read': ['reader', 'editor', 'member', 'proxy'],
  'return.edit': ['editor', 'proxy'],
  'section.read': ['reader', 'editor', 'member', 'guest', 'proxy'],
  'section.edit': ['editor', 'guest', 'proxy'],
  'return.share': ['editor'],
  'return.approve': ['editor'],
  'comment.write': ['editor', 'guest'],
  'comment.remove': ['editor'],
  'question.read': ['reader', 'editor'],
  'question.ask': ['editor'],
  'question.answer': ['prefecture'],
  'return.submit': ['editor', 'proxy'],
  'return.decide': ['prefecture'],
  'return.except': ['prefecture'],
  'return.onBehalf': ['prefecture'],
  'summary.read': ['reader'],
  'exports.read': ['reader'],
  'exports.run': ['prefecture'],
  'exports.publish': ['prefecture'],
  'editions.withdraw': ['prefecture'],
  'publicAddress.write': ['prefecture'],
  'reportSettings.read': ['reader'],
  'reportSettings.write': ['prefecture'],
  'mails.read': ['reader'],
  'mails.send': ['prefecture'],
  'log.read': ['reader'],
  'notes.read': ['reader'],
  'notes.write': ['prefecture'],
  'accounts.manage': ['admin'],
} as const satisfies Record<string, readonly Relation[]>;

export type Action = keyof typeof table;

export function isAllowed(relation: Relation, action: Action): boolean {
  const allowed: readonly Relation[] = table[action];
  const rank = ranks.indexOf(relation);
  return rank < 0 ? allowed.includes(relation) : ranks.slice(0, rank + 1).some((each) => allowed.includes(each));
}

/** What is left of a relation to a return that may only be read: that of a unit that ended. */
export function asReader(relation: Relation): Relation {
  if (relation === 'proxy' || ranks.includes(relation)) return 'reader';
  return relation === 'guest' ? 'stranger' : relation === 'editor' ? 'member' : relation;
}

/** Whether somebody may use the site at all: what it is open to comes before what the table allows. */
export function mayEnter(openTo: OpenTo, { role }: Person): boolean {
  return openTo === 'everyone' || role === 'prefecture';
}

/** A round that is being prepared is there for the prefecture alone. */
export function maySeeRound({ role }: Pick<Person, 'role'>, { draft }: Pick<RoundDefinition, 'draft'>): boolean {
  return role === 'prefecture' || draft === undefined;
}

export function standingOf({ role, rank, share }: Person): Relation {
  if (share !== undefined) return 'guest';
  return role === 'prefecture' ? (rank ?? 'prefecture') : 'stranger';
}

/** Whether a return, or a section of it, is what was shared. */
export function isSharedWith(share: SharedWith, key: ReturnKey, section: string | undefined): boolean {
  const isSame = share.round === key.round && share.form === key.form && share.unit === key.unit;
  return isSame && (section === undefined || share.sections === undefined || share.sections.includes(section));
}

/** The form is told by its id and by who answers it. */
interface AnsweredForm {
  readonly id: string;
  readonly units: UnitKind;
}

function actsFor({ units, divisions = [] }: Person, { id }: AnsweredForm, municipality: string): boolean {
  return units.includes(municipality) || divisions.some(({ unit, form }) => unit === municipality && form === id);
}

/**
 * A municipality that ended acts no longer; whoever came after it acts in its place.
 *
 * @param directory the one that has the unit: today's, or that of a round for a unit that is gone by today
 */
export function relationTo(
  person: Person,
  form: AnsweredForm,
  unit: string,
  directory: Directory,
  today = directory,
): Relation {
  if (person.role === 'prefecture') return standingOf(person);
  const known = unitsByCode(directory, form.units).get(unit);
  if (known === undefined) return 'stranger';
  const acts = (municipality: string): boolean =>
    successorsIn(today, municipality).some((each) => actsFor(person, form, each));
  if (acts(known.editor)) return 'editor';
  // A unit that answers itself shows its return to no municipality, the one that it is in included.
  if (known.editor === unit) return 'stranger';
  return known.members.some(acts) ? 'member' : 'stranger';
}

/** To a municipality itself, whatever it answers: a division that answers one form does not act for all of it. */
export function relationToMunicipality(person: Person, municipality: string): Relation {
  if (person.role === 'prefecture') return standingOf(person);
  return person.units.includes(municipality) ? 'editor' : 'stranger';
}

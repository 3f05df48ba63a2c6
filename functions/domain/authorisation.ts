/**
 * Who may do what: the one table. A person acts as the prefecture or as municipalities; what a municipality may do with
 * a return depends on its relation to the unit, by today's directory.
 */

import type { Directory, UnitKind } from '../../schemas/directory.ts';
import { unitsByCode } from '../../schemas/directory.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import type { RoundDefinition } from '../../schemas/round.ts';

export interface Person {
  /** Stable identifier from the token's subject. */
  readonly id: string;
  /** What the log shows. */
  readonly name: string;
  readonly role: 'prefecture' | 'municipality';
  /** The municipalities a person acts for; empty for the prefecture. */
  readonly units: readonly string[];
}

/** `editor`: the unit itself or the council's lead; `member`: a municipality of the council; `stranger`: any other. */
export type Relation = 'prefecture' | 'editor' | 'member' | 'stranger';

const table = {
  'catalogue.read': ['prefecture', 'editor', 'member', 'stranger'],
  'catalogue.write': ['prefecture'],
  'directory.read': ['prefecture', 'editor', 'member', 'stranger'],
  'directory.write': ['prefecture'],
  'rounds.read': ['prefecture', 'editor', 'member', 'stranger'],
  'rounds.write': ['prefecture'],
  'tracker.read': ['prefecture', 'editor', 'member', 'stranger'],
  'return.read': ['prefecture', 'editor', 'member'],
  'return.edit': ['editor'],
  'return.submit': ['editor'],
  'return.decide': ['prefecture'],
  'summary.read': ['prefecture'],
  'exports.read': ['prefecture'],
  'exports.run': ['prefecture'],
  'exports.publish': ['prefecture'],
  'reportSettings.read': ['prefecture'],
  'reportSettings.write': ['prefecture'],
  'log.read': ['prefecture'],
} as const satisfies Record<string, readonly Relation[]>;

export type Action = keyof typeof table;

export function isAllowed(relation: Relation, action: Action): boolean {
  const allowed: readonly Relation[] = table[action];
  return allowed.includes(relation);
}

/** Whether somebody may use the site at all: what it is open to comes before what the table allows. */
export function mayEnter(openTo: OpenTo, { role }: Person): boolean {
  return openTo === 'everyone' || role === 'prefecture';
}

/** A round that is being prepared is there for the prefecture alone. */
export function maySeeRound({ role }: Pick<Person, 'role'>, { draft }: Pick<RoundDefinition, 'draft'>): boolean {
  return role === 'prefecture' || draft === undefined;
}

export function standingOf({ role }: Person): Relation {
  return role === 'prefecture' ? 'prefecture' : 'stranger';
}

export function relationTo(person: Person, kind: UnitKind, unit: string, today: Directory): Relation {
  if (person.role === 'prefecture') return 'prefecture';
  const known = unitsByCode(today, kind).get(unit);
  if (known === undefined) return 'stranger';
  if (person.units.includes(known.editor)) return 'editor';
  return known.members.some((member) => person.units.includes(member)) ? 'member' : 'stranger';
}

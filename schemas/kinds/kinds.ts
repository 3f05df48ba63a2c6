/** The question kinds: the only list of them. A new kind is a module of this folder and a line here. */

import { choiceKind } from './choice.ts';
import { choicesKind } from './choices.ts';
import { computedKind } from './computed.ts';
import { countKind } from './count.ts';
import { countsKind } from './counts.ts';
import { dateKind } from './date.ts';
import { decimalKind } from './decimal.ts';
import { fileKind } from './file.ts';
import { fiscalYearsKind } from './fiscal-years.ts';
import { frequencyKind } from './frequency.ts';
import { groupKind } from './group.ts';
import type { Kind } from './kind.ts';
import { listKind } from './list.ts';
import { matrixKind } from './matrix.ts';
import { municipalitiesKind } from './municipalities.ts';
import { rangeKind } from './range.ts';
import { rankingKind } from './ranking.ts';
import { referenceKind } from './reference.ts';
import { textKind } from './text.ts';
import { textsKind } from './texts.ts';

const kinds = {
  choice: choiceKind,
  choices: choicesKind,
  ranking: rankingKind,
  municipalities: municipalitiesKind,
  count: countKind,
  decimal: decimalKind,
  computed: computedKind,
  text: textKind,
  texts: textsKind,
  date: dateKind,
  range: rangeKind,
  frequency: frequencyKind,
  fiscalYears: fiscalYearsKind,
  reference: referenceKind,
  file: fileKind,
  list: listKind,
  group: groupKind,
  matrix: matrixKind,
  counts: countsKind,
};

export type KindName = keyof typeof kinds;

/** The definition of a question of one kind. */
export type DefinitionOf<K extends KindName> = Parameters<(typeof kinds)[K]>[0];

export type Definition = DefinitionOf<KindName>;

/** With its kind told by the name. */
export type Named<K extends KindName> = { [P in K]: { readonly kind: P } & DefinitionOf<P> }[K];

/** The same list, with each kind tied to its own definition. */
const byName: { readonly [K in KindName]: (definition: Named<K>) => Kind } = kinds;

function made<K extends KindName>(definition: Named<K>): Kind {
  return byName[definition.kind](definition);
}

const known = new WeakMap<Definition, Kind>();

/** What follows from a definition; worked out once. */
export function kindOf(definition: Definition): Kind {
  const kind = known.get(definition) ?? made(definition);
  known.set(definition, kind);
  return kind;
}

/**
 * The questions of a document as expressions see them, even of one that is refused for something else: so that what is
 * wrong with its expressions is told at the same time.
 */

import { strictest } from '../form-visibility.ts';
import { ruleKind } from './rule-kinds.ts';
import type { Options, Visibility } from '../kinds/question.ts';
import type { RuleQuestion } from '../rules/questions.ts';
import { usualVisibility } from './normal.ts';
import { placesOf, textOf } from './places.ts';
import type { Place } from './places.ts';

interface Around {
  readonly keys: readonly string[];
  readonly visibility: Visibility;
}

function visibilityOf({ kind, value }: Place): Visibility {
  const { visibility } = value;
  if (visibility === 'open' || visibility === 'tally' || visibility === 'internal') return visibility;
  return usualVisibility(kind);
}

function optionsOf({ options }: Place): Options | undefined {
  return options === undefined ? undefined : Object.fromEntries(options.map(({ key, label }) => [key, label]));
}

function questionOf(place: Place, around: Around): RuleQuestion {
  const { id, key, value, children } = place;
  const keys = [...around.keys, key];
  const visibility = strictest(around.visibility, visibilityOf(place));
  const hasColumns = place.kind === 'count' && children.length > 0;
  const kind = ruleKind(hasColumns ? 'counts' : place.kind, optionsOf(place));
  const inside = { keys: kind.nesting === 'entries' ? [] : keys, visibility };
  const number = textOf(value['number']);
  return {
    id,
    key,
    keys,
    visibility,
    definition: {
      label: place.label,
      required: value['required'] === true,
      ...(number === '' ? {} : { number }),
    },
    kind,
    children: children.map((child) => questionOf(child, inside)),
  };
}

export function ruleQuestions(document: unknown): RuleQuestion[] {
  return placesOf(document).map((section) => questionOf(section, { keys: [], visibility: 'open' }));
}

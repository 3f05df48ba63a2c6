/**
 * What the script of a page has to know to judge it as the server does, besides what stands in the fields: answers that
 * are asked for on other pages, and what is known of the round. Pure.
 */

import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers, Json, Reasons } from '../../../schemas/return.ts';
import type { Round } from '../../../schemas/round.ts';
import { sameAnswers } from '../../../schemas/same-answers.ts';
import { isObject, valueAt } from '../../domain/answers.ts';
import type { JsonObject } from '../../domain/answers.ts';
import { isInside } from '../answering/findings.ts';
import { answersAt, partAnswers, withAnswersAt } from '../answering/place.ts';
import type { EditedPlace } from '../answering/place.ts';
import type { PageAddress } from '../answering/where.ts';
import { isFolded } from '../posted/folding.ts';
import type { Posted } from '../posted/posted.ts';
import { readPosted } from '../posted/read.ts';
import { withAnswer, withPart } from './place-answers.ts';

/** A stored answer that the fields do not say, by the keys that lead to it from the page's questions; none for no answer. */
export type Unlike = readonly [keys: readonly string[], answer?: Json];

export interface Here {
  readonly address: PageAddress;
  readonly unit: string;
  readonly round: Round;
  /** Codes that may be chosen; none where the page has no such question. */
  readonly municipalities: readonly string[];
  /** Those given so far, of the checks of this page. */
  readonly reasons: Reasons;
  readonly withMissing: boolean;
  /** Answers of other pages that conditions and edit checks read. */
  readonly around: Answers;
  readonly unlike: readonly Unlike[];
  /** The same part in the last accepted return. */
  readonly previous?: Answers | undefined;
  /** Whether everything that edit checks read is on the page or said here. */
  readonly isWhole: boolean;
}

/** About how many characters a page has left for this. */
const mostCharacters = 10_000;

type Keeps = 'entries' | 'ids';

/** Nothing reads the texts of another page; of a long list only its entries' ids are kept. */
function briefAnswer({ definition, children }: Item, answer: Json, keeps: Keeps): Json | undefined {
  if (definition.kind === 'text' || definition.kind === 'texts') return undefined;
  if (definition.kind === 'group') return isObject(answer) ? brief(children, answer, keeps) : answer;
  if (definition.kind !== 'list' || !Array.isArray(answer)) return answer;
  return answer.map((entry) => (isObject(entry) ? { id: entry['id'], ...(keeps === 'ids' ? {} : brief(children, entry, keeps)) } : entry));
}

function brief(items: readonly Item[], value: JsonObject, keeps: Keeps): JsonObject {
  return Object.fromEntries(
    items.flatMap((item): [string, Json][] => {
      const answer = value[item.key];
      const kept = answer === undefined ? undefined : briefAnswer(item, answer, keeps);
      return kept === undefined ? [] : [[item.key, kept]];
    }),
  );
}

function unlikeFields(items: readonly Item[], shown: JsonObject, stored: JsonObject, keeps: Keeps, before: readonly string[] = []): Unlike[] {
  return items.flatMap((item): Unlike[] => {
    const [a, b] = [shown[item.key], stored[item.key]];
    const keys = [...before, item.key];
    if (sameAnswers(a, b)) return [];
    if (item.definition.kind === 'group')
      return unlikeFields(item.children, isObject(a) ? a : {}, isObject(b) ? b : {}, keeps, keys);
    if (b === undefined) return [[keys]];
    return [[keys, isFolded(item, b) ? briefAnswer(item, b, keeps) : b]];
  });
}

/** The questions outside a section that say which of its questions are asked. */
function controlling(section: Item): Item[] {
  const found = new Set<Item>();
  const follow = ({ conditions, children }: Item): void => {
    for (const { on } of conditions) {
      if (on.id.split('.')[0] !== section.key) found.add(on);
      follow({ ...on, children: [] });
    }
    for (const child of children) follow(child);
  };
  follow(section);
  return [...found];
}

function asksForMunicipalities({ definition, children }: Item): boolean {
  return definition.kind === 'municipalities' || children.some(asksForMunicipalities);
}

function hasChecks({ definition, children }: Item): boolean {
  const own = definition.kind === 'list' ? [...definition.checks, ...definition.entryChecks] : definition.kind === 'group' ? definition.checks : [];
  return own.length > 0 || children.some(hasChecks);
}

/** The answers of the part in brief. */
function partInBrief(answers: Answers, { section, part }: EditedPlace, keeps: Keeps): JsonObject | undefined {
  const stored = partAnswers(answers, part);
  return isObject(stored) ? brief(section.children, stored, keeps) : undefined;
}

/** The part around an entry that has a page of its own, the entry left out but for its place among the others. */
function partAround(answers: Answers, place: EditedPlace, keeps: Keeps): Answers {
  const id = place.inside.at(-1);
  const kept = id === undefined ? undefined : partInBrief(answers, place, keeps);
  if (id === undefined || kept === undefined) return {};
  const around = withPart({}, place, kept);
  return withPart({}, place, withAnswersAt(around, place, { id }));
}

export interface HereFacts {
  readonly form: Form;
  readonly place: EditedPlace;
  readonly address: PageAddress;
  /** What the fields show. */
  readonly post: Posted;
  readonly answers: Answers;
  readonly reasons: Reasons;
  readonly previous: Answers | undefined;
  readonly unit: string;
  readonly round: Round;
  readonly municipalities: readonly string[];
  readonly withMissing: boolean;
}

function written({ place, address, post, answers, reasons, previous, unit, round, municipalities, withMissing }: HereFacts, keeps: Keeps): Here {
  const { section, items, base } = place;
  const shown = readPosted(items, post, base).value;
  let around = partAround(answers, place, keeps);
  for (const { keys } of controlling(section)) {
    const answer = valueAt(answers, keys);
    if (answer !== undefined) around = withAnswer(around, keys, answer);
  }
  const before = previous === undefined || !hasChecks(section) ? undefined : partInBrief(previous, place, keeps);
  return {
    address,
    unit,
    round,
    municipalities: asksForMunicipalities(section) ? municipalities : [],
    reasons: Object.fromEntries(Object.entries(reasons).filter(([key]) => isInside(key, base))),
    withMissing,
    around,
    unlike: unlikeFields(items, shown, answersAt(answers, place) ?? {}, keeps),
    previous: before && withPart({}, place, before),
    isWhole: keeps === 'entries',
  };
}

/** As much as a page has room for. */
export function hereOf(facts: HereFacts): Here {
  const whole = written(facts, 'entries');
  return JSON.stringify(whole).length <= mostCharacters ? whole : written(facts, 'ids');
}

/** What the layout of a report names and the questionnaire does not have. */

import type { Json, JsonObject } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import type { FieldError } from '../problem.ts';
import { objectsIn, textOf } from './places.ts';
import type { Place } from './places.ts';

interface Known {
  readonly questions: ReadonlyMap<string, Place>;
  readonly sections: ReadonlySet<string>;
  readonly measures: ReadonlySet<string>;
}

function named(value: Json | undefined, path: string): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.map((each, index): [string, string] => [`${path}.${index}`, textOf(each)]);
}

function unknownQuestion(path: string, name: string, { questions }: Known): FieldError[] {
  if (name === '' || questions.has(name)) return [];
  return [{ path, code: 'unknown-question', message: `「${name}」という設問はありません。` }];
}

function unknownOption(path: string, question: string, option: string, { questions }: Known): FieldError[] {
  const place = questions.get(question);
  if (option === '' || place === undefined || place.options?.some(({ key }) => key === option) === true) return [];
  return [{ path, code: 'unknown-option', message: `設問「${question}」に選択肢「${option}」はありません。` }];
}

/** Members by these names are ids of questions, wherever in a part they stand; `by` names one or a measure. */
function questionsOf(part: JsonObject, path: string): [string, string][] {
  return Object.entries(part).flatMap(([key, value]): [string, string][] => {
    const at = `${path}.${key}`;
    if (key === 'question') return [[at, textOf(value)]];
    if (key === 'by' && part['kind'] === 'headline') return [[at, textOf(value)]];
    if (key === 'questions') return named(value, at);
    if (isObject(value)) return questionsOf(value, at);
    return objectsIn(value, at).flatMap(([inner, each]) => questionsOf(each, inner));
  });
}

function measuresOf(part: JsonObject, path: string): [string, string][] {
  const names: [string, string][] = [[`${path}.measure`, textOf(part['measure'])]];
  return part['kind'] === 'units' ? [...names, [`${path}.by`, textOf(part['by'])]] : names;
}

function partFaults(part: JsonObject, path: string, known: Known): FieldError[] {
  const question = textOf(part['question']);
  const { first } = part;
  return [
    ...questionsOf(part, path).flatMap(([at, name]) => unknownQuestion(at, name, known)),
    ...measuresOf(part, path)
      .filter(([, name]) => name !== '' && !known.measures.has(name))
      .map(([at, name]) => ({ path: at, code: 'unknown-measure', message: `「${name}」という集計はありません。` })),
    ...unknownOption(`${path}.option`, question, textOf(part['option']), known),
    ...(isObject(first) ? unknownOption(`${path}.first.option`, question, textOf(first['option']), known) : []),
  ];
}

export function reportFaults(document: JsonObject, places: readonly Place[]): FieldError[] {
  const { report } = document;
  if (!isObject(report)) return [];
  const known: Known = {
    questions: new Map(places.map((place) => [place.id, place])),
    sections: new Set(places.filter(({ parent }) => parent === undefined).map(({ key }) => key)),
    measures: new Set(objectsIn(document['measures'], 'measures').map(([, { id }]) => textOf(id))),
  };
  return objectsIn(report['headings'], 'report.headings').flatMap(([path, heading]) => [
    ...named(heading['sections'], `${path}.sections`)
      .filter(([, name]) => name !== '' && !known.sections.has(name))
      .map(([at, name]) => ({ path: at, code: 'unknown-section', message: `「${name}」という区分はありません。` })),
    ...named(heading['tablesOnly'], `${path}.tablesOnly`).flatMap(([at, name]) => unknownQuestion(at, name, known)),
    ...objectsIn(heading['parts'], `${path}.parts`).flatMap(([at, part]) => partFaults(part, at, known)),
  ]);
}

/** Answers to every question of a form at once, those that are not public ones marked. */

import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/values/json.ts';

/** What an answer that may not become public carries. */
export const mark = 'MARK';
/** Numbers have no room for letters. */
export const markedNumber = 987_654_321;

/** One answer to every question, whatever the conditions say; entries are withheld where the form withholds any. */
export function markedAnswers(form: Pick<Form, 'sections'>, code: string): Answers {
  let marks = 0;

  function answer(item: Item): Json {
    const { definition, children, visibility } = item;
    const marked = visibility !== 'open';
    marks += 1;
    const word = marked ? `${mark}-${marks}` : `word-${marks}`;
    const number = marked ? markedNumber : 1;
    switch (definition.kind) {
      case 'choice':
        return Object.keys(definition.options)[0] ?? '';
      case 'choices':
        return Object.keys(definition.options);
      case 'ranking':
        return Object.keys(definition.options).slice(0, definition.places);
      case 'municipalities':
        return [code];
      case 'count':
      case 'decimal':
      case 'computed':
        return number;
      case 'text':
      case 'date':
      case 'reference':
        return word;
      case 'texts':
        return [word];
      case 'file':
        return [{ name: `${word}.pdf`, type: 'application/pdf', bytes: number, sha256: word }];
      case 'range':
        return { min: number, max: number };
      case 'frequency':
        return { per: 'month', times: { min: number, max: number } };
      case 'fiscalYears':
        return { from: number, to: number };
      case 'list': {
        const withheld = Object.entries(definition.withheld ?? {}).map(([key, value]) => [
          key,
          [value].flat()[0] ?? '',
        ]);
        const shown = { id: 'shown', ...fields(children) };
        return withheld.length === 0
          ? [shown]
          : [shown, { id: `${mark}-withheld`, ...fields(children), ...Object.fromEntries(withheld) }];
      }
      case 'group':
      case 'matrix':
      case 'counts':
        return fields(children);
    }
  }

  function fields(items: readonly Item[]): { [key: string]: Json } {
    return Object.fromEntries(items.map((item) => [item.key, answer(item)]));
  }

  return fields(form.sections);
}

/** Paths of questions as people and errors write them: keys, with list entries by their names. */

import type { Item } from '../../schemas/form.ts';

function leadsToQuestion(items: readonly Item[], [key, ...rest]: readonly string[]): boolean {
  const item = items.find((each) => each.key === key);
  if (item === undefined) return false;
  if (rest.length === 0) return true;
  if (item.kind.nesting === 'fields') return leadsToQuestion(item.children, rest);
  if (item.kind.nesting === 'lines') return rest.length === 1;
  if (item.kind.nesting !== 'entries') return false;
  const [, ...inside] = rest;
  return inside.length === 0 || leadsToQuestion(item.children, inside);
}

/** Whether a path leads to a question, a section or an entry of the form; whether the entry exists is not judged. */
export function isQuestionPath(sections: readonly Item[], path: string): boolean {
  return leadsToQuestion(sections, path.split('.'));
}

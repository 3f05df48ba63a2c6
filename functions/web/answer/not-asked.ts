/** Why nothing is asked on the page of a section. */

import type { Item } from '../../../schemas/form.ts';
import { conditionText } from '../../domain/question-facts.ts';

/** As many conditions are told. */
const mostTold = 3;

/** The section, or those of its questions that depend on nothing inside it: the others follow from them. */
function deciding(section: Item): readonly Item[] {
  if (conditionText(section) !== '') return [section];
  return section.children.filter(
    (item) => conditionText(item) !== '' && item.conditions.every(({ on }) => !on.id.startsWith(`${section.key}.`)),
  );
}

/** 「設置」が「設置済」の場合に回答する項目です。 Empty where no condition is. */
export function whyNotAsked(section: Item): string {
  const told = [...new Set(deciding(section).map((item) => conditionText(item)))];
  if (told.length === 0) return '';
  return `${told.slice(0, mostTold).join('、又は')}${told.length > mostTold ? '等' : ''}に回答する項目です。`;
}

/** The questions that it depends on. */
export function questionsBefore(section: Item): readonly Item[] {
  const before = deciding(section).flatMap(({ conditions }) => conditions.map(({ on }) => on));
  return [...new Set(before)].slice(0, mostTold);
}

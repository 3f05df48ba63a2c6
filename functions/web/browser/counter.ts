/** How many characters a long text has, and when they are too many; without a script the limit stands above the field. */

/// <reference lib="dom" />

import { codePoints } from '../../../schemas/values/text.ts';

function paragraph(properties: Partial<HTMLParagraphElement>): HTMLParagraphElement {
  return Object.assign(document.createElement('p'), properties);
}

/** The number is for the eye alone: read out at each key it would be in the way. That it is too large is read out once. */
function keepCount(field: HTMLTextAreaElement, limit: number): void {
  const counter = paragraph({ className: 'counter', ariaHidden: 'true' });
  const warning = paragraph({ className: 'visually-hidden', role: 'status' });
  const count = (): void => {
    const length = codePoints(field.value);
    const over = length - limit;
    counter.textContent = over > 0 ? `${length}／${limit}文字（${over}文字超過）` : `${length}／${limit}文字`;
    counter.classList.toggle('counter--over', over > 0);
    const said = over > 0 ? `${limit}文字を超えています。` : '';
    if (warning.textContent !== said) warning.textContent = said;
  };
  count();
  field.after(counter, warning);
  field.addEventListener('input', count);
}

export function countCharacters(part: HTMLElement): void {
  for (const field of part.querySelectorAll<HTMLTextAreaElement>('textarea[data-limit]'))
    keepCount(field, Number(field.dataset['limit']));
}

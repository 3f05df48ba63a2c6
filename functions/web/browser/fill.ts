/** A text from a spreadsheet, put into the field of a cell as its kind takes it. */

/// <reference lib="dom" />

import { readField } from './readings.ts';

const yes = /^[○〇◯●✓✔レ1]$|^TRUE$|^はい$/i;
const no = /^$|^[×✕✗－ー-]$|^0$|^FALSE$|^いいえ$/i;

function alike(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '');
}

function labelOf(box: HTMLInputElement): string {
  return alike(box.closest('label')?.textContent ?? '');
}

/** Of a cell with one box, the heading above; its name says the row as well. */
function optionOf(radio: HTMLInputElement): string {
  return alike((radio.ariaLabel ?? '').split('：').at(-1) ?? '');
}

function choose(select: HTMLSelectElement, text: string): boolean {
  const wanted = alike(text);
  const option = [...select.options].find((each) =>
    wanted === '' ? each.value === '' : alike(each.textContent ?? '') === wanted,
  );
  if (option === undefined) return false;
  select.value = option.value;
  return true;
}

/** A mark in the column of an option, or the option by its name. */
function chooseRadio(radio: HTMLInputElement, text: string): boolean {
  const value = alike(text);
  if (yes.test(value)) {
    radio.checked = true;
    return true;
  }
  if (no.test(value)) return true;
  const row = radio.closest('tr');
  const named = [...(row?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])].find(
    (each) => optionOf(each) === value,
  );
  if (named === undefined) return false;
  named.checked = true;
  return true;
}

/** Options by their names, between commas or on lines; those that are none. */
function tick(boxes: readonly HTMLInputElement[], text: string): string[] {
  const find = (name: string) => boxes.find((box) => labelOf(box) === alike(name));
  const names = text
    .split(/\r?\n/)
    .flatMap((line) => (find(line) === undefined ? line.split(/[、,，;；]/) : [line]))
    .filter((name) => alike(name) !== '');
  const unknown = names.filter((name) => find(name) === undefined);
  if (unknown.length > 0) return unknown;
  const chosen = new Set(names.map(find));
  for (const box of boxes) box.checked = chosen.has(box);
  return [];
}

/**
 * @returns what could not be put into the cell, or `undefined`. A text of which the reader makes nothing stands in its field
 *   with the error beside it, as if it had been typed.
 */
export function fillCell(fields: readonly HTMLElement[], text: string): string | undefined {
  const [first] = fields;
  const boxes = fields.filter((field) => field instanceof HTMLInputElement).filter(({ type }) => type === 'checkbox');
  if (first instanceof HTMLSelectElement) return choose(first, text) ? undefined : text;
  if (first instanceof HTMLInputElement && first.type === 'radio') return chooseRadio(first, text) ? undefined : text;
  if (first instanceof HTMLInputElement && first.type === 'checkbox') {
    const unknown = tick(boxes, text);
    return unknown.length === 0 ? undefined : unknown.join('、');
  }
  if (first instanceof HTMLTextAreaElement) {
    first.value = text;
    first.dispatchEvent(new Event('input'));
    return undefined;
  }
  if (!(first instanceof HTMLInputElement)) return alike(text) === '' ? undefined : text;
  // A line takes no line breaks: what a browser would join is joined by a space.
  first.value = text.trim().replaceAll(/\s*\n\s*/g, ' ');
  readField(first);
  return undefined;
}

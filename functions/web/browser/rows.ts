/** Rows added, copied, moved and removed without a load of the page; without a script its buttons post. */

/// <reference lib="dom" />

import { addRow, boxOf, fieldsIn, fillAs, mostIn, pathOf, place, renumber, rowsIn } from './row-boxes.ts';
import { prepareToSay, say } from './undo.ts';

/** As if something had been typed: conditions and totals follow, and it is saved. */
export function tellChanged(form: HTMLFormElement): void {
  form.dispatchEvent(new Event('input', { bubbles: true }));
  form.dispatchEvent(new Event('change', { bubbles: true }));
}

function focusFirst(row: HTMLElement): void {
  fieldsIn(row)
    .find((field) => field.checkVisibility())
    ?.focus();
}

function add(form: HTMLFormElement, box: HTMLElement, before: Element | null = null): HTMLElement | undefined {
  const row = addRow(box, before);
  if (row === undefined) say(form, box, { text: `${mostIn(box)}件まで記入できます。` });
  else {
    tellChanged(form);
    focusFirst(row);
  }
  return row;
}

function move(form: HTMLFormElement, box: HTMLElement, row: HTMLElement, by: -1 | 1, button: HTMLElement): void {
  const rows = rowsIn(box);
  const at = rows.indexOf(row) + by;
  if (at < 0 || at >= rows.length) return;
  place(box, row, (by < 0 ? rows[at] : rows[at + 1]) ?? null);
  tellChanged(form);
  // At the end of its way the button is gone.
  if (button.checkVisibility()) button.focus();
  else focusFirst(row);
  say(form, box, { text: `${at + 1}件目に移しました。` });
}

function remove(form: HTMLFormElement, box: HTMLElement, row: HTMLElement): void {
  const rows = rowsIn(box);
  const at = rows.indexOf(row);
  row.remove();
  renumber(box);
  const undo = (): void => {
    place(box, row, rowsIn(box)[at] ?? null);
    tellChanged(form);
    focusFirst(row);
  };
  tellChanged(form);
  const back = say(form, box, { text: `${at + 1}件目を削除しました。`, undo });
  // The bar sticks to the edge of the window; a browser that brings it to the middle would move the page away.
  back?.focus({ preventScroll: true });
  if (back !== undefined && back.getBoundingClientRect().top > window.innerHeight)
    back.scrollIntoView({ block: 'nearest' });
}

function copy(form: HTMLFormElement, box: HTMLElement, row: HTMLElement): void {
  const rows = rowsIn(box);
  const made = add(form, box, rows[rows.indexOf(row) + 1] ?? null);
  if (made === undefined) return;
  fillAs(row, made);
  tellChanged(form);
  say(form, box, {
    text: `${rows.indexOf(row) + 1}件目を複製しました。`,
    undo: () => {
      made.remove();
      renumber(box);
      tellChanged(form);
      focusFirst(row);
    },
  });
}

/** Whether the button was one of a row or its box, and has been answered. */
function isAnswered(form: HTMLFormElement, button: HTMLButtonElement): boolean {
  const [verb = '', path = ''] = button.value.split(':');
  const box = boxOf(button);
  if (box === null) return false;
  if (verb === 'add' && path === pathOf(box)) {
    add(form, box);
    return true;
  }
  const row = button.closest<HTMLElement>('[data-row]');
  if (row === null || path !== `${pathOf(box)}.${row.dataset['row']}`) return false;
  if (verb === 'up' || verb === 'down') move(form, box, row, verb === 'up' ? -1 : 1, button);
  else if (verb === 'remove') remove(form, box, row);
  else if (verb === 'copy') copy(form, box, row);
  else return false;
  return true;
}

/** The field below in the next row; in the last row a new one begins. */
function goOn(form: HTMLFormElement, field: HTMLElement): void {
  const row = field.closest<HTMLElement>('[data-row]');
  const box = row && boxOf(row);
  if (!row || !box) return;
  const rows = rowsIn(box);
  const next = rows[rows.indexOf(row) + 1];
  if (next === undefined) {
    add(form, box);
    return;
  }
  const cellOf = (each: Element): number =>
    [...(each.closest('tr')?.children ?? [])].findIndex((cell) => cell.contains(each));
  const same = fieldsIn(next).find((each) => cellOf(each) === cellOf(field) && each.checkVisibility());
  if (same === undefined) focusFirst(next);
  else same.focus();
}

/** Enter goes on to the next row; a line break is made with Shift. Choosing among characters is no such Enter. */
function isGoingOn({ key, isComposing, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return key === 'Enter' && !(isComposing || shiftKey || ctrlKey || altKey || metaKey);
}

export function keepRows(form: HTMLFormElement): void {
  prepareToSay(form);
  for (const hint of form.querySelectorAll<HTMLElement>('[data-scripted]')) hint.hidden = false;
  form.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button !== null && button.name === 'action' && isAnswered(form, button)) event.preventDefault();
  });
  form.addEventListener('keydown', (event) => {
    const { target } = event;
    const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!isField || !isGoingOn(event) || boxOf(target)?.dataset['enter'] === undefined) return;
    event.preventDefault();
    goOn(form, target);
  });
}

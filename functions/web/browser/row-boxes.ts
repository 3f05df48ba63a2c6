/** Boxes of rows, which the server marks with `data-rows`: entries in tables or one below the other, and lines of text. */

/// <reference lib="dom" />

import { countCharacters } from './counter.ts';

/** The rows of a box, not of those inside them. */
export function rowsIn(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('[data-row]')].filter((row) => boxOf(row) === box);
}

/** The box that a row, or anything in it, stands in. */
export function boxOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>('[data-rows]');
}

export function pathOf({ dataset }: HTMLElement): string {
  return dataset['rows'] ?? '';
}

export function mostIn({ dataset }: HTMLElement): number {
  return Number(dataset['most']);
}

export function fieldsIn(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('input:not([type=hidden]), select, textarea')];
}

/** Numbers the rows as they stand. The first line of texts has the id that errors are linked to. */
export function renumber(box: HTMLElement): void {
  for (const [index, row] of rowsIn(box).entries())
    for (const number of row.querySelectorAll('[data-no]'))
      if (number.closest('[data-row]') === row) number.textContent = String(index + 1);
}

/** As long as those the server gives. Pages may come from addresses where browsers give no UUIDs. */
function newName(): string {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function contentOf(html: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

interface ToCopy {
  readonly html: string;
  /** What the name of the row stands for. */
  readonly mark: string;
}

/** The row to copy of a box: its own, or for a box in a row that in the row to copy around it. */
function toCopy(box: HTMLElement): ToCopy | undefined {
  const own = box.querySelector<HTMLTemplateElement>(':scope > template');
  if (own !== null) return { html: own.innerHTML, mark: own.dataset['copy'] ?? '' };
  const row = box.parentElement?.closest<HTMLElement>('[data-row]');
  const outer = row && boxOf(row);
  const around = outer && toCopy(outer);
  if (!around) return undefined;
  const content = contentOf(around.html.replaceAll(around.mark, row.dataset['row'] ?? ''));
  const inside = content.querySelector<HTMLTemplateElement>(`[data-rows="${CSS.escape(pathOf(box))}"] > template`);
  return inside === null ? undefined : { html: inside.innerHTML, mark: inside.dataset['copy'] ?? '' };
}

/** Puts a row where another one follows, or last. */
export function place(box: HTMLElement, row: HTMLElement, before: Element | null): void {
  const last = rowsIn(box).at(-1);
  if (before !== null) before.before(row);
  else if (last !== undefined) last.after(row);
  else {
    const table = box.querySelector<HTMLElement>(':scope > .table-scroll > table');
    if (table === null) box.prepend(row);
    else table.append(row);
  }
  renumber(box);
}

/** A new row, with one in each table inside it; `undefined` where there is no room. */
export function addRow(box: HTMLElement, before: Element | null = null): HTMLElement | undefined {
  const copied = rowsIn(box).length < mostIn(box) ? toCopy(box) : undefined;
  const row =
    copied && contentOf(copied.html.replaceAll(copied.mark, newName())).querySelector<HTMLElement>('[data-row]');
  if (!row) return undefined;
  place(box, row, before);
  for (const inside of row.querySelectorAll<HTMLElement>('[data-rows][data-enter]'))
    if (inside.querySelector('table') !== null) addRow(inside);
  countCharacters(row);
  return row;
}

function copyField(from: HTMLElement, to: HTMLElement | undefined): void {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    to.value = from.value;
    to.checked = from.checked;
  } else if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement) to.value = from.value;
  else if (from instanceof HTMLTextAreaElement && to instanceof HTMLTextAreaElement) to.value = from.value;
}

function ownFields(row: HTMLElement): HTMLElement[] {
  return fieldsIn(row).filter((field) => field.closest('[data-row]') === row);
}

/** Fills a row in as another one of the same box is, with the rows inside it. */
export function fillAs(from: HTMLElement, to: HTMLElement): void {
  const fields = ownFields(to);
  for (const [index, field] of ownFields(from).entries()) copyField(field, fields[index]);
  const boxes = [...to.querySelectorAll<HTMLElement>('[data-rows]')];
  for (const [index, inside] of [...from.querySelectorAll<HTMLElement>('[data-rows]')].entries()) {
    const box = boxes[index];
    if (box === undefined || inside.parentElement?.closest('[data-row]') !== from) continue;
    for (const [at, row] of rowsIn(inside).entries()) {
      const other = rowsIn(box)[at] ?? addRow(box);
      if (other !== undefined) fillAs(row, other);
    }
  }
}

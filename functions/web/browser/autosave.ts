/**
 * Saves while the officer types: the form's own post, answered as JSON. The state is always visible; what could not be
 * saved is warned about before the page is left.
 */

/// <reference lib="dom" />

import { showErrors } from './inline-errors.ts';
import { warnBeforeLeaving } from './leave-warning.ts';
import { Saving } from './saving.ts';
import type { SaveAnswer } from './saving.ts';

function isAnswer(value: unknown): value is SaveAnswer {
  return typeof value === 'object' && value !== null;
}

async function post(form: HTMLFormElement): Promise<{ status: number; answer: SaveAnswer }> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
  // Not `form.action`: that is its buttons, which have this name.
  const response = await fetch(form.getAttribute('action') ?? '', {
    method: 'POST',
    body: fields,
    headers: { 'accept': 'application/json', 'x-csrf': fields.get('csrf') ?? '' },
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer: isAnswer(answer) ? answer : {} };
}

function setValue(field: unknown, value: string | undefined): void {
  if (field instanceof HTMLInputElement && value !== undefined) field.value = value;
}

function take(form: HTMLFormElement, { etag, opened, listEtag, errors = {}, notices = {} }: SaveAnswer): void {
  setValue(form.elements.namedItem('etag'), etag);
  setValue(form.elements.namedItem('opened'), opened);
  setValue(document.querySelector('input[data-list-etag]'), listEtag);
  showErrors(form, errors, notices);
}

export function autosave(form: HTMLFormElement): void {
  const state = form.querySelector('[data-save-state]');
  const say = (text: string, isFailure: boolean): void => {
    if (state === null) return;
    state.textContent = text;
    state.classList.toggle('save-state--failed', isFailure);
  };
  const saving = new Saving({ post: () => post(form), take: (answer) => take(form, answer), say }, form.dataset['unsaved'] !== undefined);
  form.addEventListener('input', () => saving.changed());
  form.addEventListener('submit', (event) => {
    const underWay = saving.posting();
    if (underWay === undefined) return;
    event.preventDefault();
    const { submitter } = event;
    void underWay.then(() => form.requestSubmit(submitter instanceof HTMLElement ? submitter : null));
  });
  globalThis.addEventListener('pageshow', () => saving.shown());
  warnBeforeLeaving(form, () => saving.isUnsaved);
}

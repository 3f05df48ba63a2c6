/**
 * Saves while the officer types: the form's own post, answered as JSON. The state is always visible; what could not be
 * saved is warned about before the page is left.
 */

/// <reference lib="dom" />

import { show, whenUnpressed } from './inline-messages.ts';
import { warnBeforeLeaving } from './leave-warning.ts';
import { Saving } from './saving.ts';
import type { SaveAnswer } from './saving.ts';

function isAnswer(value: unknown): value is SaveAnswer {
  return typeof value === 'object' && value !== null;
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
  return fields;
}

async function post(form: HTMLFormElement): Promise<{ status: number; answer: SaveAnswer }> {
  const fields = fieldsOf(form);
  // Not `form.action`: that is its buttons, which have this name.
  const response = await fetch(form.getAttribute('action') ?? '', {
    method: 'POST',
    body: fields,
    headers: { accept: 'application/json', 'x-csrf': fields.get('csrf') ?? '' },
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer: isAnswer(answer) ? answer : {} };
}

function setValue(field: unknown, value: string | undefined): void {
  if (field instanceof HTMLInputElement && value !== undefined) field.value = value;
}

export function autosave(form: HTMLFormElement): void {
  const state = form.querySelector('[data-save-state]');
  const take = (answer: SaveAnswer): void => {
    setValue(form.elements.namedItem('etag'), answer.etag);
    setValue(form.elements.namedItem('opened'), answer.opened);
    setValue(document.querySelector('input[data-list-etag]'), answer.listEtag);
  };
  const say = (text: string, isFailure: boolean): void => {
    if (state === null) return;
    state.textContent = text;
    state.classList.toggle('save-state--failed', isFailure);
  };
  /** What is said of the texts as they stand; nothing once they are changed. */
  let said: SaveAnswer | undefined;
  const showSaid = (): void => {
    if (said !== undefined) show(form, said);
  };
  const saving = new Saving(
    {
      post: () => post(form),
      take,
      show: (answer) => {
        said = answer;
        whenUnpressed(showSaid);
      },
      say,
    },
    form.dataset['unsaved'] !== undefined,
  );
  form.addEventListener('input', () => {
    said = undefined;
    saving.changed();
  });
  form.addEventListener('focusout', () => {
    saving.left();
    // Once the field is no longer the active one.
    setTimeout(() => whenUnpressed(showSaid));
  });
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

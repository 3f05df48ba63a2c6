/**
 * Saves while the officer types: the form's own post, answered as JSON. The state is always visible; what could not be
 * saved is warned about before the page is left.
 */

/// <reference lib="dom" />

import type { Said } from '../answer/judge.ts';
import { betweenErrors } from '../answer/said.ts';
import { posted } from '../fields/posted.ts';
import { show } from './inline-errors.ts';
import { warnBeforeLeaving } from './leave-warning.ts';
import type { LiveFindings } from './live-findings.ts';
import { fieldsOf, postOf } from './said-on-page.ts';
import { Saving } from './saving.ts';
import type { SaveAnswer } from './saving.ts';

function isAnswer(value: unknown): value is SaveAnswer {
  return typeof value === 'object' && value !== null;
}

async function post(form: HTMLFormElement, findings: LiveFindings): Promise<{ status: number; answer: SaveAnswer }> {
  const fields = fieldsOf(form);
  findings.sending(posted(fields));
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

function saidBy({ errors = {}, remarks = {}, notices = {} }: SaveAnswer): Said {
  return {
    errors: new Map(Object.entries(errors).map(([path, message]) => [path, message.split(betweenErrors)])),
    remarks: new Map(Object.entries(remarks)),
    notices: new Map(Object.entries(notices)),
  };
}

function take(form: HTMLFormElement, findings: LiveFindings, answer: SaveAnswer): void {
  const { etag, opened, listEtag } = answer;
  setValue(form.elements.namedItem('etag'), etag);
  setValue(form.elements.namedItem('opened'), opened);
  setValue(document.querySelector('input[data-list-etag]'), listEtag);
  const said = saidBy(answer);
  findings.saved(said);
  show(form, findings.now(postOf(form)) ?? said);
}

/** @param findings what the script finds itself; as long as it can find nothing, the server's word is all there is */
export function autosave(form: HTMLFormElement, findings: LiveFindings): void {
  const state = form.querySelector('[data-save-state]');
  const say = (text: string, isFailure: boolean): void => {
    if (state === null) return;
    state.textContent = text;
    state.classList.toggle('save-state--failed', isFailure);
  };
  const saving = new Saving(
    { post: () => post(form, findings), take: (answer) => take(form, findings, answer), say },
    form.dataset['unsaved'] !== undefined,
  );
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

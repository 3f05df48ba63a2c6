/** What is wrong with answers, what to look at again and how they were read, at their questions: as the server shows it. */

/// <reference lib="dom" />

import type { Said } from '../answer/judge.ts';
import { betweenErrors } from '../answer/said.ts';
import { errorAt, questionsOf, remarksAt } from './said-on-page.ts';

function fieldsAt(question: HTMLElement, path: string): HTMLElement[] {
  return [...question.querySelectorAll<HTMLElement>('input, textarea, select')].filter(
    (field) => field.getAttribute('name') === path,
  );
}

/** As the server does: by the hint and the error that are there. */
function describe(field: HTMLElement, path: string): void {
  const ids = [`${path}-hint`, `${path}-error`].filter((id) => document.getElementById(id) !== null);
  if (ids.length > 0) field.setAttribute('aria-describedby', ids.join(' '));
  else field.removeAttribute('aria-describedby');
}

function removeError(question: HTMLElement, path: string): void {
  document.getElementById(`${path}-error`)?.remove();
  question.classList.remove('form-group--error');
  for (const field of fieldsAt(question, path)) {
    field.removeAttribute('aria-invalid');
    describe(field, path);
  }
}

/** Below what the question says of itself, or in the first cell of its row. */
function put(question: HTMLElement, path: string, elements: readonly HTMLElement[]): void {
  const before = document.getElementById(`${path}-error`) ?? document.getElementById(`${path}-hint`);
  if (before === null) question.querySelector('th')?.append(...elements);
  else before.after(...elements);
}

function addError(question: HTMLElement, path: string, message: string): void {
  const error = document.createElement('p');
  error.className = 'error-message';
  error.id = `${path}-error`;
  const label = document.createElement('span');
  label.className = 'error-message__label';
  label.textContent = 'エラー：';
  error.append(label, message);
  put(question, path, [error]);
  if (question.matches('div, fieldset')) question.classList.add('form-group--error');
  for (const field of fieldsAt(question, path)) {
    if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')) continue;
    field.setAttribute('aria-invalid', 'true');
    describe(field, path);
  }
}

/** As `status` it is read out when it appears. */
function spoken(className: string, text: string): HTMLElement {
  const element = document.createElement('p');
  element.className = className;
  element.setAttribute('role', 'status');
  element.textContent = text;
  return element;
}

function showRemarks(question: HTMLElement, path: string, texts: readonly string[]): void {
  const before = remarksAt(question);
  if (before.length === texts.length && before.every(({ textContent }, index) => textContent === texts[index])) return;
  for (const remark of before) remark.remove();
  put(
    question,
    path,
    texts.map((text) => spoken('remark', text)),
  );
}

function showNotice(question: HTMLElement, notice: string | undefined): void {
  const before = question.querySelector(':scope > .read-as');
  const text = notice === undefined ? undefined : `読み取り：${notice}`;
  if (before?.textContent === text) return;
  before?.remove();
  if (text !== undefined) question.append(spoken('read-as', text));
}

export function show(form: HTMLFormElement, { errors, remarks, notices }: Said): void {
  for (const [path, question] of questionsOf(form)) {
    const message = errors.get(path)?.join(betweenErrors);
    if (errorAt(path) !== message) {
      removeError(question, path);
      if (message !== undefined) addError(question, path, message);
    }
    showRemarks(question, path, remarks.get(path) ?? []);
    showNotice(question, notices.get(path));
  }
}

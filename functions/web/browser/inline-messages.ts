/** What is wrong with answers, what to look at again and how they were read, at their questions: as the server shows it. */

/// <reference lib="dom" />

import type { Message, SaveAnswer } from './saving.ts';

/** Boxes are described by their group. */
function fieldsAt(question: HTMLElement, path: string): NodeListOf<HTMLElement> {
  return question.querySelectorAll<HTMLElement>(`[name="${CSS.escape(path)}"]:not([type=radio],[type=checkbox])`);
}

/** As the server does: by the hint and the error that are there. */
function describe(field: HTMLElement, path: string): void {
  const ids = [`${path}-hint`, `${path}-error`].filter((id) => document.getElementById(id) !== null);
  if (ids.length > 0) field.setAttribute('aria-describedby', ids.join(' '));
  else field.removeAttribute('aria-describedby');
}

function removeError(question: HTMLElement, path: string): void {
  document.getElementById(`${path}-error`)?.remove();
  question.classList.remove('form-group--error', 'cell--error');
  for (const field of fieldsAt(question, path)) {
    field.removeAttribute('aria-invalid');
    describe(field, path);
  }
}

/** Below what the question says of itself, or in the first cell of its row. */
function put(question: HTMLElement, path: string, elements: readonly HTMLElement[]): void {
  const before = document.getElementById(`${path}-error`) ?? document.getElementById(`${path}-hint`);
  if (before === null) (question.querySelector(':scope > th') ?? question).append(...elements);
  else before.after(...elements);
}

function element(tag: 'p' | 'span', className: string, textContent = ''): HTMLElement {
  return Object.assign(document.createElement(tag), { className, textContent });
}

function addError(question: HTMLElement, path: string, message: string): void {
  const error = element('p', 'error-message');
  error.id = `${path}-error`;
  error.append(element('span', 'error-message__label', 'エラー：'), message);
  put(question, path, [error]);
  if (question.matches('div, fieldset')) question.classList.add('form-group--error');
  if (question.matches('.cell')) question.classList.add('cell--error');
  for (const field of fieldsAt(question, path)) {
    field.setAttribute('aria-invalid', 'true');
    describe(field, path);
  }
}

/** As `status` it is read out when it appears. */
function spoken(className: string, text: string): HTMLElement {
  return Object.assign(element('p', className, text), { role: 'status' });
}

/** The remarks of a question itself, not of those inside it. */
function remarksAt(question: HTMLElement): HTMLElement[] {
  return [...question.querySelectorAll<HTMLElement>('.remark')].filter(
    (remark) => remark.closest('[data-question]') === question,
  );
}

function showRemarks(question: HTMLElement, path: string, texts: readonly string[]): void {
  const before = remarksAt(question);
  if (before.map(({ textContent }) => textContent).join('\n') === texts.join('\n')) return;
  for (const remark of before) remark.remove();
  put(
    question,
    path,
    texts.map((text) => spoken('remark', text)),
  );
}

/** A message that appears while a button is being pressed moves it from under the pointer, and nothing is clicked. */
export function whenUnpressed(showNow: () => void): void {
  if (document.querySelector(':is(a,button):active') === null) showNow();
  else setTimeout(() => whenUnpressed(showNow), 100);
}

export function showNotice(question: HTMLElement, notice: string | undefined): void {
  const before = question.querySelector(':scope > .read-as');
  const text = notice === undefined ? undefined : `読み取り：${notice}`;
  if (before?.textContent === text) return;
  before?.remove();
  if (text !== undefined) question.append(spoken('read-as', text));
}

export function showError(question: HTMLElement, path: string, message: string | undefined): void {
  // Its last child: the first says that it is one.
  const before = document.getElementById(`${path}-error`)?.lastChild?.textContent ?? undefined;
  if (before === message) return;
  removeError(question, path);
  if (message !== undefined) addError(question, path, message);
}

function at(messages: readonly Message[] | undefined, path: string): string[] {
  return (messages ?? []).flatMap((each) => (each.path === path ? [each.message] : []));
}

/** Whether a text is being typed in a field of the question: what is wrong with half of it is not said yet. */
function isTypedIn(question: HTMLElement): boolean {
  const { activeElement: field } = document;
  const isText = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === 'text');
  return isText && field.closest('[data-question]') === question;
}

/** Of what the script itself follows, the fields may say more by now. */
function showComputed(form: HTMLFormElement, computed: readonly Message[]): void {
  for (const { path, message } of computed) {
    const output = form.querySelector<HTMLOutputElement>(`output[id="${CSS.escape(path)}"]:not([data-formula])`);
    if (output !== null && output.value !== message) output.value = message;
  }
}

export function show(form: HTMLFormElement, { errors, remarks, notices, computed = [] }: SaveAnswer): void {
  showComputed(form, computed);
  for (const question of form.querySelectorAll<HTMLElement>('[data-question]')) {
    const path = question.dataset['question'] ?? '';
    const [error] = at(errors, path);
    if (error === undefined || !isTypedIn(question)) showError(question, path, error);
    showRemarks(question, path, at(remarks, path));
    showNotice(question, at(notices, path)[0]);
  }
}

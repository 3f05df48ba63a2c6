/** What is wrong with answers, and how they were read, at their questions: as the server and the browser say it. */

/// <reference lib="dom" />

function questionOf(form: HTMLFormElement, path: string): HTMLElement | null {
  return form.querySelector<HTMLElement>(`[data-question="${CSS.escape(path)}"]`);
}

function fieldsOf(question: HTMLElement, path: string): HTMLElement[] {
  return [...question.querySelectorAll<HTMLElement>('input, textarea, select')].filter((field) => field.getAttribute('name') === path);
}

function removeError(question: HTMLElement, path: string): void {
  document.getElementById(`${path}-error`)?.remove();
  question.classList.remove('form-group--error');
  for (const field of fieldsOf(question, path)) field.removeAttribute('aria-invalid');
}

function addError(question: HTMLElement, path: string, message: string): void {
  const error = document.createElement('p');
  error.className = 'error-message';
  error.id = `${path}-error`;
  const label = document.createElement('span');
  label.className = 'error-message__label';
  label.textContent = 'エラー：';
  error.append(label, message);
  const hint = document.getElementById(`${path}-hint`);
  if (hint === null) question.querySelector('th')?.append(error);
  else hint.after(error);
  if (question.matches('div, fieldset')) question.classList.add('form-group--error');
  const fields = fieldsOf(question, path);
  for (const field of fields) {
    if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')) continue;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', `${path}-hint ${path}-error`);
  }
}

function showNotice(question: HTMLElement, notice: string | undefined): void {
  question.querySelector(':scope > .read-as')?.remove();
  if (notice === undefined) return;
  const text = document.createElement('p');
  text.className = 'read-as';
  text.setAttribute('role', 'status');
  text.textContent = `読み取り：${notice}`;
  question.append(text);
}

/** The browser's own word on one question, until the server's comes. What the server said stays unless the browser knows better. */
export function showLocal(form: HTMLFormElement, path: string, problem: string | undefined, notice: string | undefined): void {
  const question = questionOf(form, path);
  if (question === null) return;
  const before = document.getElementById(`${path}-error`);
  const isOurs = before?.dataset['local'] !== undefined;
  if (problem === undefined ? isOurs : before?.lastChild?.textContent?.startsWith(problem) !== true) removeError(question, path);
  if (problem !== undefined && document.getElementById(`${path}-error`) === null) {
    addError(question, path, problem);
    document.getElementById(`${path}-error`)?.setAttribute('data-local', '');
  }
  if (notice !== undefined || question.querySelector(':scope > .read-as') !== null) showNotice(question, notice);
}

export function showErrors(form: HTMLFormElement, errors: Readonly<Record<string, string>>, notices: Readonly<Record<string, string>>): void {
  for (const question of form.querySelectorAll<HTMLElement>('[data-question]')) {
    const path = question.dataset['question'] ?? '';
    if (questionOf(form, path) !== question) continue;
    const before = document.getElementById(`${path}-error`);
    const message = errors[path];
    if (before !== null && before.lastChild?.textContent !== message) removeError(question, path);
    if (message !== undefined && document.getElementById(`${path}-error`) === null) addError(question, path, message);
    if (notices[path] !== undefined || question.querySelector(':scope > .read-as') !== null) showNotice(question, notices[path]);
  }
}

/** Shows the questions that are asked and hides the others. Without a script all of them are there, each with its condition. */

/// <reference lib="dom" />

type When = readonly (readonly string[])[];

function isWhen(value: unknown): value is When {
  return (
    Array.isArray(value) && value.every((each) => Array.isArray(each) && each.every((part) => typeof part === 'string'))
  );
}

function whenOf(element: HTMLElement): When {
  const parsed: unknown = JSON.parse(element.dataset['when'] ?? '[]');
  return isWhen(parsed) ? parsed : [];
}

/** Hides by conditions, in the order of the page, so that what hangs on a hidden question is hidden as well. */
function applyConditions(form: HTMLFormElement): void {
  const answers = new FormData(form);
  const hidden = new Set<string>();
  for (const element of form.querySelectorAll<HTMLElement>('[data-question]')) {
    const holds = whenOf(element).every(
      ([name = '', ...values]) =>
        !hidden.has(name) && answers.getAll(name).some((value) => typeof value === 'string' && values.includes(value)),
    );
    const isAsked = holds && element.dataset['unasked'] === undefined;
    element.hidden = !isAsked;
    if (!isAsked) hidden.add(element.dataset['question'] ?? '');
  }
}

export function followConditions(form: HTMLFormElement): void {
  form.classList.add('follows-conditions');
  applyConditions(form);
  form.addEventListener('change', () => applyConditions(form));
}

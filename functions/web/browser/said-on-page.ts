/** What stands on the page: in its fields, and what the server says there. */

/// <reference lib="dom" />

import type { Said } from '../answer/judge.ts';
import { betweenErrors } from '../answer/said.ts';
import { posted } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';

/** What the form would post. */
export function postOf(form: HTMLFormElement): Posted {
  return posted(fieldsOf(form));
}

export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
  return fields;
}

/** Questions by path; a page shows each once. */
export function questionsOf(form: HTMLFormElement): Map<string, HTMLElement> {
  const questions = new Map<string, HTMLElement>();
  for (const question of form.querySelectorAll<HTMLElement>('[data-question]')) {
    const path = question.dataset['question'] ?? '';
    if (!questions.has(path)) questions.set(path, question);
  }
  return questions;
}

/** The message of the error at a question, without its label. */
export function errorAt(path: string): string | undefined {
  return document.getElementById(`${path}-error`)?.lastChild?.textContent ?? undefined;
}

/** The remarks of a question itself, not of those inside it. */
export function remarksAt(question: HTMLElement): HTMLElement[] {
  return [...question.querySelectorAll<HTMLElement>('.remark')].filter(
    (remark) => remark.closest('[data-question]') === question,
  );
}

export function saidOn(form: HTMLFormElement): Pick<Said, 'errors' | 'remarks'> {
  const questions = [...questionsOf(form)];
  const errors = questions.flatMap(([path]): [string, string[]][] => {
    const error = errorAt(path);
    return error === undefined ? [] : [[path, error.split(betweenErrors)]];
  });
  const remarks = questions.flatMap(([path, question]): [string, string[]][] => {
    const texts = remarksAt(question).map(({ textContent }) => textContent ?? '');
    return texts.length === 0 ? [] : [[path, texts]];
  });
  return { errors: new Map(errors), remarks: new Map(remarks) };
}

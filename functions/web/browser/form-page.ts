/** The script of the pages that ask a form: with the form's own checks. */

/// <reference lib="dom" />

import './without-eval.ts';
import type { Form } from '../../../schemas/form.ts';
import { isObject } from '../../domain/answers.ts';
import type { Here } from '../checking/here.ts';
import { judgement } from '../checking/judge.ts';
import { LiveFindings } from './live-findings.ts';
import { postOf, saidOn } from './said-on-page.ts';
import { runPage } from './run-page.ts';

/** As the server wrote it into the page. */
function isHere(value: unknown): value is Here {
  return isObject(value) && isObject(value['address']) && isObject(value['round']) && Array.isArray(value['unlike']);
}

export function runWith(form: Form): void {
  runPage((element) => {
    const text = element.querySelector<HTMLTemplateElement>('template[data-here]')?.content.textContent;
    const here: unknown = text === undefined ? undefined : JSON.parse(text);
    const found = isHere(here) ? judgement(form, here) : undefined;
    return found && new LiveFindings(found, postOf(element), saidOn(element));
  });
}

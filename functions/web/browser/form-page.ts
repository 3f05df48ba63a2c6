/** The script of the pages that ask a form: with the form's own checks. */

/// <reference lib="dom" />

import { isObject } from '../../../schemas/json.ts';
import './without-eval.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Facts, JudgedPage } from '../answer/facts.ts';
import { judgement } from '../answer/judge.ts';
import { runPage } from './run-page.ts';

/** As the server wrote it into the page. */
function isJudgedPage(value: unknown): value is JudgedPage {
  return isObject(value) && isObject(value['address']) && typeof value['facts'] === 'string';
}

/** As the server sends them. */
function isFacts(value: unknown): value is Facts {
  return (
    isObject(value) && isObject(value['round']) && isObject(value['answers']) && Array.isArray(value['municipalities'])
  );
}

async function factsAt(url: string): Promise<Facts | undefined> {
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  const facts: unknown = response.ok ? await response.json() : undefined;
  return isFacts(facts) ? facts : undefined;
}

export function runWith(form: Form): void {
  runPage((element) => {
    const page: unknown = JSON.parse(element.dataset['judged'] ?? 'null');
    if (!isJudgedPage(page)) return undefined;
    return async () => {
      const facts = await factsAt(page.facts);
      return facts && judgement(form, page, facts);
    };
  });
}

/** Says at a field left what the server would say: that it cannot be read, how it was, what does not go together. */

/// <reference lib="dom" />

import type { Judgement } from '../answer/judge.ts';
import { show } from './inline-errors.ts';
import type { LiveFindings } from './live-findings.ts';
import { postOf } from './said-on-page.ts';

/** Asks the server for what a page is to be judged by. */
export type FetchJudgement = () => Promise<Judgement | undefined>;

export function checkFields(form: HTMLFormElement, findings: LiveFindings, fetchJudgement: FetchJudgement): void {
  let isChanged = false;
  let isPressing = false;
  const check = (): void => {
    if (!isChanged || isPressing) return;
    const said = findings.now(postOf(form));
    if (said === undefined) return;
    isChanged = false;
    show(form, said);
  };
  const learn = async (): Promise<void> => {
    const judgement = await fetchJudgement();
    if (judgement === undefined) return;
    findings.learn(judgement);
    check();
  };
  let isAsked = false;
  // A page that is only read needs none of it. Until it can be had everything is left to the server.
  form.addEventListener('focusin', () => {
    if (isAsked) return;
    isAsked = true;
    learn().catch(() => {
      isAsked = false;
    });
  });
  form.addEventListener('input', () => {
    isChanged = true;
  });
  form.addEventListener('change', check);
  form.addEventListener('focusout', check);
  // A message that appears while a button is being pressed moves it from under the pointer, and nothing is clicked.
  document.addEventListener('pointerdown', () => {
    isPressing = true;
  });
  for (const end of ['pointerup', 'pointercancel'])
    document.addEventListener(end, () => {
      isPressing = false;
      setTimeout(check);
    });
}

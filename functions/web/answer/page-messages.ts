/** What a page says at its questions, from the examination. */

import type { Form } from '../../../schemas/form.ts';
import { blankCheck } from '../../../schemas/kinds/edit-check.ts';
import type { Reasons } from '../../../schemas/return.ts';
import type { Examination } from '../../domain/examination.ts';
import { questionAt } from '../../domain/question-path.ts';
import { byQuestion, isInside, isMissing, isLeftOut } from './findings.ts';

export interface PageFindings {
  readonly examination: Examination;
  /** Why posted answers were not saved, by path. */
  readonly problems?: ReadonlyMap<string, string>;
  readonly notices?: ReadonlyMap<string, string>;
  /** Also what is missing yet: the officer comes from the check of the whole. */
  readonly withMissing: boolean;
}

const reasonAsked = '確認事項：';
const noReasonYet = '理由は「確認と提出」の画面で記入します。';
const notSaved = '（この項目は保存されていません）';

/** @param path of what the page shows */
export function errorsOn(form: Pick<Form, 'sections'>, path: string, findings: PageFindings): Map<string, string[]> {
  const { examination, problems = new Map<string, string>(), withMissing } = findings;
  const wrong = examination.errors.filter(
    (error) =>
      isInside(error.path, path) &&
      error.code !== 'reason-required' &&
      !isLeftOut(error) &&
      (withMissing || !isMissing(error)),
  );
  const errors = byQuestion(form, wrong);
  for (const [question, message] of problems) errors.set(question, [`${message}${notSaved}`]);
  return errors;
}

export function remarksOf(
  form: Pick<Form, 'sections'>,
  reasons: Reasons,
  { asked, notes }: Pick<Examination, 'asked' | 'notes'>,
): Map<string, string[]> {
  const remarks = new Map<string, string[]>();
  const add = (path: string, text: string): void => {
    const question = questionAt(form, path).path;
    remarks.set(question, [...(remarks.get(question) ?? []), text]);
  };
  for (const { path, key, message, name } of asked) {
    const reason = Object.hasOwn(reasons, key) ? reasons[key] : undefined;
    // Said in the field, and asked for before the submission: nobody has answered yet.
    if (name === blankCheck) continue;
    add(path, `${reasonAsked}${message}${reason === undefined ? noReasonYet : `記入済みの理由：${reason}`}`);
  }
  for (const { path, message } of notes) add(path, `参考：${message}`);
  return remarks;
}

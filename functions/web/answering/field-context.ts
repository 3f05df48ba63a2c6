/** The context of the fields of one page, from the return as it stands. */

import type { Item } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/return.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { namedEntries } from '../../domain/answers.ts';
import { isAsked } from '../../domain/asked.ts';
import type { Examination } from '../../domain/examination.ts';
import type { FieldContext } from '../fields/context.ts';
import type { Posted } from '../posted/posted.ts';
import { entryTitle, withEntries } from '../../domain/print-answer.ts';
import { byQuestion, isInside, isMissing, isNotAsked, questionPath } from './findings.ts';
import type { Opened } from './opened.ts';
import type { EditedPlace } from './place.ts';

const reasonAsked = '確認事項：';
const noReasonYet = '数値に誤りがなければ、「確認と提出」の画面で理由を記入してください。';

/** What the examination says besides errors, by question. */
function remarksOf({ form, draft }: Opened, { asked, notes }: Examination): Map<string, string[]> {
  const remarks = new Map<string, string[]>();
  const add = (path: string, text: string): void => {
    const question = questionPath(form, path);
    remarks.set(question, [...(remarks.get(question) ?? []), text]);
  };
  for (const { path, key, message } of asked) {
    const reason = Object.hasOwn(draft.reasons, key) ? draft.reasons[key] : undefined;
    add(path, `${reasonAsked}${message}${reason === undefined ? noReasonYet : `記入済みの理由：${reason}`}`);
  }
  for (const { path, message } of notes) add(path, `参考：${message}`);
  return remarks;
}

export interface PageFindings {
  readonly examination: Examination;
  /** Why posted answers were not saved, by path. */
  readonly problems?: ReadonlyMap<string, string>;
  readonly notices?: ReadonlyMap<string, string>;
  /** Also what is missing yet: the officer comes from the check of the whole. */
  readonly withMissing: boolean;
}

const notSaved = '（この項目は保存されていません）';

/** Errors of the questions on a page, by path. */
export function errorsOn({ form }: Opened, base: string, { examination, problems = new Map(), withMissing }: PageFindings): Map<string, string[]> {
  const wrong = examination.errors.filter(
    (error) => isInside(error.path, base) && error.code !== 'reason-required' && !isNotAsked(error) && (withMissing || !isMissing(error)),
  );
  const errors = byQuestion(form, wrong);
  for (const [path, message] of problems) errors.set(path, [`${message}${notSaved}`]);
  return errors;
}

/** The list whose entries the references on a page name, and the entry that does not name itself. */
function referencesFor(answers: Answers, { section, part }: EditedPlace): FieldContext['references'] {
  if (section.definition.kind !== 'list' || part.kind !== 'entry') return [];
  return namedEntries(answers[section.key]).flatMap(({ name, entry }, index) =>
    name === part.entry ? [] : [{ id: name, title: entryTitle(entry, index) }],
  );
}

export function fieldContext(opened: Opened, place: EditedPlace, post: Posted, findings: PageFindings): FieldContext {
  const { round, draft, names, directory, unit } = opened;
  const { section, base } = place;
  const isOnPage = (item: Item): boolean => place.list !== undefined || item.id.split('.')[0] === section.key;
  return {
    post,
    errors: errorsOn(opened, base, findings),
    remarks: remarksOf(opened, findings.examination),
    notices: findings.notices ?? new Map(),
    sentBack: new Map(draft.standing.sentBack?.questions.map(({ path, reason }) => [path, reason])),
    round,
    asOf: asOfDate(round, section.key),
    names: withEntries(names, draft.answers[section.key]),
    municipalities: directory.municipalities.filter(({ code }) => code !== unit.code),
    references: referencesFor(draft.answers, place),
    isOnPage,
    isPossible: (item) => item.conditions.every(({ on, values }) => isOnPage(on) || holds(on, values, draft.answers)),
  };
}

function holds(on: Item, values: readonly string[], answers: Answers): boolean {
  return isAsked({ ...on, conditions: [{ on, values }] }, answers);
}

/**
 * Answers that travel with the page, from post to post, and are stored nowhere: of a questionnaire that is tried, or of a
 * correction until it is submitted. Pure.
 */

import { isDraft } from '../../../schemas/compile.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { replacePart } from '../../domain/draft-parts.ts';
import type { Part } from '../../domain/draft-parts.ts';
import type { NewEntryId } from '../../domain/normal-form.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { readPosted } from '../../domain/posted/read.ts';
import type { ReadFields } from '../../domain/posted/read.ts';
import { actOn, actOnList, entryAction } from './actions.ts';
import { answersAt, placeOf, withAnswersAt } from './place.ts';
import type { EditedPlace } from './place.ts';
import { pageAround, pageOfQuestion } from './where.ts';
import type { PageAddress } from './where.ts';
import { isFolded } from '../fields/folding.ts';
import { postedAnswers } from '../fields/write.ts';

/** The names of hidden fields; no question has a colon in front. */
export const workingCopyFields = { answers: ':answers', section: ':section', entry: ':entry', at: ':at' } as const;

export interface WorkingCopy {
  readonly answers: Answers;
  readonly address: PageAddress;
  /** What the fields of the page show. */
  readonly post: Posted;
  readonly problems: ReadFields['problems'];
  readonly notices: ReadFields['notices'];
  /** The officer asks what a submission would find. */
  readonly isChecked: boolean;
}

const nothingRead = { problems: new Map<string, string>(), notices: new Map<string, string>() };

function answersIn(form: Form, text: string | undefined): Answers {
  try {
    const given: unknown = JSON.parse(text ?? '{}');
    return isDraft(form, given) ? given : {};
  } catch {
    return {};
  }
}

/** The list that a section is, and each of whose entries has a page. */
export function workingCopyList(
  { sections }: Form,
  answers: Answers,
  { section, entry }: PageAddress,
): Item | undefined {
  const item = sections.find(({ key }) => key === section);
  return entry === undefined && item !== undefined && isFolded(item, answers[section]) ? item : undefined;
}

function shownAt(form: Form, answers: Answers, address: PageAddress): Posted {
  const list = workingCopyList(form, answers, address);
  if (list !== undefined) return postedAnswers([list], answers, '');
  const place = placeOf(form, address.section, address.entry, address.at);
  return place === undefined ? new Map() : postedAnswers(place.items, answersAt(answers, place) ?? {}, place.base);
}

function withPart(form: Form, answers: Answers, part: Part, value: Json, newId: NewEntryId): Answers {
  const replaced = replacePart(form, { answers, reasons: {} }, part, { answers: value }, newId);
  return replaced.ok ? replaced.value.answers : answers;
}

interface Step {
  readonly answers: Answers;
  readonly read: Pick<ReadFields, 'problems' | 'notices'>;
  /** An entry that comes next. */
  readonly focus: string | undefined;
}

function listStep(form: Form, list: Item, answers: Answers, post: Posted, newId: NewEntryId): Step {
  const { [list.key]: before, ...others } = answers;
  const { after, focus } = actOnList(list, before, post, newId);
  return {
    answers:
      after === undefined ? others : withPart(form, others, { kind: 'section', section: list.key }, after, newId),
    read: nothingRead,
    focus,
  };
}

function placeStep(form: Form, place: EditedPlace, answers: Answers, post: Posted, newId: NewEntryId): Step {
  const { items, base, part } = place;
  const action = entryAction(firstOf(post, 'action'));
  const read = readPosted(items, post, base, answersAt(answers, place) ?? {}, action === undefined);
  const acted = action && actOn(items, read.value, base, action, newId);
  const value: JsonObject = acted?.value ?? read.value;
  const after = withAnswersAt(answers, place, value);
  const { [place.section.key]: _before, ...others } = answers;
  return {
    answers: after === undefined ? others : withPart(form, answers, part, after, newId),
    read,
    focus: acted?.focus,
  };
}

/** Where the officer goes: to a section, an entry, back to the list around an entry, or nowhere. */
function addressAfter(
  form: Form,
  answers: Answers,
  here: PageAddress,
  action: string,
  focus: string | undefined,
): PageAddress {
  const [verb, target = ''] = action.split(':', 2);
  if (verb === 'go' && form.sections.some(({ key }) => key === target)) return { section: target };
  if (verb === 'back') return pageAround(form, answers, here);
  if (focus !== undefined && (verb === 'add' || verb === 'open')) return pageOfQuestion(form, answers, focus) ?? here;
  return here;
}

function isSamePage(a: PageAddress, b: PageAddress): boolean {
  return a.section === b.section && a.entry === b.entry && (a.at ?? '') === (b.at ?? '');
}

/** The first page. */
export function beginWorkingCopy(form: Form, answers: Answers = {}): WorkingCopy {
  const address = { section: form.sections[0]?.key ?? '' };
  return { answers, address, post: shownAt(form, answers, address), ...nothingRead, isChecked: false };
}

/** What comes after a post. What cannot be read is shown as it was typed while the page stays. */
export function continueWorkingCopy(
  form: Form,
  post: Posted,
  newId: NewEntryId,
  begun = beginWorkingCopy(form),
): WorkingCopy {
  const before = answersIn(form, firstOf(post, workingCopyFields.answers));
  const here = {
    section: firstOf(post, workingCopyFields.section) ?? '',
    entry: firstOf(post, workingCopyFields.entry),
    at: firstOf(post, workingCopyFields.at),
  };
  const list = workingCopyList(form, before, here);
  const place = list === undefined ? placeOf(form, here.section, here.entry, here.at) : undefined;
  const step =
    list !== undefined
      ? listStep(form, list, before, post, newId)
      : place === undefined
        ? undefined
        : placeStep(form, place, before, post, newId);
  if (step === undefined) return begun;
  const action = firstOf(post, 'action') ?? '';
  const address = addressAfter(form, step.answers, here, action, step.focus);
  const shown = new Map(shownAt(form, step.answers, address));
  const stays = isSamePage(here, address);
  if (stays)
    for (const path of step.read.problems.keys())
      for (const [name, values] of post) if (name === path || name.startsWith(`${path}:`)) shown.set(name, values);
  return {
    answers: step.answers,
    address,
    post: shown,
    ...(stays ? { problems: step.read.problems, notices: step.read.notices } : nothingRead),
    isChecked: action === 'check',
  };
}

/**
 * What a form post answers, by walking the definition. What cannot be read keeps the answer stored before and is
 * reported, so that nothing is lost: the page shows the text again with the problem.
 */

import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { blankCheck, blankReasons } from '../../../schemas/kinds/edit-check.ts';
import { sharedErrors } from '../../../schemas/kinds/field-error.ts';
import type { Posting } from '../../../schemas/kinds/kind.ts';
import { entryIdPattern } from '../../../schemas/kinds/schemas.ts';
import type { Item } from '../../../schemas/form.ts';
import { longestReason } from '../../../schemas/return.ts';
import {
  isBlank,
  isLongerThan,
  isStorable,
  lineFeeds,
  refusedLength,
  unstorableText,
} from '../../../schemas/values/text.ts';
import { isEmptyEntry, namedEntries } from '../answers.ts';
import { pathBelow } from '../question-path.ts';
import {
  blankMark,
  entriesMark,
  firstOf,
  isMarked,
  keptWhyMark,
  noneMark,
  notApplicableMark,
  notApplicableOption,
  valuesOf,
  whyMark,
} from './posted.ts';
import type { Posted } from './posted.ts';
import { isUnconfirmed } from './prefilled.ts';

export interface ReadFields {
  readonly value: JsonObject;
  readonly problems: ReadonlyMap<string, string>;
  /** How a text was understood where it does not say so literally, by path. */
  readonly notices: ReadonlyMap<string, string>;
  /** Why a question is left blank, by the name of the check; `undefined` where it no longer is. */
  readonly reasons: ReadonlyMap<string, string | undefined>;
}

/** What is wrong with an answer, or said of it: the words, and a code that stays when they change. */
export interface Remark {
  readonly code: string;
  readonly message: string;
}

interface ReadAnswers {
  readonly value: JsonObject;
  readonly problems: ReadonlyMap<string, Remark>;
  readonly notices: ReadonlyMap<string, Remark>;
  readonly reasons: ReadonlyMap<string, string | undefined>;
}

interface Pass {
  readonly post: Posted;
  readonly problems: Map<string, Remark>;
  readonly notices: Map<string, Remark>;
  readonly reasons: Map<string, string | undefined>;
  readonly dropsBlankRows: boolean;
}

const bothAndNone: Remark = {
  code: 'both-and-none',
  message: '「該当するものはない」と他の回答の両方があります。どちらか一方にしてください。',
};
const bothAndNotApplicable: Remark = {
  code: 'both-and-not-applicable',
  message: '「該当なし」と他の回答の両方があります。どちらか一方にしてください。',
};
const bothAndBlank: Remark = {
  code: 'both-and-blank',
  message: '「不明」と回答の両方があります。どちらか一方にしてください。',
};
const reasonOfNothing: Remark = {
  code: 'reason-of-nothing',
  message: '「不明」が選ばれていないため、理由を保存できません。「不明」を選ぶか、理由を消してください。',
};
/** Behind how the answer was read, which pages say first. */
const withoutReason = '（「不明」の理由は、回答がある項目では保存されません）';
const reasonBesideAnswer: Remark = { code: 'reason-beside-answer', message: `回答のみ${withoutReason}` };
const leftOutPlace: Remark = { code: 'left-out', message: '1位から順に、間を空けずに選んでください。' };
const unusableReason: Remark = {
  code: 'unusable-reason',
  message: `不明の理由は、${longestReason}文字以内の文字で入力してください。`,
};
const unknownOption: Remark = { code: 'unknown-option', message: sharedErrors['unknown-option'] };
const unconfirmed: Remark = {
  code: 'unconfirmed',
  message: '転記した項目です。内容を確認し、「確認しました」を選んでください。',
};

function refuse({ problems }: Pass, path: string, problem: Remark, stored: Json | undefined): Json | undefined {
  problems.set(path, problem);
  return stored;
}

/** A text that only differs in line breaks is as it was. */
function storedOr(text: string, stored: readonly (Json | undefined)[]): string {
  const same = stored.find((each) => typeof each === 'string' && isStorable(each) && lineFeeds(each) === text);
  return typeof same === 'string' ? same : text;
}

function readOne(
  item: Item,
  accepts: (value: string) => boolean,
  path: string,
  stored: Json | undefined,
  pass: Pass,
): Json | undefined {
  const value = pass.post.get(path)?.at(-1) ?? '';
  if (value === '') return undefined;
  if (value === notApplicableOption && item.definition.nullable) return null;
  return value === stored || accepts(value) ? value : refuse(pass, path, unknownOption, stored);
}

function readMany(
  item: Item,
  values: readonly string[],
  path: string,
  stored: Json | undefined,
  pass: Pass,
): Json | undefined {
  const isNone = isMarked(pass.post, noneMark(path));
  const isNotApplicable = item.definition.nullable && isMarked(pass.post, notApplicableMark(path));
  if (isNotApplicable) return values.length > 0 || isNone ? refuse(pass, path, bothAndNotApplicable, stored) : null;
  if (isNone) return values.length > 0 ? refuse(pass, path, bothAndNone, stored) : [];
  return values.length > 0 ? [...values] : undefined;
}

function readRanked(
  item: Item,
  accepts: (value: string) => boolean,
  path: string,
  stored: Json | undefined,
  pass: Pass,
): Json | undefined {
  const places = pass.post.get(path) ?? [];
  const values = places.slice(0, places.findLastIndex((value) => value !== '') + 1);
  if (values.includes('')) return refuse(pass, path, leftOutPlace, stored);
  if (!values.every(accepts)) return refuse(pass, path, unknownOption, stored);
  return readMany(item, values, path, stored, pass);
}

function readTyped(
  { definition }: Item,
  typed: Extract<Posting, { readonly as: 'typed' }>,
  path: string,
  stored: Json | undefined,
  pass: Pass,
): Json | undefined {
  const text = firstOf(pass.post, path) ?? '';
  const isNotApplicable = definition.nullable && isMarked(pass.post, notApplicableMark(path));
  const reading = typed.read(text);
  if (!reading.ok && reading.problem.code === 'empty') return isNotApplicable ? null : undefined;
  if (isNotApplicable && !(reading.ok && reading.value === null))
    return refuse(pass, path, bothAndNotApplicable, stored);
  if (stored !== undefined && stored !== null && text === typed.text(stored)) return stored;
  if (!reading.ok) return refuse(pass, path, reading.problem, stored);
  if (reading.notice !== undefined) pass.notices.set(path, reading.notice);
  return reading.value;
}

/** Why not even a draft keeps a text. */
function textProblem(text: string, maxLength: number): Remark | undefined {
  if (!isStorable(text)) return { code: 'unstorable-text', message: unstorableText };
  const message = refusedLength(text, maxLength);
  return message === undefined ? undefined : { code: 'too-long', message };
}

function readText(
  { maxLength, read }: Extract<Posting, { readonly as: 'words' }>,
  path: string,
  stored: Json | undefined,
  pass: Pass,
): Json | undefined {
  const text = lineFeeds(firstOf(pass.post, path) ?? '');
  if (text === '') return undefined;
  const problem = textProblem(text, maxLength);
  if (problem !== undefined) return refuse(pass, path, problem, stored);
  const same = storedOr(text, [stored]);
  const reading = same === stored ? undefined : read?.(text);
  if (reading === undefined) return same;
  if (!reading.ok) return refuse(pass, path, reading.problem, stored);
  if (reading.notice !== undefined) pass.notices.set(path, reading.notice);
  return reading.value;
}

function readTexts(
  item: Item,
  maxLength: number,
  path: string,
  stored: Json | undefined,
  pass: Pass,
): Json | undefined {
  const texts = valuesOf(pass.post, path).map(lineFeeds);
  const problem = texts.map((text) => textProblem(text, maxLength)).find((each) => each !== undefined);
  if (problem !== undefined) return refuse(pass, path, problem, stored);
  const before = Array.isArray(stored) ? stored : [];
  return readMany(
    item,
    texts.map((text) => storedOr(text, before)),
    path,
    stored,
    pass,
  );
}

/** How much was found to say of what was read so far. */
function saidSoFar({ problems, reasons }: Pass): number {
  return problems.size + [...reasons.values()].filter((reason) => reason !== undefined).length;
}

function readList(item: Item, path: string, stored: Json | undefined, pass: Pass): Json | undefined {
  const known = new Map(namedEntries(stored).map(({ name, entry }) => [name, entry]));
  const names = new Set(valuesOf(pass.post, path));
  // A page that shows no fields of the entries leaves them as they are: buttons remove entries, one at a time.
  const isKept = known.size > 0 && !isMarked(pass.post, entriesMark(path));
  if (names.size === 0) return isKept ? stored : readMany(item, [], path, stored, pass);
  const entries = [...names].flatMap((name): JsonObject[] => {
    const before = known.get(name);
    if (before === undefined && !entryIdPattern.test(name)) return [];
    const said = saidSoFar(pass);
    const entry = { id: before?.['id'] ?? name, ...readItems(item.children, `${path}.${name}`, before ?? {}, pass) };
    const isBlank = item.kind.layout === 'table' && isEmptyEntry(entry) && saidSoFar(pass) === said;
    return isBlank && pass.dropsBlankRows ? [] : [entry];
  });
  if (entries.length > 0) return entries;
  return item.kind.layout === 'table' ? readMany(item, [], path, stored, pass) : undefined;
}

function readAnswer(item: Item, path: string, stored: Json | undefined, pass: Pass): Json | undefined {
  const { kind } = item;
  if (kind.nesting === 'fields') {
    const inside = readItems(item.children, path, isObject(stored) ? stored : {}, pass);
    return Object.keys(inside).length === 0 ? undefined : inside;
  }
  if (!pass.post.has(path)) return stored;
  if (isUnconfirmed(pass.post, path)) return refuse(pass, path, unconfirmed, stored);
  if (kind.nesting === 'entries') return readList(item, path, stored, pass);
  const { posting } = kind;
  switch (posting.as) {
    case 'typed':
      return readTyped(item, posting, path, stored, pass);
    case 'one':
      return readOne(item, posting.accepts, path, stored, pass);
    case 'several': {
      const values = valuesOf(pass.post, path);
      return values.every(posting.accepts)
        ? readMany(item, values, path, stored, pass)
        : refuse(pass, path, unknownOption, stored);
    }
    case 'ranked':
      return readRanked(item, posting.accepts, path, stored, pass);
    case 'words':
      return readText(posting, path, stored, pass);
    case 'lines':
      return readTexts(item, posting.maxLength, path, stored, pass);
    case 'sent':
      return Array.isArray(stored) && stored.length > 0 ? stored : readMany(item, [], path, stored, pass);
  }
}

/** 不明, where it was offered: nothing but a reason is kept of it. One that was typed without 不明 is not dropped unsaid. */
function readBlank({ definition }: Item, path: string, answer: Json | undefined, pass: Pass): void {
  const { post, reasons } = pass;
  if (definition.reasonIfBlank !== true || !post.has(blankMark(path))) return;
  const why = lineFeeds(firstOf(post, whyMark(path)) ?? '');
  const isBlankMeant = isMarked(post, blankMark(path));
  if (isBlankMeant && answer !== undefined) refuse(pass, path, bothAndBlank, undefined);
  const isTypedAnew = !isBlank(why) && why !== lineFeeds(firstOf(post, keptWhyMark(path)) ?? '');
  if (!isBlankMeant && isTypedAnew) {
    if (answer === undefined) return void pass.problems.set(path, pass.problems.get(path) ?? reasonOfNothing);
    const reading = pass.notices.get(path);
    const both = reading && { ...reading, message: `${reading.message}${withoutReason}` };
    pass.notices.set(path, both ?? reasonBesideAnswer);
  }
  const reason = isBlank(why) ? blankReasons[0] : why;
  if (isBlankMeant && (isLongerThan(reason, longestReason) || !isStorable(reason))) {
    refuse(pass, path, unusableReason, undefined);
    return;
  }
  reasons.set(`${path}.${blankCheck}`, isBlankMeant && answer === undefined ? reason : undefined);
}

function readItems(items: readonly Item[], base: string, stored: JsonObject, pass: Pass): JsonObject {
  const value: JsonObject = {};
  for (const item of items) {
    const path = pathBelow(base, item.key);
    const answer = readAnswer(item, path, stored[item.key], pass);
    readBlank(item, path, answer, pass);
    if (answer !== undefined) value[item.key] = answer;
  }
  return value;
}

/**
 * Reads the questions `items`, which stand at `base`: a section's key, an entry's path, or empty for a whole return.
 *
 * @param stored what was answered there before: kept where nothing was posted and where the post cannot be read
 * @param dropsBlankRows whether rows of tables in which nothing stands are left out
 */
export function readAnswers(
  items: readonly Item[],
  post: Posted,
  base: string,
  stored: JsonObject = {},
  dropsBlankRows = false,
): ReadAnswers {
  const problems = new Map<string, Remark>();
  const notices = new Map<string, Remark>();
  const reasons = new Map<string, string | undefined>();
  const value = readItems(items, base, stored, { post, problems, notices, reasons, dropsBlankRows });
  return { value, problems, notices, reasons };
}

function messages(remarks: ReadonlyMap<string, Remark>): ReadonlyMap<string, string> {
  return new Map([...remarks].map(([path, { message }]) => [path, message]));
}

/** The same for a page, which shows the words alone. */
export function readPosted(
  items: readonly Item[],
  post: Posted,
  base: string,
  stored?: JsonObject,
  dropsBlankRows?: boolean,
): ReadFields {
  const { value, problems, notices, reasons } = readAnswers(items, post, base, stored, dropsBlankRows);
  return { value, problems: messages(problems), notices: messages(notices), reasons };
}

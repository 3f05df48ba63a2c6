/** An answer ↔ the texts of its cells on a fill-in sheet. What is typed is read as a page would have posted it. */

import { sharedErrors } from '../../../schemas/kinds/field-error.ts';
import { noEntries, noneOfThese, textsIn } from '../../../schemas/kinds/printing.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { lineFeeds } from '../../../schemas/values/text.ts';
import { distinct } from '../headings.ts';
import { blankMark, noneMark, notApplicableMark, notApplicableOption, whyMark } from '../posted/posted.ts';
import type { Remark } from '../posted/read.ts';
import { blankSlot, noneSlot, notApplicableSlot, notApplicableWord } from './plan.ts';
import type { Leaf } from './plan.ts';

export const circle = '○';
const circles: ReadonlySet<string> = new Set([circle, '〇', '◯']);

/** The most that a cell holds, in UTF-16 units. */
const longestCell = 32_767;
const tooLongToShow = '（長いため、この欄には表示できません。システムの画面で確認してください。）';

/** Names on the sheet: what codes and ids are called there. */
export interface SheetNames {
  /** Of the round's directory, by code. */
  readonly municipalities: ReadonlyMap<string, string>;
  /** The entries around, by name: `2 こども支援部会`. */
  readonly entries: ReadonlyMap<string, string>;
}

/** As two texts are compared that people take for the same: without spaces and differences of width. */
export function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '');
}

function isOneOf(text: string, words: readonly string[]): boolean {
  return words.some((word) => plain(word) === plain(text));
}

/** Labels that people cannot take for one another; those that look the same carry their codes. */
function unlike(labels: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const codes = [...labels.keys()];
  const alike = [...labels.values()].map(plain);
  const told = distinct(alike, codes);
  return new Map(
    [...labels].map(([code, label], index) => [code, told[index] === alike[index] ? label : `${label}［${code}］`]),
  );
}

export function optionLabels({ item }: Pick<Leaf, 'item'>): ReadonlyMap<string, string> {
  return unlike(new Map(Object.entries(item.kind.options ?? {})));
}

function shown(text: string): string {
  return text.length > longestCell ? tooLongToShow : lineFeeds(text);
}

function textOf(leaf: Leaf, answer: Json, names: SheetNames): string {
  const { kind } = leaf.item;
  if (answer === null) return notApplicableWord;
  if (kind.nesting === 'fields' || kind.nesting === 'entries') return '';
  const { posting } = kind;
  switch (posting.as) {
    case 'typed':
      return posting.text(answer);
    case 'one':
      if (typeof answer !== 'string') return '';
      return (kind.refersTo === 'entries' ? names.entries : optionLabels(leaf)).get(answer) ?? answer;
    case 'several': {
      const labels = unlike(names.municipalities);
      const codes = Array.isArray(answer) ? textsIn(answer) : [];
      return codes.length === 0 ? noneOfThese : codes.map((code) => labels.get(code) ?? code).join('、');
    }
    case 'ranked':
    case 'words':
    case 'lines':
      return typeof answer === 'string' ? answer : '';
    case 'sent':
      return '';
  }
}

/** The lines of an answer as their cells show them. */
export function linesOf(answer: Json | undefined): string[] {
  return (Array.isArray(answer) ? textsIn(answer) : []).map(shown);
}

/**
 * One text for each slot; empty where nothing is answered.
 *
 * @param reason why it is left blank
 */
export function textsOf(leaf: Leaf, answer: Json | undefined, names: SheetNames, reason = ''): string[] {
  const list = Array.isArray(answer) ? textsIn(answer) : [];
  const isNone = Array.isArray(answer) && answer.length === 0;
  return leaf.slots.map(({ suffix, accepts }) => {
    if (suffix === blankSlot) return shown(reason);
    if (answer === undefined) return '';
    if (suffix === '') return shown(textOf(leaf, answer, names));
    if (suffix === noneSlot) return isNone ? circle : '';
    if (suffix === notApplicableSlot) return answer === null ? circle : '';
    if (accepts === 'mark') return list.includes(suffix) ? circle : '';
    const line = list[Number(suffix) - 1] ?? '';
    if (accepts !== 'option') return shown(line);
    // A place of a ranking.
    if (answer === null) return suffix === '1' ? notApplicableWord : '';
    return optionLabels(leaf).get(line) ?? line;
  });
}

/**
 * What tells later whether somebody has changed the cells: a number made of their texts (53 bits), `-` of empty ones.
 * Nobody is kept from anything by it.
 */
export function markOf(texts: readonly string[]): string {
  if (texts.every((text) => text === '')) return '-';
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const text of texts.map(lineFeeds))
    for (const unit of [...Array.from(text, (character) => character.codePointAt(0) ?? 0), 0x11ffff]) {
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x5f356495);
    }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (4_294_967_296 * (b & 0x1fffff) + (a >>> 0)).toString(36);
}

/** A problem in one of the slots. */
interface SlotProblem extends Remark {
  readonly slot: number;
}

type Posting = readonly (readonly [name: string, values: readonly string[]])[];

type Posted = { readonly ok: true; readonly post: Posting } | { readonly ok: false; readonly problem: SlotProblem };

const unknownMark: Remark = {
  code: 'unknown-mark',
  message: `該当する場合は「${circle}」を記入し、該当しない場合は空欄にしてください。`,
};

function remarked(slot: number, remark: Remark): Posted {
  return { ok: false, problem: { slot, ...remark } };
}

function posted(...post: Posting): Posted {
  return { ok: true, post };
}

/** @param names codes by label, in the spelling of `plain` */
function chosen(path: string, text: string, names: ReadonlyMap<string, string>): Posted {
  const code = names.get(plain(text));
  if (code !== undefined) return posted([path, [code]]);
  return remarked(0, { code: 'unknown-option', message: sharedErrors['unknown-option'] });
}

function byLabel(labels: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...labels].map(([code, label]) => [plain(label), code]));
}

function municipalitiesIn(path: string, text: string, names: SheetNames): Posted {
  if (isOneOf(text, [noneOfThese, noEntries])) return posted([path, ['']], [noneMark(path), ['1']]);
  const known = byLabel(unlike(names.municipalities));
  const codes: string[] = [];
  for (const name of text.split(/[、,，;；・\n]/u).filter((each) => each.trim() !== '')) {
    const code = names.municipalities.has(plain(name)) ? plain(name) : known.get(plain(name));
    if (code === undefined)
      return remarked(0, {
        code: 'unknown-municipality',
        message: `「${name.trim()}」は、この調査の名簿にない市町村です。名簿にある名称又はコードを記入してください。`,
      });
    codes.push(code);
  }
  return posted([path, ['', ...codes]]);
}

/** 不明, with the reason: what a page posts beside the answer. */
export function blankPost({ slots }: Leaf, path: string, texts: readonly string[]): Posting {
  const at = slots.findIndex(({ suffix }) => suffix === blankSlot);
  if (at < 0) return [];
  const reason = texts[at] ?? '';
  return reason.trim() === ''
    ? [[blankMark(path), ['']]]
    : [
        [blankMark(path), ['1']],
        [whyMark(path), [reason]],
      ];
}

/** 不明 typed for the answer itself is said where it belongs; a text may be that. */
function withUnknown({ item: { kind }, slots }: Leaf, texts: readonly string[]): readonly string[] {
  const isText = kind.nesting !== 'none' || kind.posting.as === 'words';
  const mayBeBlank = slots.some(({ suffix }) => suffix === blankSlot);
  if (isText || !mayBeBlank || !isOneOf(texts[0] ?? '', ['不明'])) return texts;
  return slots.map(({ suffix }, at) =>
    suffix === blankSlot ? texts[at] || '不明' : at === 0 ? '' : (texts[at] ?? ''),
  );
}

/**
 * What a page would have posted for these texts.
 *
 * @param entries the entries of the sheet by what may be typed for them
 */
export function postOf(
  leaf: Leaf,
  path: string,
  texts: readonly string[],
  names: SheetNames,
  entryOf: (text: string) => string | undefined,
): Posted {
  const given = withUnknown(leaf, texts);
  const answer = answerPost(leaf, path, given, names, entryOf);
  return answer.ok ? { ok: true, post: [...answer.post, ...blankPost(leaf, path, given)] } : answer;
}

function answerPost(
  { item, slots }: Leaf,
  path: string,
  texts: readonly string[],
  names: SheetNames,
  entryOf: (text: string) => string | undefined,
): Posted {
  const { kind, definition } = item;
  const [text = ''] = texts;
  const isNotApplicable = definition.nullable && isOneOf(text, [notApplicableWord, '該当無し']);
  const wrong = slots.findIndex(
    ({ accepts }, index) => accepts === 'mark' && texts[index] !== '' && !circles.has((texts[index] ?? '').trim()),
  );
  if (wrong >= 0) return remarked(wrong, unknownMark);
  const marks = slots.flatMap(({ suffix, accepts }, index): [string, string[]][] => {
    if (accepts !== 'mark' || texts[index] === '') return [];
    if (suffix === noneSlot) return [[noneMark(path), ['1']]];
    return suffix === notApplicableSlot ? [[notApplicableMark(path), ['1']]] : [];
  });
  if (kind.nesting === 'fields' || kind.nesting === 'entries') return posted(...marks);
  const { posting } = kind;
  switch (posting.as) {
    case 'typed':
      return isNotApplicable ? posted([path, ['']], [notApplicableMark(path), ['1']]) : posted([path, [text]]);
    case 'one': {
      if (text.trim() === '') return posted([path, ['']]);
      if (isNotApplicable) return posted([path, [notApplicableOption]]);
      if (kind.refersTo !== 'entries') return chosen(path, text, byLabel(optionLabels({ item })));
      const entry = entryOf(text);
      return entry === undefined
        ? remarked(0, { code: 'unknown-entry', message: 'この表にない行です。表の左端の番号で指定してください。' })
        : posted([path, [entry]]);
    }
    case 'several': {
      if (kind.options === undefined) {
        if (text.trim() === '') return posted([path, ['']]);
        return isNotApplicable
          ? posted([path, ['']], [notApplicableMark(path), ['1']])
          : municipalitiesIn(path, text, names);
      }
      const codes = slots.flatMap(({ suffix }, index) =>
        texts[index] !== '' && Object.hasOwn(kind.options ?? {}, suffix) ? [suffix] : [],
      );
      return posted([path, ['', ...codes]], ...marks);
    }
    case 'ranked': {
      if (isNotApplicable) return posted([path, ['']], [notApplicableMark(path), ['1']]);
      const codes = byLabel(optionLabels({ item }));
      const chosenCodes = texts.map((each) => (each.trim() === '' ? '' : codes.get(plain(each))));
      const unknownAt = chosenCodes.indexOf(undefined);
      if (unknownAt >= 0)
        return remarked(unknownAt, { code: 'unknown-option', message: sharedErrors['unknown-option'] });
      return posted([path, chosenCodes.map((code = '') => code)]);
    }
    case 'words':
      return posted([path, [text]]);
    case 'sent':
    case 'lines': {
      const lines = slots.flatMap(({ accepts }, index) => (accepts === 'text' ? [texts[index] ?? ''] : []));
      return posted([path, ['', ...lines]], ...marks);
    }
  }
}

/** Whether the cells are as they were written; those that the file does not know were empty. */
export function isAsWritten(texts: readonly string[], mark: string): boolean {
  return markOf(texts) === (mark === '' ? '-' : mark);
}

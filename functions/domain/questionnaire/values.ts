/** What cells say: yes, numbers, one of some words; and how that is written. */

import { hint } from '../../../schemas/rules/nearest.ts';
import { normaliseWidth } from '../../../schemas/values/width.ts';
import { yes } from './columns.ts';
import type { Findings } from './findings.ts';
import { plain } from './table.ts';
import type { TableRow } from './table.ts';

const circles: ReadonlySet<string> = new Set([yes, '〇', '◯']);

export function isYes(text: string): boolean {
  return circles.has(text);
}

export function readFlag(row: TableRow, heading: string, findings: Findings): true | undefined {
  const text = row.text(heading);
  if (text === '') return undefined;
  if (isYes(text)) return true;
  findings.refuse(
    row.at(heading),
    'not-a-mark',
    `「${heading}」は「${yes}」か空欄にしてください（「${text}」とあります）。`,
  );
  return undefined;
}

const number = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** @param name what the cell is called, where not by its heading */
export function readNumber(row: TableRow, heading: string, findings: Findings, name = heading): number | undefined {
  const text = normaliseWidth(row.text(heading));
  if (text === '') return undefined;
  if (number.test(text)) return Number(text.replaceAll(',', ''));
  findings.refuse(
    row.at(heading),
    'not-a-number',
    `「${name}」には数だけを記入してください（「${row.text(heading)}」とあります）。`,
  );
  return undefined;
}

/** By one of some words; `undefined` for an empty cell, and for another word, which is said. */
export function readWord<T>(
  row: TableRow,
  heading: string,
  words: ReadonlyMap<string, T>,
  findings: Findings,
  name = heading,
): T | undefined {
  const text = row.text(heading);
  if (text === '') return undefined;
  const found = words.get(plain(text)) ?? words.get(text);
  if (found !== undefined) return found;
  const known = [...words.keys()].filter((word) => !/^[A-Za-z]+$/.test(word));
  const near = hint(text, known);
  // Of several words for one thing the first is enough.
  const first = known.filter((word, index) => known.findIndex((each) => words.get(each) === words.get(word)) === index);
  const listed = first.length > 8 && near !== '' ? '' : `「${first.join('」「')}」のいずれかを記入してください。`;
  findings.refuse(row.at(heading), 'unknown-word', `「${name}」に「${text}」は使えません。${near}${listed}`);
  return undefined;
}

/** Keys by their words. */
export function byWord<K extends string>(words: Readonly<Record<K, string>>): Map<string, K> {
  const keys: Map<string, K> = new Map();
  for (const key in words) keys.set(words[key], key);
  return keys;
}

/** What is not empty of a cell with several lines. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Stands before a heading that would be read as a mark otherwise. */
const headed = '見出し：';

/** A mark, or another heading in the list by unit. */
export function readListed(text: string): true | string | undefined {
  if (text === '') return undefined;
  if (isYes(text)) return true;
  return text.startsWith(headed) ? text.slice(headed.length).trim() : text;
}

export function writeListed(listed: unknown): string | undefined {
  if (listed === true) return yes;
  if (typeof listed !== 'string') return undefined;
  return isYes(listed) || listed.startsWith(headed) ? `${headed}${listed}` : listed;
}

/** Units as they are pasted into a field, one a line: by name, by code, or by both as two columns of a spreadsheet. Pure. */

import { normaliseWidth } from '../../schemas/values/width.ts';
import { namesAmong } from './directory-names.ts';
import type { NamedUnit } from './directory-names.ts';

interface UnitLines {
  /** In the order of the lines. */
  readonly codes: readonly string[];
  /** What is wrong, by line. */
  readonly faults: readonly string[];
}

/** Characters of a line that an answer repeats. */
const mostRepeated = 40;

function quoted(line: string): string {
  const letters = Array.from(line);
  return `「${letters.slice(0, mostRepeated).join('')}${letters.length > mostRepeated ? '…' : ''}」`;
}

/** @param group what the units are called: 市町村, 相談支援事業所 */
export function readUnitLines(units: readonly NamedUnit[], text: string, group: string): UnitLines {
  const names = namesAmong(units);
  const lines = new Map<string, number>();
  const faults: string[] = [];
  const codesOf = (written: string): Set<string> =>
    new Set(
      [written, ...written.split('\t')]
        .map((cell) => cell.trim())
        .flatMap(
          (cell) =>
            names.codeOf(cell) ?? names.codeOf(cell.normalize('NFC')) ?? names.codeOf(normaliseWidth(cell)) ?? [],
        ),
    );
  for (const [at, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const line = whole.trim();
    if (line === '') continue;
    const [code, ...others] = codesOf(line);
    const same = names.calledSo(line);
    const before = code === undefined ? undefined : lines.get(code);
    if (others.length > 0) faults.push(`${at + 1}行目の${quoted(line)}は、名称とコードが別の団体のものです。`);
    else if (code === undefined && same.length > 1)
      faults.push(
        `${at + 1}行目の${quoted(line)}は名簿に${same.length}件あります。コードを入力してください（${same.map((each) => each.code).join('、')}）。`,
      );
    else if (code === undefined) faults.push(`${at + 1}行目の${quoted(line)}は名簿の${group}にありません。`);
    else if (before !== undefined) faults.push(`${at + 1}行目の${quoted(line)}は${before}行目と同じ団体です。`);
    else lines.set(code, at + 1);
  }
  return { codes: [...lines.keys()], faults };
}

/** As the field shows those that are chosen. */
export function unitLines(units: readonly NamedUnit[], codes: ReadonlySet<string>): string {
  const names = namesAmong(units);
  return units
    .filter(({ code }) => codes.has(code))
    .map((each) => names.shown(each))
    .join('\n');
}

/** The two files in which a prefecture stands: its own, and the catalogue that names it. */

import type { PrefectureSettings } from '../../prefectures/schema.ts';

/** A value as the sources of this project write it: single quotes, no quotes around names. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
  if (Array.isArray(value)) return `[${value.map((each) => literal(each)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${literal(member)}`);
  return `{ ${members.join(', ')} }`;
}

export function settingsFile(id: string, settings: PrefectureSettings): string {
  const lines = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name}: ${literal(value)},`);
  return [
    "import type { PrefectureSettings } from './schema.ts';",
    '',
    `export const ${id}: PrefectureSettings = {`,
    ...lines,
    '};',
    '',
  ].join('\n');
}

const importLine = /^import \{ (\w+) \} from '\.\/(\w+)\.ts';$/;
const settingsLine = /^(const settings: .* = \{ )(.*)( \};)$/m;

/**
 * The catalogue with one more prefecture, in the order of the alphabet.
 *
 * @throws Error when the catalogue is not written as it was, and a person has to add the line
 */
export function catalogueWith(catalogue: string, id: string): string {
  const lines = catalogue.split('\n');
  const isPrefecture = (line: string): boolean => {
    const [, name, file] = importLine.exec(line) ?? [];
    return name !== undefined && name === file;
  };
  const first = lines.findIndex(isPrefecture);
  const imports = lines.filter(isPrefecture);
  if (first === -1 || !settingsLine.test(catalogue))
    throw new Error(
      'catalogue.ts の書き方が変わっているため、追加できません。import と settings の行を手で追加してください。',
    );
  const sorted = [...imports, `import { ${id} } from './${id}.ts';`].toSorted();
  return lines
    .toSpliced(first, imports.length, ...sorted)
    .join('\n')
    .replace(settingsLine, (_line, before: string, names: string, after: string) => {
      return `${before}${[...names.split(', '), id].toSorted().join(', ')}${after}`;
    });
}

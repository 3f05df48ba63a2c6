/** Columns of a spreadsheet of the directory that may be missing: 略称, 人口 and one for each class (分類). */

import type { ClassDefinition } from '../../../../schemas/directory-classes.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { printPartialDate } from '../../../../schemas/values/partial-date.ts';
import { freeId } from '../../../domain/directory-class-edits.ts';
import { readPopulation } from '../../../domain/directory-description.ts';
import type { Description } from '../../../domain/directory-description.ts';
import { headingAsRead } from '../../../platform/workbook/sheet-table.ts';
import type { SheetTable } from '../../../platform/workbook/sheet-table.ts';

const columns = ['略称', '人口', '人口の基準日'] as const;
const classPrefix = headingAsRead('分類：');

export function isDescriptionColumn(heading: string): boolean {
  return columns.some((column) => column === heading) || heading.startsWith(classPrefix);
}

export function descriptionHeadings({ classes = [] }: Directory): string[] {
  return [...columns, ...classes.map(({ label }) => `分類：${label}`)];
}

export function descriptionCells(
  { classes: definitions = [] }: Directory,
  { shortName = '', population, classes = {} }: Description,
): string[] {
  return [
    shortName,
    population === undefined ? '' : String(population.number),
    population === undefined ? '' : printPartialDate(population.on),
    ...definitions.map(({ id }) => classes[id] ?? ''),
  ];
}

/** Those of a directory that is read over, and a new one for each column of a name that they do not have. */
function classesIn(headings: readonly string[], current: readonly ClassDefinition[]): ClassDefinition[] {
  const classes = [...current];
  for (const heading of headings) {
    const label = heading.slice(classPrefix.length);
    if (!heading.startsWith(classPrefix) || classes.some((each) => headingAsRead(each.label) === label)) continue;
    classes.push({ id: freeId('class', classes), label });
  }
  return classes;
}

/** Of the municipalities and councils, by code, of the directory that a file is read over. */
function descriptionsOf(current: Directory | undefined): ReadonlyMap<string, Description> {
  const described = ({ shortName, classes }: Description): Description => ({
    ...(shortName === undefined ? {} : { shortName }),
    ...(classes === undefined ? {} : { classes }),
  });
  return new Map([
    ...(current?.councils ?? []).map((each) => [each.id, described(each)] as const),
    ...(current?.units ?? []).map((each) => [each.code, described(each)] as const),
    ...(current?.municipalities ?? []).map(
      ({ code, population, ...each }) =>
        [code, { ...described(each), ...(population === undefined ? {} : { population }) }] as const,
    ),
  ]);
}

/** Reads these columns of a row. What the file has no column for stays as the directory has it. */
export class DescriptionReader {
  readonly classes: readonly ClassDefinition[];
  readonly #headings: ReadonlySet<string>;
  readonly #before: ReadonlyMap<string, Description>;

  constructor({ also }: Pick<SheetTable, 'also'>, current: Directory | undefined) {
    this.classes = classesIn(also, current?.classes ?? []);
    this.#headings = new Set(also);
    this.#before = descriptionsOf(current);
  }

  /** @param fail is told what is wrong */
  read(code: string, cell: (column: string) => string, fail: (message: string) => void): Description {
    const before = this.#before.get(code) ?? {};
    const shortName = this.#headings.has('略称') ? cell('略称') : (before.shortName ?? '');
    const values = this.classes.flatMap(({ id, label }) => {
      const heading = `${classPrefix}${headingAsRead(label)}`;
      const value = this.#headings.has(heading) ? cell(heading) : (before.classes?.[id] ?? '');
      return value === '' ? [] : [[id, value] as const];
    });
    const population = this.#headings.has('人口') ? this.#population(cell, fail) : before.population;
    return {
      ...(shortName === '' ? {} : { shortName }),
      ...(values.length === 0 ? {} : { classes: Object.fromEntries(values) }),
      ...(population === undefined ? {} : { population }),
    };
  }

  #population(cell: (column: string) => string, fail: (message: string) => void): Description['population'] {
    const read = readPopulation(cell('人口'), cell('人口の基準日'));
    if ('value' in read) return read.value;
    fail(read.error.message);
    return undefined;
  }
}

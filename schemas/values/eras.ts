/** A Japanese era: first and last day are ISO days, both inclusive. */
export interface Era {
  name: string;
  /** Other ways to write the name: one character, the square sign, the letter. */
  aliases: readonly string[];
  from: string;
  until: string;
}

/**
 * Newest first. Meiji counts from the first day of 1868, to which the change of name was applied
 * retroactively, and dates before the Gregorian calendar of 1873 are not converted. The days on
 * which Taisho and Showa began belong to the era that ended as well.
 */
const ERAS: readonly Era[] = [
  { name: '令和', aliases: ['令', '㋿', 'R', 'r'], from: '2019-05-01', until: '9999-12-31' },
  { name: '平成', aliases: ['平', '㍻', 'H', 'h'], from: '1989-01-08', until: '2019-04-30' },
  { name: '昭和', aliases: ['昭', '㍼', 'S', 's'], from: '1926-12-25', until: '1989-01-07' },
  { name: '大正', aliases: ['大', '㍽', 'T', 't'], from: '1912-07-30', until: '1926-12-25' },
  { name: '明治', aliases: ['明', '㍾', 'M', 'm'], from: '1868-01-01', until: '1912-07-30' },
];

/** The alternatives of a regular expression that matches an era's name, longest first. */
export const ERA_NAMES = ERAS.flatMap((era) => [era.name, ...era.aliases]).join('|');

/** The era that a name, sign or letter stands for. */
export function eraCalled(name: string | undefined): Era | undefined {
  return ERAS.find((era) => era.name === name || era.aliases.includes(name ?? ''));
}

/** The Gregorian year of `6` or `元` in an era; 0 is the year before the era's first. */
export function gregorianYear(era: Era, yearOfEra: string): number {
  return Number(era.from.slice(0, 4)) + (yearOfEra === '元' ? 1 : Number(yearOfEra)) - 1;
}

/** A Gregorian year in the era of the given ISO day: `令和6年`, `令和元年`; before Meiji `1867年`. */
export function printEraYear(year: number, day: string): string {
  const era = ERAS.find((candidate) => candidate.from <= day);
  if (era === undefined) return `${year}年`;
  const yearOfEra = year - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${yearOfEra === 1 ? '元' : yearOfEra}年`;
}

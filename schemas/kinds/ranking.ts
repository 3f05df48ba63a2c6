import * as z from 'zod/mini';
import { question } from './question.ts';
import type { Options, Question } from './question.ts';
import { CellError, notApplicableCell } from './cells.ts';
import type { Codec } from './cells.ts';
import { printOption } from './choice.ts';
import { optionIssue } from './field-error.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped, textsIn } from './printing.ts';
import { withoutDuplicates } from './schemas.ts';

/** Some of the options, the best first; at least one, at most as many as there are places. */
export interface RankingDefinition extends Defines<'ranking'> {
  readonly options: Options;
  readonly places: number;
}

/** The best of the options, at most `places` of them. */
export function ranking<const O extends string>(label: string, options: Options<O>, places: number): Question<O[], O> {
  return question<O[], O>({
    label,
    required: false,
    nullable: false,
    visibility: 'open',
    kind: 'ranking',
    options,
    places,
  });
}

/** A draft may hold some more, as it may of other lists. */
const timesInDrafts = 4;

function placeNames(places: number): string[] {
  return Array.from({ length: places }, (_, index) => `${index + 1}位`);
}

/** The name of an option in one place, beside that of the option in any: no option has a point in its key. */
function inPlace(place: number, option: string): string {
  return `${place}.${option}`;
}

export function isInPlace(option: string): boolean {
  return option.includes('.');
}

function rankedOptions(options: Options, places: number): Options {
  return Object.fromEntries(
    placeNames(places).flatMap((name, index) =>
      Object.entries(options).map(([option, label]) => [inPlace(index + 1, option), `${name}：${label}`]),
    ),
  );
}

/** A column for each place, the option in it. */
function placeCells(options: Options, places: number): Codec {
  return {
    mayBePartial: true,
    cells: placeNames(places).map((label, index) => ({ suffix: String(index + 1), label, type: 'option', options })),
    write: (answer) => {
      const chosen = Array.isArray(answer) ? textsIn(answer) : [];
      if (chosen.length > places) throw new CellError('an option without a column');
      return placeNames(places).map((_, index) => chosen[index] ?? '');
    },
    read: (cells) => {
      const last = cells.findLastIndex((cell) => cell !== '');
      const chosen = cells.slice(0, last + 1);
      if (chosen.some((cell) => cell === '' || cell === notApplicableCell)) throw new CellError('a place is left out');
      return chosen.length === 0 ? undefined : chosen;
    },
  };
}

export function rankingKind({ options, places }: RankingDefinition): SingleKind {
  const codes = Object.keys(options);
  return {
    nesting: 'none',
    value: 'texts',
    shape: () => z.array(z.enum(codes)).check(z.minLength(1), z.maxLength(places * timesInDrafts)),
    content: () => withoutDuplicates(z.enum(codes), places).check(z.minLength(1)),
    issueCode: (issue) => (issue.code === 'too_small' ? 'no-place' : optionIssue(issue)),
    errors: {
      'no-place': '1つも選ばない場合は、項目ごと省いてください。',
      'too-many': `選べるのは${places}つまでです。`,
    },
    options,
    mostChosen: places,
    cells: () => placeCells(options, places),
    print: (answer) => {
      if (!Array.isArray(answer)) return asTyped(answer);
      return textsIn(answer)
        .map((each, index) => `${index + 1}位：${printOption(options, each)}`)
        .join('\n');
    },
    posting: { as: 'ranked', places: placeNames(places), accepts: (value) => Object.hasOwn(options, value) },
    fieldCount: places,
    paper: `${Object.values(options)
      .map((label) => `（　）${label}`)
      .join('　')}　※上位${places}つまで、（　）に順位を記入`,
    figures: {
      of: 'options',
      options,
      several: true,
      base: 'answered',
      ranked: { places: placeNames(places), options: rankedOptions(options, places) },
      chosen: (answer) => {
        if (!Array.isArray(answer)) return undefined;
        const chosen = textsIn(answer);
        return [...chosen, ...chosen.map((option, index) => inPlace(index + 1, option))];
      },
    },
  };
}
